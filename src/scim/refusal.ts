import type { RefusalOptions } from './exchange.ts';

/** A refusal that only the protocol knows: media types, methods, endpoints, conditional requests. What the directory refuses is a DirectoryError. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly scimType: string | undefined;
  readonly headers: { readonly [name: string]: string };

  constructor(status: number, detail: string, options: RefusalOptions = {}) {
    super(detail);
    this.status = status;
    this.scimType = options.scimType;
    this.headers = options.headers ?? {};
  }
}
