import type { MemberChange, Write, Written } from '#adapters/adapter.ts';
import { type Call, onPrimary, withOwnTime } from '#model/call.ts';
import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { noticeOf } from '../notice.ts';
import { checkOffered } from '../offered.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { loadMoves, type Moves } from './moves.ts';
import { performMany } from './perform.ts';
import { checkTarget, creationToWrite, notFound, planCreate, planRemoval, type Regrouping } from './plan.ts';
import { revise } from './revise.ts';

/** Others may delete a group, or create one of the same name, in between. */
const ATTEMPTS = 5;
const PUT_BACK_MS = 5_000;

/** One group's part of a move. */
interface Part {
  readonly write: Write;
  readonly leaves: boolean;
  /** What is left if it cannot be taken back: `joined Group 17`. */
  readonly deed: string;
  /** Takes it back; the answer is absent where nobody knows whether it was done. */
  undo(answer: Written | undefined): Write | undefined;
}

type Done = { readonly deed: string; readonly undo: Write };

/**
 * Moves a resource between groups, then changes the resource itself. Everything is checked first; the groups are written in one
 * call, each atomic alone; where a write fails, those before it are taken back, in time of its own. That is not atomic (ADR 0022):
 * others can see it half done, and what could not be taken back is named by the error, OUTCOME_UNKNOWN.
 * @throws {DirectoryError} NOT_FOUND, VERSION_MISMATCH, INVALID_VALUE for groups that do not exist, and as a PATCH of the rest
 */
export async function regroup(directory: Directory, call: Call, plan: Regrouping): Promise<Written> {
  const { target, revision } = plan;
  const { type, id, ifVersion } = target;
  const groups = groupTypeOf(directory);
  const asked = ifVersion === undefined ? call : onPrimary(call);
  const [resource = null] = await directory.adapter.getMany(asked, type.name, [id]);
  checkTarget(target, resource);
  revision?.contentOf(resource);
  const done = await move(directory, call, groups, resource, plan);
  if (revision === undefined) return { resource, changed: false };
  try {
    return await revise(directory, call, revision);
  } catch (error) {
    await putBack(directory, call, done, error);
    throw error;
  }
}

async function move(
  directory: Directory,
  call: Call,
  groups: ResourceType,
  resource: StoredResource,
  { words }: Regrouping,
): Promise<readonly Done[]> {
  for (let attempt = 1; ; attempt += 1) {
    const asked = attempt === 1 ? call : onPrimary(call);
    const moves = await loadMoves(directory, asked, groups, resource.id, words);
    try {
      return await carryOutMoves(directory, call, groups, resource, moves);
    } catch (error) {
      const overtaken = error instanceof DirectoryError && ['UNIQUENESS', 'NOT_FOUND'].includes(error.code);
      if (!overtaken || attempt === ATTEMPTS) throw error;
    }
  }
}

/** @throws {DirectoryError} what the first of them was refused for, once the others are taken back */
async function carryOutMoves(
  directory: Directory,
  call: Call,
  groups: ResourceType,
  resource: StoredResource,
  moves: Moves,
): Promise<readonly Done[]> {
  const parts = await movesToParts(directory, groups, resource, moves);
  const writes = parts.map(({ write }) => write);
  const answers = writes.length === 0 ? [] : await performMany(directory, call, writes);
  const done = parts.flatMap((part, at) => doneOf(part, answers[at]));
  const refused = parts.flatMap((part, at) => refusalTo(part, answers[at])).at(0);
  if (refused !== undefined) {
    await putBack(directory, call, done, refused);
    throw refusalOf(refused, resource);
  }
  tellDropped(directory, call, resource, moves);
  return done;
}

async function movesToParts(
  directory: Directory,
  groups: ResourceType,
  { id, type }: StoredResource,
  { leave, join, found }: Moves,
): Promise<readonly Part[]> {
  if (leave.length + join.length > 0) checkOffered(groups, 'patch');
  if (found.length > 0) checkOffered(groups, 'create');
  const update = (group: ResourceId, members: MemberChange): Write => {
    return { kind: 'update', type: groups.name, id: group, members };
  };
  const without = (group: ResourceId) => update(group, { remove: [id] });
  const within = (group: ResourceId) => update(group, { add: [{ id, type }] });
  const part = (deed: string, leaves: boolean, write: Write, back: Write): Part => {
    return { write, leaves, deed, undo: (answer) => (answer?.changed === false ? undefined : back) };
  };
  return [
    ...leave.map((group) => part(`left ${groups.name} ${group}`, true, without(group), within(group))),
    ...join.map((group) => part(`joined ${groups.name} ${group}`, false, within(group), without(group))),
    ...(await Promise.all(found.map((name) => creation(directory, groups, name, { add: [{ id, type }] })))),
  ];
}

