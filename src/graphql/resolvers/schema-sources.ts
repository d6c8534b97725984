import type { Attribute, ResourceType, Schema } from '#core/schema/attribute.ts';
import type { SchemaRegistry } from '#core/schema/registry.ts';

/** What the resolvers of `schema` are given: the registry's own parts, by names that the generator can import. */
export type RegistrySource = SchemaRegistry;
export type SchemaSource = Schema;
export type AttributeSource = Attribute;
export type ResourceTypeSource = ResourceType;
export type ExtensionSource = ResourceType['extensions'][number];
