import { resourceTypeToDocument, schemaToDocument } from '#core/schema/to-document.ts';
import type { AdminAnswer, AdminRequest } from '../route.ts';

/** The schemas in force, whatever they come from. */
export function listSchemas({ tenant, call, principal }: AdminRequest): AdminAnswer {
  const { registry } = tenant.directory.session(call, principal);
  return { status: 200, body: { schemas: registry.schemas.map(schemaToDocument) } };
}

export function listResourceTypes({ tenant, call, principal }: AdminRequest): AdminAnswer {
  const { registry } = tenant.directory.session(call, principal);
  return { status: 200, body: { resourceTypes: registry.types.map(resourceTypeToDocument) } };
}
