/** What is refused before GraphQL sees it: a body that cannot be read, a tenant whose backend does not answer. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  /** `extensions.code` of the answer. */
  readonly code: string;
  readonly headers: { readonly [name: string]: string };

  constructor(status: number, code: string, message: string, headers: HttpRefusal['headers'] = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
