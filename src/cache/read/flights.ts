import type { TenantId } from '#model/resource.ts';
import type { Name } from '../protocol/names.ts';

export interface Flight {
  /** Nobody joins from now on. Who joined later than the value was stored could have begun after it was out of date. */
  close(): void;
  /** The text that was stored, or undefined where none was. Only the first call counts. */
  end(stored: string | undefined): void;
}

/** Which values this process is reading from the backend to keep them. */
export class Flights {
  readonly #open = new Map<string, Promise<string | undefined>>();

  /** Settles with the text as it was stored, or undefined where it was not; undefined where nobody reads it. */
  of(tenant: TenantId, name: Name): Promise<string | undefined> | undefined {
    return this.#open.get(keyOf(tenant, name));
  }

  begin(tenant: TenantId, name: Name): Flight {
    const key = keyOf(tenant, name);
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    this.#open.set(key, promise);
    const close = () => {
      if (this.#open.get(key) === promise) this.#open.delete(key);
    };
    return {
      close,
      end(stored) {
        close();
        resolve(stored);
      },
    };
  }
}

function keyOf(tenant: TenantId, name: Name): string {
  return `${tenant}\0${name}`;
}
