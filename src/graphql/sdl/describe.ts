/** A block string of GraphQL, which ends at three quotes unless they are escaped. */
export function describe(text: string): string {
  return `"""\n${text.replaceAll('"""', '\\"""')}\n"""\n`;
}

/** `type User { ... }` with one line per member; nothing where there is no member, which GraphQL would refuse. */
export function block(head: string, members: readonly string[]): string {
  return members.length === 0 ? '' : `${head} {\n${members.join('\n')}\n}`;
}
