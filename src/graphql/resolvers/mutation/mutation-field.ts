import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { Session } from '#core/session.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource, Version } from '#model/resource.ts';
import type { GraphqlContext } from '../../context.ts';
import { openWalk } from '../../expand/expand.ts';
import { selectedFields } from '../../expand/selection.ts';
import type { FieldMap } from '../../fields/field.ts';
import { type Input, isInput } from '../../input/input.ts';
import { withinDeadline } from '../../limits/deadline.ts';
import { mayReadSchema } from '../../schema-readers.ts';
import type { GraphqlSettings } from '../../settings.ts';
import type { RootField, RootResolver } from '../query/root-field.ts';
import { type ArgumentPlaces, type MutationError, mutationErrors, withoutSuggestedNames } from './mutation-errors.ts';

/** A mutation as its field has it; what is the same of all of them is `mutationResolver`. */
export interface Mutation<Result> {
  readonly fields: FieldMap;
  readonly resourceType: ResourceType;
  /** The type of its answer. */
  readonly payload: string;
  write(session: Session, input: Input): Promise<Result>;
  places(input: Input): ArgumentPlaces;
  /** The payload's own field where it was done, and the value of it. */
  readonly answer: { readonly name: string; of(result: Result, answering: Answering): Promise<unknown> };
}

/** What an answer is made from: a session that sees the write, and the fields that select below a payload's own. */
interface Answering {
  readonly context: GraphqlContext;
  readonly info: GraphQLResolveInfo;
  readonly nodes: readonly FieldNode[];
}

/**
 * Each mutation has a session of its own, so that neither its write nor its answer is made from what was read before it. What the
 * directory does not accept is data; whatever else went wrong is thrown, and is an error of the response (docs/errors.md).
 */
export function mutationResolver<Result>(mutation: Mutation<Result>): RootResolver {
  const run: RootField = async ({ input: given }, outer, info) => {
    const input = isInput(given) ? given : {};
    const context = { ...outer, session: outer.session.afresh() };
    const selected = selectedFields(openWalk(mutation.fields, context, info), mutation.payload, info.fieldNodes);
    const nodesOf = (name: string) => selected.filter((node) => node.name.value === name);
    const write = () => {
      checkGuard(input, context.settings);
      return mutation.write(context.session, input);
    };
    const done = await attempt(write, mutation.places(input));
    const { name } = mutation.answer;
    if ('errors' in done) {
      context.outcome.detail ??= done.errors[0]?.message ?? '';
      const errors = await withVersions(mutation, done, { context, info, nodes: nodesOf('errors') });
      const readable = mayReadSchema(context.settings, context.principal);
      return { [name]: null, errors: readable ? errors : withoutSuggestedNames(errors) };
    }
    const answer = mutation.answer.of(done.result, { context, info, nodes: nodesOf(name) });
    return { [name]: await orError(withinDeadline(context, answer)), errors: [] };
  };
  return (_root, args, context, info) => run(args, context, info);
}

/** What was written stays written: an answer that cannot be had, for a limit or a bug, is an error of that field alone. */
function orError(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((error: unknown) =>
    error instanceof Error ? error : new Error('something was thrown that is no Error', { cause: error }),
  );
}

type Done<Result> =
  | { readonly result: Result }
  | { readonly errors: readonly MutationError[]; readonly places: ArgumentPlaces };

async function attempt<Result>(write: () => Promise<Result>, places: ArgumentPlaces): Promise<Done<Result>> {
  try {
    return { result: await write() };
  } catch (error) {
    const known = asDirectoryError(error);
    const errors = known && mutationErrors(known, places);
    if (errors === undefined) throw error;
    return { errors, places };
  }
}

/** The version that a resource has now is read where it is selected; an error stands for that field alone. */
async function withVersions(
  { fields, resourceType }: Pick<Mutation<unknown>, 'fields' | 'resourceType'>,
  { errors, places: { target } }: { readonly errors: readonly MutationError[]; readonly places: ArgumentPlaces },
  { context, info, nodes }: Answering,
): Promise<readonly MutationError[]> {
  if (target === undefined || !errors.some(({ __typename }) => __typename === 'VersionMismatch')) return errors;
  const selected = selectedFields(openWalk(fields, context, info), 'VersionMismatch', nodes);
  if (!selected.some(({ name }) => name.value === 'currentVersion')) return errors;
  const current = context.session.get(resourceType, target.id as ResourceId);
  const currentVersion = await orError(current.then((resource) => resource && `W/"${resource.version}"`));
  return errors.map((each) => (each.__typename === 'VersionMismatch' ? { ...each, currentVersion } : each));
}

/** The resource with what the selection asks below it. */
export async function expandOne(
  fields: FieldMap,
  resource: StoredResource,
  { context, info, nodes }: Answering,
): Promise<unknown> {
  if (nodes.length === 0) return null;
  const [place = null] = await openWalk(fields, context, info).expand([resource], nodes);
  return place;
}

/** @throws {DirectoryError} UNSUPPORTED for a guard that the backend cannot hold, where SCIM answers 501 */
function checkGuard({ ifVersion }: Input, { versions }: GraphqlSettings): void {
  if (versions || typeof ifVersion !== 'string') return;
  throw new DirectoryError('UNSUPPORTED', 'the backend does not check versions; leave ifVersion out');
}

/** As `etag` and `meta.version` show it, or without the dress of a tag. */
export function guardOf({ ifVersion }: Input): { readonly ifVersion?: Version } {
  if (typeof ifVersion !== 'string') return {};
  return { ifVersion: (/^(?:W\/)?"(.*)"$/s.exec(ifVersion)?.[1] ?? ifVersion) as Version };
}
