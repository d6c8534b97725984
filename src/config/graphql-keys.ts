import { z } from 'zod';
import { SCOPES } from '#model/principal.ts';
import { byteSize, key, text } from './key.ts';

const flag = () => key(z.boolean(), 'true or false');
const file = () => key(text, 'a path, relative to the configuration file');
const upTo = (most: number) => key(z.int().min(1).max(most), `a number from 1 to ${most}`);
const size = (example: string) => key(byteSize, `a size from 1kb to 999mb, such as ${example}`, { unit: 'bytes' });

/** What an operation may ask for; `src/graphql/limits/query-limits.ts` says what each counts. */
const limits = {
  bodySize: size('100kb'),
  tokens: upTo(20_000),
  depth: upTo(100),
  aliases: upTo(10_000),
  rootFields: upTo(1_000),
  directives: upTo(10_000),
  directivesPerField: upTo(100),
  // graphql-js coerces input objects by recursion.
  inputDepth: upTo(500),
  cost: upTo(100_000_000),
  edges: upTo(10_000_000),
  responseSize: size('16mb'),
  // The request itself ends after 30 seconds.
  deadlineSeconds: key(z.number().min(0.1).max(30), 'a number from 0.1 to 30', { unit: 'seconds' }),
  subscriptions: upTo(100_000),
  subscriptionsPerCredential: upTo(100_000),
};

const limitsWithDefaults = z.strictObject({
  bodySize: limits.bodySize.default('100kb'),
  tokens: limits.tokens.default(1_000),
  depth: limits.depth.default(15),
  aliases: limits.aliases.default(50),
  rootFields: limits.rootFields.default(20),
  directives: limits.directives.default(50),
  directivesPerField: limits.directivesPerField.default(5),
  inputDepth: limits.inputDepth.default(64),
  cost: limits.cost.default(250_000),
  edges: limits.edges.default(50_000),
  responseSize: limits.responseSize.default('16mb'),
  deadlineSeconds: limits.deadlineSeconds.default(20),
  subscriptions: limits.subscriptions.default(1_000),
  subscriptionsPerCredential: limits.subscriptionsPerCredential.default(200),
});

/** `graphql` of the file, for all tenants. */
export const graphql = z.strictObject({
  introspection: key(z.union([z.boolean(), z.enum(SCOPES)]), `true, false, or one of ${SCOPES.join(', ')}`).default(
    true,
  ),
  executor: key(z.enum(['plan', 'graphql-js']), 'plan or graphql-js').default('plan'),
  persistedQueries: flag().default(true),
  trustedDocuments: file().optional(),
  limits: limitsWithDefaults.prefault({}),
});

/** `tenants.<name>.graphql` */
export const tenantGraphql = z.strictObject({
  mutations: flag().default(true),
  trustedDocuments: file().optional(),
  limits: key(z.strictObject(limits).partial(), 'a mapping of limits').default({}),
});