async function creation(
  directory: Directory,
  groups: ResourceType,
  displayName: string,
  members: MemberChange,
): Promise<Part> {
  const body = { schemas: [groups.schema.id], displayName };
  const write = await creationToWrite(directory, planCreate(directory, groups, body));
  return {
    write: { ...write, members },
    leaves: false,
    deed: `created ${groups.name} ${displayName}`,
    undo(answer) {
      const id = answer?.resource?.id ?? write.id;
      const version = answer?.resource?.version;
      return id && planRemoval({ type: groups, id, ...(version !== undefined && { ifVersion: version }) }).write;
    },
  };
}

function doneOf({ deed, undo }: Part, answer: Written | DirectoryError | undefined): readonly Done[] {
  const unknown = answer instanceof DirectoryError && answer.code === 'OUTCOME_UNKNOWN';
  if (answer === undefined || (answer instanceof DirectoryError && !unknown)) return [];
  const back = undo(answer instanceof DirectoryError ? undefined : answer);
  return back === undefined ? [] : [{ deed, undo: back }];
}

/** A group that is gone has been left as well. */
function refusalTo({ leaves }: Part, answer: Written | DirectoryError | undefined): readonly DirectoryError[] {
  return answer instanceof DirectoryError && !(leaves && answer.code === 'NOT_FOUND') ? [answer] : [];
}

/** The refusal, after which all is as it was. */
function refusalOf(refused: DirectoryError, { type, id }: StoredResource): DirectoryError {
  if (refused.code === 'INVALID_VALUE' && refused.ids.includes(id)) return notFound(type, id);
  if (refused.code !== 'OUTCOME_UNKNOWN') return refused;
  const detail = 'the backend did not carry out the move between groups; nothing changed; try again';
  return new DirectoryError('UNAVAILABLE', detail, { cause: refused, retryAfterMs: 1_000 });
}

/** @throws {DirectoryError} OUTCOME_UNKNOWN with what could not be taken back, where there is any */
async function putBack(directory: Directory, call: Call, done: readonly Done[], error: unknown): Promise<void> {
  if (done.length === 0) return;
  const answers = await performMany(
    directory,
    withOwnTime(call, PUT_BACK_MS),
    done.map(({ undo }) => undo),
  ).catch((refusal: unknown) => {
    const known = asDirectoryError(refusal);
    if (known === undefined) throw refusal;
    return done.map(() => known);
  });
  const left = done.filter((_, at) => isLeft(answers[at]));
  if (left.length === 0) return;
  const deeds = left.map(({ deed }) => deed).join(', ');
  const because = error instanceof DirectoryError ? error.message : 'an internal error';
  const detail = `${because}; and what had been done could not be taken back: ${deeds}; repeat the request`;
  throw new DirectoryError('OUTCOME_UNKNOWN', detail, { ids: left.flatMap(({ undo }) => undo.id ?? []), cause: error });
}

/** Where the group is gone, or the resource, the link between them went with it. */
function isLeft(answer: Written | DirectoryError | undefined): boolean {
  return answer instanceof DirectoryError && answer.code !== 'NOT_FOUND' && answer.code !== 'INVALID_VALUE';
}

function tellDropped(directory: Directory, call: Call, resource: StoredResource, { dropped }: Moves): void {
  const { ids, names } = dropped;
  if (ids.length + names.length === 0) return;
  const paths = [...ids.map(() => 'groups.value'), ...names.map(() => 'groups.display')];
  directory.notify(
    noticeOf(call, 'unknown references dropped', resource, {
      paths: [...new Set(paths)],
      ...(ids.length > 0 && { ids }),
    }),
  );
}

function groupTypeOf({ registry }: Directory): ResourceType {
  const groups = registry.types.find(({ attributes }) =>
    attributes.some(({ link }) => link?.edge === 'members' && link.direction === 'out'),
  );
  if (groups === undefined) throw new DirectoryError('UNSUPPORTED', 'no resource type has members');
  return groups;
}
