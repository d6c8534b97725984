import type { Json } from '#model/resource.ts';
import type { ScimAnswer, ScimClient, SendOptions } from '#test/support/scim-client.ts';

/** What a row's test did with the gateway. */
export interface Witness {
  /** Requests that were answered. */
  answered: number;
  /** How often a status, headers or a body were looked at. */
  looked: number;
}

export function newWitness(): Witness {
  return { answered: 0, looked: 0 };
}

/** @throws where a row was tested without a request, without a look at an answer, or without an assertion */
export function checkWitness(row: string, { answered, looked }: Witness, assertions: number): void {
  if (answered === 0) throw new Error(`row ${row} sent no request to a started gateway`);
  if (looked === 0) throw new Error(`row ${row} never looked at an answer`);
  if (assertions === 0) throw new Error(`row ${row} asserted nothing`);
}

/** The same client, with what it does written down. */
export function witnessed(client: ScimClient, witness: Witness): ScimClient {
  const send = async (method: string, path: string, options?: SendOptions) => {
    const answer = await client.send(method, path, options);
    witness.answered += 1;
    return watched(answer, witness);
  };
  const body = (method: string) => (path: string, json: Json, headers?: SendOptions['headers']) =>
    send(method, path, { body: json, ...(headers && { headers }) });
  return {
    baseUrl: client.baseUrl,
    send,
    get: (path, headers = {}) => send('GET', path, { headers }),
    post: body('POST'),
    put: body('PUT'),
    patch: (path, operations, headers = {}) =>
      send('PATCH', path, { body: { schemas: [PATCH_OP], Operations: operations }, headers }),
    delete: (path, headers = {}) => send('DELETE', path, { headers }),
  };
}

export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

function watched(answer: ScimAnswer, witness: Witness): ScimAnswer {
  return new Proxy(answer, {
    get(target, name, receiver) {
      witness.looked += 1;
      return Reflect.get(target, name, receiver);
    },
  });
}
