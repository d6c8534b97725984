import fc from 'fast-check';
import type { Capabilities } from '#adapters/adapter.ts';
import type { FilterSyntax } from '#core/filter/syntax.ts';
import { type AttributePath, type CompareOperator, type Filter, type Literal, pathName } from '#model/filter.ts';
import type { Attributes, Json, ResourceId, StoredResource, Version } from '#model/resource.ts';

export const OPERATORS: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const ORDERLESS: readonly CompareOperator[] = ['eq', 'ne'];

/** Few and alike, so that comparisons hold about as often as not. */
const word = fc.constantFrom('a', 'b', 'ab', 'B', 'é', '', 'ba', '\u{1f600}');
const folded = word.map((text) => text.toLowerCase());

// Text ------------------------------------------------------------------------------------------------------------------

const attributeName = fc.constantFrom('userName', 'x', '$ref', 'a-b_1', 'Not1', 'orders', 'andy', 'prX');
const attributePath = fc.oneof(
  attributeName,
  fc.tuple(attributeName, attributeName).map(([name, sub]) => `${name}.${sub}`),
  attributeName.map((name) => `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:${name}`),
);
const jsonValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', ']', ')', ' and ', '\n', 'True'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
  fc.constant(null),
);

function termOf(text: fc.Arbitrary<string>): fc.Arbitrary<FilterSyntax> {
  const path = text.map((each) => ({ text: each, at: 0 }));
  return fc.oneof(
    fc.record({ kind: fc.constant('present' as const), path }),
    fc.record({
      kind: fc.constant('compare' as const),
      path,
      operator: fc.constantFrom(...OPERATORS),
      value: jsonValue,
    }),
  );
}

/** `and`, `or` and `not` over terms. */
function logicOver<Node>(
  term: fc.Arbitrary<Node>,
  group: (kind: 'and' | 'or', operands: Node[]) => Node,
  not: (operand: Node) => Node,
): fc.Arbitrary<Node> {
  const { node } = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      term,
      fc
        .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('node'), { minLength: 2, maxLength: 4 }))
        .map(([kind, operands]) => group(kind, operands)),
      tie('node').map(not),
    ),
  }));
  return node;
}

const syntaxOver = (term: fc.Arbitrary<FilterSyntax>) =>
  logicOver<FilterSyntax>(
    term,
    (kind, operands) => ({ kind, operands }),
    (operand) => ({ kind: 'not', operand }),
  );

/** Any filter that the grammar can express, whatever its attributes mean. */
export const anyFilterSyntax: fc.Arbitrary<FilterSyntax> = syntaxOver(
  fc.oneof(
    { weight: 3, arbitrary: termOf(attributePath) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('element' as const),
        path: attributePath.map((text) => ({ text, at: 0 })),
        where: syntaxOver(termOf(attributeName)),
      }),
    },
  ),
);

const compare = (paths: readonly string[], operators: readonly CompareOperator[], value: fc.Arbitrary<Json>) =>
  fc.record({
    kind: fc.constant('compare' as const),
    path: fc.constantFrom(...paths).map((text) => ({ text, at: 0 })),
    operator: fc.constantFrom(...operators),
    value: value as fc.Arbitrary<string | boolean | null>,
  });
const present = (paths: readonly string[]) =>
  fc.record({
    kind: fc.constant('present' as const),
    path: fc.constantFrom(...paths).map((text) => ({ text, at: 0 })),
  });

/** Filters that resolve against a User, about what `anyUser` holds. */
export const userFilterSyntax: fc.Arbitrary<FilterSyntax> = syntaxOver(
  fc.oneof(
    compare(['userName', 'externalId', 'name.givenName', 'emails', 'emails.type', 'department'], OPERATORS, word),
    compare(['userName', 'emails.value', 'groups', 'manager'], ['eq'], word),
    compare(['active', 'emails.primary'], ORDERLESS, fc.boolean()),
    present(['title', 'emails', 'emails.display', 'name', 'manager', 'groups.value']),
    fc.record({
      kind: fc.constant('element' as const),
      path: fc.constant({ text: 'emails', at: 0 }),
      where: syntaxOver(
        fc.oneof(
          compare(['type', 'value'], OPERATORS, word),
          compare(['primary'], ORDERLESS, fc.boolean()),
          present(['display']),
        ),
      ),
    }),
  ),
);

// Resources -------------------------------------------------------------------------------------------------------------

