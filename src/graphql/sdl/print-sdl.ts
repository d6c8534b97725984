import { buildASTSchema, parse, printSchema } from 'graphql';

/** The SDL as clients get it: each type once with all of its fields, rather than as a base and what extends it. */
export function printSdl(sdl: string): string {
  return `${printSchema(buildASTSchema(parse(sdl), { assumeValidSDL: true }))}\n`;
}
