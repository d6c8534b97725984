/** What is refused before GraphQL sees it: a body that cannot be read, a tenant whose backend does not answer. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  /** `extensions.code` of the answer. */
  readonly code: string;
  readonly headers: { readonly [name: string]: string };
  /** What stands beside the code, such as a limit and the figure past it. */
  readonly extensions: { readonly [name: string]: unknown };
  /** The request is one of GraphQL; its status is then that of an error that GraphQL itself has found. */
  readonly isWellFormed: boolean;

  constructor(
    status: number,
    code: string,
    message: string,
    {
      headers = {},
      extensions = {},
      isWellFormed = false,
    }: Partial<Pick<HttpRefusal, 'headers' | 'extensions' | 'isWellFormed'>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.extensions = extensions;
    this.isWellFormed = isWellFormed;
  }
}
