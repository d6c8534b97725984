import type { Json } from '#model/resource.ts';

/** One attribute of a custom schema, with values that fit it and some that do not. */
export interface Sample {
  readonly name: string;
  readonly definition: { readonly [characteristic: string]: Json };
  /** In the form in which they come back; the second differs from the first. */
  readonly good: readonly [Json, Json];
  /** As JSON text, since `1e3` is no value once it is parsed. */
  readonly bad: readonly string[];
}

const sample = (
  name: string,
  definition: Sample['definition'],
  good: Sample['good'],
  bad: readonly string[],
): Sample => ({ name, definition: { name, ...definition }, good, bad });

// biome-ignore format: a table reads by column
const TYPES: readonly Sample[] = [
  sample('text',     { type: 'string' },    ['a', 'B'],                                    ['1', 'true', '{"value":"a"}', '["a"]']),
  sample('flag',     { type: 'boolean' },   [true, false],                                 ['"yes"', '1', '{"a":true}', '[true]']),
  sample('ratio',    { type: 'decimal' },   [1.5, -20000],                                 ['"1.5"', 'true', '1e400']),
  sample('count',    { type: 'integer' },   [7, -8],                                       ['1.5', '1.0', '1e3', '"7"', '9007199254740993', 'true']),
  sample('moment',   { type: 'dateTime' },  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.25+01:00'], ['"2026-01-02"', '"now"', '1767322800', '"2026-02-30T00:00:00Z"']),
  sample('bytes',    { type: 'binary' },    ['AAEC', 'AA=='],                              ['"A"', '"!!!!"', '7']),
  sample('link',     { type: 'reference', referenceTypes: ['external'] }, ['https://example.com/a', '../b'], ['"a b"', '"<x>"', '7', '"%zz"']),
  sample('owner',    { type: 'reference', referenceTypes: ['User', 'Group'] }, ['/Users/1', 'https://x.example/v2/Groups/2'], ['"https://example.com/a"', '"/Devices/1"', '"/Users/"']),
  sample('colour',   { type: 'string', canonicalValues: ['red', 'deep blue'] }, ['red', 'deep blue'], ['"green"', '7']),
  sample('size',     { type: 'string', canonicalValues: ['S', 'M'], caseExact: true }, ['S', 'M'], ['"s"', '"XL"']),
];

/** Every simple type, alone and several times, as an attribute and as a sub-attribute. */
export const SAMPLES: readonly Sample[] = [
  ...TYPES,
  ...TYPES.map(({ name, definition, good, bad }) => {
    const plural = `${name}s`;
    const several = { ...definition, name: plural, multiValued: true };
    return {
      name: plural,
      definition: several,
      good: [[good[0]], [...good]] as const,
      bad: bad.filter((text) => !text.startsWith('[')).map((text) => `[${text}]`),
    };
  }),
  ...TYPES.map(({ name, definition, good, bad }) => {
    const part = `${name}Part`;
    const complex = { name: part, type: 'complex', subAttributes: [{ ...definition, name: 'inner' }] };
    return {
      name: part,
      definition: complex,
      good: [{ inner: good[0] }, { inner: good[1] }] as const,
      bad: [...bad.map((text) => `{"inner":${text}}`), '"flat"', '7'],
    };
  }),
  ...TYPES.map(({ name, definition, good, bad }) => {
    const list = `${name}List`;
    const subAttributes = [
      { ...definition, name: 'inner' },
      { ...definition, name: 'inners', multiValued: true },
    ];
    return {
      name: list,
      definition: { name: list, type: 'complex', multiValued: true, subAttributes },
      good: [[{ inner: good[0] }], [{ inner: good[0] }, { inner: good[1], inners: [good[0]] }]] as const,
      bad: bad.map((text) => `[{"inner":${text}}]`),
    };
  }),
];

export const WIDGET = 'urn:acme:params:scim:schemas:core:1.0:Widget';
export const PARTS = 'urn:acme:params:scim:schemas:extension:parts:1.0:Widget';

/** A resource type whose schema and extension have every sample each, so that neither place is forgotten. */
export function everyAttribute(): readonly Json[] {
  const attributes = SAMPLES.map(({ definition }) => definition);
  return [
    { id: WIDGET, name: 'Widget', attributes },
    { id: PARTS, name: 'Parts', attributes },
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      name: 'Widget',
      endpoint: '/Widgets',
      schema: WIDGET,
      schemaExtensions: [{ schema: PARTS, required: false }],
    },
  ];
}