const optional = <T extends Json>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(null));
const email = fc.record(
  { value: word, type: fc.constantFrom('a', 'B', 'ab'), display: optional(word), primary: fc.boolean() },
  { requiredKeys: [] },
);
const attributes = fc.record(
  {
    userName: word,
    externalId: word,
    title: optional(word),
    active: fc.boolean(),
    name: fc.record({ givenName: word }, { requiredKeys: [] }),
    emails: fc.array(email, { maxLength: 3 }),
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': fc.record({ department: word }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Attributes>;

export const anyUser: fc.Arbitrary<StoredResource> = attributes.map((each) => ({
  id: 'a' as ResourceId,
  type: 'User',
  attributes: each,
  links: {},
  version: 'v' as Version,
  createdAt: new Date(0),
  modifiedAt: new Date(0),
}));

/** What `LinkLookup` is answered from, as `edge direction transitive`. */
export const anyLinks: fc.Arbitrary<ReadonlyMap<string, readonly string[]>> = fc
  .tuple(fc.subarray(['a', 'b', 'ab']), fc.subarray(['a', 'b']), fc.subarray(['a', 'b', 'ab']))
  .map(([manager, direct, further]) => {
    const groups = [...new Set([...direct, ...(direct.length > 0 ? further : [])])];
    return new Map([
      ['manager out false', manager],
      ['members in false', direct],
      ['members in true', groups],
    ]);
  });

// Resolved filters ------------------------------------------------------------------------------------------------------

const PATHS: readonly AttributePath[] = [
  { name: 'userName', comparison: 'username', multiValued: false },
  { name: 'externalId', comparison: 'exact', multiValued: false },
  { name: 'title', comparison: 'caseless', multiValued: false },
];
const EMAIL_PATHS: readonly AttributePath[] = ['value', 'type', 'display'].map((sub) => ({
  name: 'emails',
  sub,
  comparison: 'caseless',
  multiValued: true,
}));
const PRIMARY: AttributePath = { name: 'emails', sub: 'primary', comparison: 'boolean', multiValued: true };
const EMAILS: AttributePath = { name: 'emails', comparison: 'caseless', multiValued: true };

function resolvedTerm(paths: readonly AttributePath[]): fc.Arbitrary<Filter> {
  const path = fc.constantFrom(...paths);
  const literals = fc.array(folded, { minLength: 1, maxLength: 3 }) as fc.Arbitrary<Literal[]>;
  return fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      path,
      operator: fc.constantFrom(...OPERATORS),
      literal: folded,
    }),
    fc.record({ kind: fc.constant('compare' as const), path, operator: fc.constant('eq' as const), literal: folded }),
    fc.record({ kind: fc.constant('in' as const), path, literals }),
    fc.record({ kind: fc.constant('present' as const), path }),
  );
}

const primaryTerm: fc.Arbitrary<Filter> = fc.record({
  kind: fc.constant('compare' as const),
  path: fc.constant(PRIMARY),
  operator: fc.constantFrom(...ORDERLESS),
  literal: fc.boolean(),
});

const linkedTerm: fc.Arbitrary<Filter> = fc.record(
  {
    kind: fc.constant('linked' as const),
    edge: fc.constant('members' as const),
    direction: fc.constant('in' as const),
    ids: fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 2 }) as unknown as fc.Arbitrary<
      ResourceId[]
    >,
    transitive: fc.boolean(),
  },
  { requiredKeys: ['kind', 'edge', 'direction', 'transitive'] },
);

const filterOver = (term: fc.Arbitrary<Filter>) =>
  logicOver<Filter>(
    term,
    (kind, operands) => ({ kind, operands }),
    (operand) => ({ kind: 'not', operand }),
  );

/** Filters as `resolveFilter` gives them, and some that only the model allows. */
export const anyFilter: fc.Arbitrary<Filter> = filterOver(
  fc.oneof(
    resolvedTerm([...PATHS, ...EMAIL_PATHS]),
    primaryTerm,
    linkedTerm,
    fc.record({
      kind: fc.constant('element' as const),
      path: fc.constant(EMAILS),
      where: filterOver(fc.oneof(resolvedTerm(EMAIL_PATHS), primaryTerm)),
    }),
  ),
);

// Backends --------------------------------------------------------------------------------------------------------------

const ability = fc.record(
  { operators: fc.subarray([...OPERATORS, 'pr'] as (CompareOperator | 'pr')[]), coarse: fc.boolean() },
  { requiredKeys: ['operators'] },
);

/** Backends of every degree of ability. */
export const anyAbilities: fc.Arbitrary<Pick<Capabilities, 'filter' | 'logic'>> = fc.record({
  filter: fc.dictionary(fc.constantFrom('*', ...[...PATHS, ...EMAIL_PATHS, PRIMARY].map(pathName)), ability),
  logic: fc.record({
    not: fc.boolean(),
    element: fc.boolean(),
    linked: fc.constantFrom('none' as const, 'direct' as const, 'transitive' as const),
    coarseLinks: fc.boolean(),
  }),
});
