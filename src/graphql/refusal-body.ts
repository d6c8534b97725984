/** The body of a refusal that GraphQL itself never sees. */
export function refusalBody(code: string, message: string, extensions: object = {}): object {
  return { errors: [{ message, extensions: { code, ...extensions } }] };
}
