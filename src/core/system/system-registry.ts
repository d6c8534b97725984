import type { Json } from '#model/resource.ts';
import { openRegistry, type SchemaRegistry } from '../schema/registry.ts';
import { SYSTEM_TENANT } from './system-tenant.ts';

/** A resource type of `_system`: one resource per tenant, with one text. */
export interface SystemType {
  readonly name: string;
  /** The attribute that holds JSON text, which any backend can keep. */
  readonly text: string;
}

export const TENANT_SCHEMAS: SystemType = { name: 'TenantSchemas', text: 'documents' };
export const TENANT_NAMES: SystemType = { name: 'TenantNames', text: 'names' };

/** The types of `_system`. */
export function openSystemRegistry(): SchemaRegistry {
  const content = [TENANT_SCHEMAS, TENANT_NAMES].flatMap(documentsOf);
  return openRegistry({ sources: [{ name: SYSTEM_TENANT, content }] });
}

function documentsOf({ name, text }: SystemType): readonly Json[] {
  const urn = `urn:portico:params:scim:schemas:system:1.0:${name}`;
  const attributes = [
    { name: 'tenant', type: 'string', required: true, caseExact: true, uniqueness: 'server' },
    { name: text, type: 'string', required: true, caseExact: true },
  ];
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'];
  return [
    { id: urn, attributes },
    { schemas, name, endpoint: `/${name}`, schema: urn },
  ];
}
