import type { Attribute } from './attribute.ts';

const readOnly = { multiValued: false, required: false, mutability: 'readOnly', returned: 'default' } as const;
const exact = { type: 'string', caseExact: true, uniqueness: 'none', comparison: 'exact' } as const;
const instant = { type: 'dateTime', caseExact: false, uniqueness: 'none', comparison: 'instant' } as const;

/** What every resource has besides its schemas' attributes, RFC 7643 §3 and §3.1; not part of any schema document. */
export const COMMON_ATTRIBUTES: readonly Attribute[] = [
  {
    ...exact,
    ...readOnly,
    name: 'schemas',
    type: 'reference',
    description: 'The URNs of the schemas that the resource holds.',
    multiValued: true,
    required: true,
    mutability: 'readWrite',
    returned: 'always',
  },
  {
    ...exact,
    ...readOnly,
    name: 'id',
    description: 'The identifier that Portico gave the resource.',
    uniqueness: 'global',
    returned: 'always',
  },
  {
    ...exact,
    ...readOnly,
    name: 'externalId',
    description: 'The identifier that the identity provider gave the resource.',
    mutability: 'readWrite',
  },
  {
    ...readOnly,
    name: 'meta',
    type: 'complex',
    description: 'Facts about the resource.',
    caseExact: false,
    uniqueness: 'none',
    comparison: 'caseless',
    subAttributes: [
      { ...exact, ...readOnly, name: 'resourceType', description: 'The name of the resource type.' },
      { ...instant, ...readOnly, name: 'created', description: 'When the resource was created.' },
      { ...instant, ...readOnly, name: 'lastModified', description: 'When the resource last changed.' },
      { ...exact, ...readOnly, name: 'location', type: 'reference', description: 'The address of the resource.' },
      { ...exact, ...readOnly, name: 'version', description: 'The version of the resource, as in its ETag.' },
    ],
  },
];
