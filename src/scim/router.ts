import { isOffered } from '#core/offered.ts';
import { RESOURCE_OPERATIONS, type ResourceOperation, type ResourceType } from '#core/schema/attribute.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';
import { DirectoryError } from '#model/errors.ts';
import type { Scope } from '#model/principal.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Context } from './context.ts';
import { withoutOuterSlashes } from './idp-quirks.ts';
import { answerBulk } from './operations/bulk.ts';
import {
  readResourceType,
  readResourceTypes,
  readSchema,
  readSchemas,
  readServiceProviderConfig,
} from './operations/discovery.ts';
import { listAll, listResources, readResource, searchAll, searchResources } from './operations/read.ts';
import { createResource, deleteResource, patchResource, replaceResource } from './operations/write.ts';
import { Refusal } from './refusal.ts';

/** Fit for a metric label; `unknown` is what the face starts with. */
export type Operation =
  | 'get'
  | 'list'
  | 'search'
  | 'create'
  | 'replace'
  | 'patch'
  | 'delete'
  | 'bulk'
  | 'discover'
  | 'unknown';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type ResourceHandler = (context: Context, type: ResourceType, id: ResourceId) => Promise<void>;
/** `name` is the last segment: a schema's URN, a resource type's name. */
type ServiceHandler = (context: Context, name: string) => void | Promise<void>;

interface ResourceRoute {
  readonly on: 'resources';
  readonly operation: Operation;
  readonly scope: Scope;
  readonly handle: ResourceHandler;
}

interface ServiceRoute {
  readonly on: 'service';
  readonly operation: Operation;
  readonly scope: Scope;
  readonly handle: ServiceHandler;
}

/** Of the resource behind the credential, which is yet to be found. */
interface SelfRoute {
  readonly on: 'self';
  readonly operation: Operation;
  readonly scope: Scope;
  readonly handle: ResourceHandler;
}

type Route = ResourceRoute | ServiceRoute | SelfRoute;

export type Match =
  | { readonly route: ResourceRoute; readonly type: ResourceType; readonly id: ResourceId }
  | { readonly route: ServiceRoute; readonly name: string }
  | { readonly route: SelfRoute; readonly self: true };

type Methods = { readonly [method in Method]?: Route };

/** Every endpoint, RFC 7644 §3.2. `{type}` is any endpoint of the registry; HEAD is answered where GET is. */
// biome-ignore format: a table reads by column
const ROUTES: { readonly [pattern: string]: Methods } = {
  '/{type}': {
    GET:    resources('list',    'scim:read',  listResources),
    POST:   resources('create',  'scim:write', createResource),
  },
  '/{type}/{id}': {
    GET:    resources('get',     'scim:read',  readResource),
    PUT:    resources('replace', 'scim:write', replaceResource),
    PATCH:  resources('patch',   'scim:write', patchResource),
    DELETE: resources('delete',  'scim:write', deleteResource),
  },
  '/{type}/.search':         { POST: resources('search', 'scim:read', searchResources) },
  '/ServiceProviderConfig':  { GET: service('discover', 'scim:read', readServiceProviderConfig) },
  '/Schemas':                { GET: service('discover', 'scim:read', readSchemas) },
  '/Schemas/{name}':         { GET: service('discover', 'scim:read', readSchema) },
  '/ResourceTypes':          { GET: service('discover', 'scim:read', readResourceTypes) },
  '/ResourceTypes/{name}':   { GET: service('discover', 'scim:read', readResourceType) },
  '/':                       { GET: service('list', 'scim:read', listAll) },
  '/.search':                { POST: service('search', 'scim:read', searchAll) },
  '/Bulk':                   { POST: service('bulk', 'scim:write', carryOutBulk) },
  '/Me': {
    GET:    self('get',     'scim:read',  readResource),
    PUT:    self('replace', 'scim:write', replaceResource),
    PATCH:  self('patch',   'scim:write', patchResource),
    DELETE: self('delete',  'scim:write', deleteResource),
  },
};

const BULK_PATH = 'path must be the endpoint of a resource type for POST, and a resource for PUT, PATCH and DELETE';

