import type { Json } from '#model/resource.ts';
import type { TestedAdapter } from './adapters.ts';
import type { Transcript } from './transcript.ts';

const SERVICE_PROVIDER_CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

type Headers = Transcript['response']['headers'];
type Abilities = TestedAdapter['supports'];

/** The headers that a backend's abilities leave of an answer. */
export function headersOver({ etag }: Abilities, headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => etag || name !== 'etag'));
}

/** The body that a backend's abilities leave of an answer: no `meta.version` where it keeps none, and what discovery announces. */
export function bodyOver(abilities: Abilities, body: Json): Json {
  if (!isObject(body)) return body;
  const { schemas, meta, Resources } = body;
  const announced = Array.isArray(schemas) && schemas.includes(SERVICE_PROVIDER_CONFIG);
  return {
    ...body,
    ...(announced && announcing(abilities)),
    ...(isObject(meta) && !abilities.etag && { meta: unversioned(meta) }),
    ...(Array.isArray(Resources) && { Resources: Resources.map((found: Json) => bodyOver(abilities, found)) }),
  };
}

function announcing(abilities: Abilities): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(abilities).map(([name, supported]) => [name, { supported }]));
}

function unversioned({ version, ...meta }: { readonly [name: string]: Json }): Json {
  return meta;
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
