import type { ResourceType, Schema } from '#core/schema/attribute.ts';
import { resourceTypeToDocument, schemaToDocument } from '#core/schema/to-document.ts';
import { DirectoryError } from '#model/errors.ts';
import type { JsonObject } from '#model/resource.ts';
import type { Context } from '../context.ts';
import type { OpenExchange } from '../exchange.ts';
import { parameterKey } from '../idp-quirks.ts';
import { bulkLimitsOf } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { answerType } from '../request/media-types.ts';
import { listStart } from '../response/send-resources.ts';
import { sendText } from '../response/write-response.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

const AUTHENTICATION_SCHEMES = [
  {
    type: 'oauthbearertoken',
    name: 'Bearer token',
    description: 'A token in the Authorization header, as in "Authorization: Bearer <token>"',
    specUri: 'https://www.rfc-editor.org/info/rfc6750',
    primary: true,
  },
];

/**
 * What anybody may know, RFC 7643 §5: how to authenticate. It is the same whatever tenant the URL names, so that nobody learns
 * from it which tenants there are.
 */
export function readPublicConfig(exchange: OpenExchange): void {
  checkNoFilter(exchange);
  const document = {
    schemas: [`${CORE}:ServiceProviderConfig`],
    authenticationSchemes: AUTHENTICATION_SCHEMES,
    meta: metaOf(exchange, 'ServiceProviderConfig', '/ServiceProviderConfig'),
  };
  sendText(exchange, 200, ['Content-Type', answerType(exchange.request)], JSON.stringify(document));
}

/** RFC 7643 §5, RFC 9865 §4. Numbers stand even beside `supported: false`: authentik gives up on PATCH and filters without them. */
export function readServiceProviderConfig(context: Context): void {
  checkNoFilter(context.exchange);
  const { etag, sort, changePassword } = context.tenant.supports;
  const { defaultPageSize, maxPageSize, cursorTimeoutSeconds } = context.tenant.limits;
  const bulk = bulkLimitsOf(context.tenant.limits, context.bodyLimitBytes);
  sendDocument(context, {
    schemas: [`${CORE}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: {
      supported: bulk !== undefined,
      maxOperations: bulk?.maxOperations ?? 0,
      maxPayloadSize: bulk?.maxPayloadBytes ?? 0,
    },
    filter: { supported: true, maxResults: maxPageSize },
    changePassword: { supported: changePassword },
    sort: { supported: sort },
    etag: { supported: etag },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize,
      maxPageSize,
      cursorTimeout: cursorTimeoutSeconds,
    },
    authenticationSchemes: AUTHENTICATION_SCHEMES,
    meta: metaOf(context.exchange, 'ServiceProviderConfig', '/ServiceProviderConfig'),
  });
}

/** A ListResponse of every schema (RFC 7644 §4), never of the messages'. */
export function readSchemas(context: Context): void {
  checkNoFilter(context.exchange);
  const { schemas } = context.tenant.registry;
  sendDocuments(
    context,
    schemas.map((schema) => schemaDocument(context, schema)),
  );
}

export function readSchema(context: Context, urn: string): void {
  checkNoFilter(context.exchange);
  const schema = context.tenant.registry.schema(urn);
  if (schema === undefined) throw new DirectoryError('NOT_FOUND', `no schema is called ${urn}; /Schemas lists them`);
  sendDocument(context, schemaDocument(context, schema));
}

export function readResourceTypes(context: Context): void {
  checkNoFilter(context.exchange);
  const { types } = context.tenant.registry;
  sendDocuments(
    context,
    types.map((type) => typeDocument(context, type)),
  );
}

export function readResourceType(context: Context, name: string): void {
  checkNoFilter(context.exchange);
  const type = context.tenant.registry.types.find((candidate) => candidate.name === name);
  if (type === undefined) {
    throw new DirectoryError('NOT_FOUND', `no resource type is called ${name}; /ResourceTypes lists them`);
  }
  sendDocument(context, typeDocument(context, type));
}

/** RFC 7644 §4: everything else about a query is ignored here, but a filter is refused. */
function checkNoFilter({ query }: OpenExchange): void {
  for (const name of new URLSearchParams(query).keys()) {
    if (parameterKey(name) === 'filter')
      throw new Refusal(403, 'discovery endpoints are not filtered; read them whole');
  }
}

function sendDocument(context: Context, document: JsonObject): void {
  sendText(context.exchange, 200, ['Content-Type', context.answerType], JSON.stringify(document));
}

function sendDocuments(context: Context, documents: readonly JsonObject[]): void {
  const start = listStart({ totalResults: documents.length, startIndex: 1 }, documents.length);
  const text = `${start}${documents.map((item) => JSON.stringify(item)).join(',')}]}`;
  sendText(context.exchange, 200, ['Content-Type', context.answerType], text);
}

function schemaDocument(context: Context, schema: Schema): JsonObject {
  return { ...schemaToDocument(schema), meta: metaOf(context.exchange, 'Schema', `/Schemas/${schema.id}`) };
}

function typeDocument(context: Context, type: ResourceType): JsonObject {
  const path = `/ResourceTypes/${encodeURIComponent(type.name)}`;
  return { ...resourceTypeToDocument(type), meta: metaOf(context.exchange, 'ResourceType', path) };
}

function metaOf({ baseUrl }: OpenExchange, resourceType: string, path: string): JsonObject {
  return { resourceType, location: baseUrl + path };
}
