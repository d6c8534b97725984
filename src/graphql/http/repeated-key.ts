/** The first key that an object within valid JSON text has twice; JSON.parse keeps the last one in silence. */
export function repeatedKey(text: string): string | undefined {
  const scopes: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '{' || mark === '[') scopes.push(new Set());
    else if (mark === '}' || mark === ']') scopes.pop();
    else if (mark === '"') {
      const end = closingQuote(text, at);
      if (isKey(text, end)) {
        const key = keyBetween(text, at, end);
        const keys = scopes.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      at = end;
    }
  }
  return undefined;
}

function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === '\\') before -= 1;
  return (at - before) % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (text.charCodeAt(next) <= 0x20) next += 1;
  return text[next] === ':';
}

function keyBetween(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
