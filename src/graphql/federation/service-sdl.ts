/**
 * What a federation is composed of. Apollo's composition (2.14) takes GraphQL's own `@oneOf` for a directive that nobody has defined;
 * a definition that says what it is anyway may stand in any schema, and goes once composition knows it.
 */
export function serviceSdl(sdl: string): string {
  return `${sdl}\ndirective @oneOf on INPUT_OBJECT\n`;
}
