/** What is refused before GraphQL sees it: a body that cannot be read, a tenant whose backend does not answer. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  /** `extensions.code` of the answer. */
  readonly code: string;
  readonly headers: { readonly [name: string]: string };
  /** What stands beside the code, such as a limit and the figure past it. */
  readonly extensions: { readonly [name: string]: unknown };

  constructor(
    status: number,
    code: string,
    message: string,
    { headers = {}, extensions = {} }: Partial<Pick<HttpRefusal, 'headers' | 'extensions'>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.extensions = extensions;
  }
}
