import type { Conflicts } from '#core/schema-change/conflicts.ts';
import type { DocumentInForce, DocumentKind } from '#core/schema-change/documents.ts';
import { asDirectoryError } from '#model/errors.ts';
import type { JsonObject } from '#model/resource.ts';
import { openGuard } from '../preconditions.ts';
import { Problem } from '../problem.ts';
import type { AdminAnswer, AdminRoute } from '../route.ts';

type Handle = AdminRoute['handle'];

/** What a list is called in its answer, and what `meta.resourceType` says of its items (RFC 7643 §6, §7). */
const NAMES: { readonly [kind in DocumentKind]: { readonly list: string; readonly item: string } } = {
  schema: { list: 'schemas', item: 'Schema' },
  resourceType: { list: 'resourceTypes', item: 'ResourceType' },
};

/** Everything in force, whatever it comes from. */
export function listDocuments(kind: DocumentKind): Handle {
  return ({ tenant }) => {
    const documents = tenant.schemas.list(kind).map((inForce) => toBody(kind, inForce));
    return { status: 200, body: { [NAMES[kind].list]: documents } };
  };
}

export function readDocument(kind: DocumentKind): Handle {
  return ({ tenant, param }) => answerWith(200, kind, tenant.schemas.find(kind, param('name')));
}

export function putDocument(kind: DocumentKind): Handle {
  return async (request) => {
    const { tenant, call, param, body } = request;
    const put = await tenant.schemas.put(call, kind, param('name'), body(), openGuard(request));
    if (!('inForce' in put)) throw conflicting(put);
    return answerWith(put.created ? 201 : 200, kind, put.inForce);
  };
}

export function removeDocument(kind: DocumentKind): Handle {
  return async (request) => {
    const { tenant, call, param } = request;
    const conflicts = await tenant.schemas.remove(call, kind, param('name'), openGuard(request)).catch(stillNeeded);
    if (conflicts !== undefined) throw conflicting(conflicts);
    return { status: 204 };
  };
}

function answerWith(status: 200 | 201, kind: DocumentKind, inForce: DocumentInForce): AdminAnswer {
  return { status, body: toBody(kind, inForce), headers: { etag: `"${inForce.version}"` } };
}

function toBody(kind: DocumentKind, { document, origin, version, changedAt }: DocumentInForce): JsonObject {
  const changed = changedAt === undefined ? {} : { lastModified: changedAt };
  return { ...document, meta: { resourceType: NAMES[kind].item, origin, version, ...changed } };
}

/** 409 with the data that stands against the change: counted, the first of it named. */
function conflicting({ resources, named }: Conflicts): Problem {
  const first = named[0];
  const holder = first?.sharedWith === undefined ? '' : `, which ${first.type} ${first.sharedWith} has too`;
  const example =
    first === undefined
      ? ''
      : `, such as ${first.path} of ${first.type} ${first.id}${holder} (expected ${first.expected})`;
  const count = resources === 1 ? '1 resource stands' : `${resources} resources stand`;
  const detail = `${count} against the change${example}; change the data first. Nothing has changed`;
  return new Problem(409, 'DATA_CONFLICT', detail, {
    more: { resources, conflicts: named.map((each) => ({ ...each })) },
  });
}

/** Without the document the others have faults: somebody still names it. */
function stillNeeded(error: unknown): never {
  const known = asDirectoryError(error);
  if (known?.code !== 'INVALID_VALUE') throw error;
  const detail = 'it cannot go, since others need it: change them first. Nothing has changed';
  throw new Problem(409, 'STILL_NEEDED', detail, { faults: known.faults, cause: known });
}