/**
 * Finds what answers a request. `path` is still percent-encoded, and each segment is decoded once, after it was split; a slash
 * at the end is tolerated.
 * @throws {DirectoryError} NOT_FOUND for an unknown endpoint, or an id that none can have
 * @throws {Refusal} 405 with Allow
 */
export function matchRoute(registry: SchemaRegistry, method: string, path: string): Match {
  const [endpoint = '', rest, ...more] = withoutOuterSlashes(path).split('/');
  if (more.length > 0) throw unknownEndpoint(path);
  const type = registry.typeAt(`/${endpoint}`);
  const pattern = type === undefined ? servicePattern(endpoint, rest) : typePattern(rest);
  const methods = Object.hasOwn(ROUTES, pattern) ? ROUTES[pattern] : undefined;
  if (methods === undefined) throw unknownEndpoint(path);
  const route = routeFor(type === undefined ? methods : offered(methods, type), method, path);
  if (route.on === 'self') return { route, self: true };
  const name = rest === undefined ? '' : decodeSegment(rest, path);
  if (route.on === 'service') return { route, name };
  if (type === undefined) throw unknownEndpoint(path);
  return { route, type, id: name as ResourceId };
}

/** Each operation of a bulk request is found in the table by itself, as if it were sent alone. */
function carryOutBulk(context: Context): Promise<void> {
  const { registry } = context.tenant;
  return answerBulk(context, (method, path) => {
    const match = matchRoute(registry, method, path);
    const isWrite = match.route.on === 'resources' && match.route.operation !== 'search';
    if (!('type' in match) || !isWrite) throw new Refusal(400, BULK_PATH, { scimType: 'invalidValue' });
    return { type: match.type, id: match.id, scope: match.route.scope };
  });
}

/** A read-only type answers 405 to what its document does not offer, as if there were no such route. */
function offered(methods: Methods, type: ResourceType): Methods {
  if (type.operations === undefined) return methods;
  const routes = Object.entries(methods).filter(([, { operation }]) => isOffered(type, asOffered(operation)));
  return Object.fromEntries(routes);
}

function asOffered(operation: Operation): ResourceOperation {
  return RESOURCE_OPERATIONS.find((each) => each === operation) ?? 'read';
}

function typePattern(rest: string | undefined): string {
  if (rest === undefined) return '/{type}';
  return rest === '.search' ? '/{type}/.search' : '/{type}/{id}';
}

function servicePattern(endpoint: string, rest: string | undefined): string {
  return rest === undefined ? `/${endpoint}` : `/${endpoint}/{name}`;
}

function routeFor(methods: Methods, method: string, path: string): Route {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const route = Object.hasOwn(methods, wanted) ? methods[wanted as Method] : undefined;
  if (route !== undefined) return route;
  const allowed = Object.keys(methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
  throw new Refusal(405, `${method} is not offered on ${path}; use ${allowed.join(', ')}`, {
    headers: { Allow: allowed.join(', ') },
  });
}

/** An id that decodes to a path or holds a control character is no id, rather than another resource's address. */
function decodeSegment(segment: string, path: string): string {
  let name: string;
  try {
    name = decodeURIComponent(segment);
  } catch {
    throw unknownEndpoint(path);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
  if (/[/\\\u0000-\u001f\u007f]|^\.{0,2}$/.test(name)) throw unknownEndpoint(path);
  return name;
}

function unknownEndpoint(path: string): DirectoryError {
  return new DirectoryError('NOT_FOUND', `nothing is found at ${path}; /ResourceTypes lists the endpoints`);
}

function resources(operation: Operation, scope: Scope, handle: ResourceHandler): ResourceRoute {
  return { on: 'resources', operation, scope, handle };
}

function self(operation: Operation, scope: Scope, handle: ResourceHandler): SelfRoute {
  return { on: 'self', operation, scope, handle };
}

function service(operation: Operation, scope: Scope, handle: ServiceHandler): ServiceRoute {
  return { on: 'service', operation, scope, handle };
}
