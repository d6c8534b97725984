/** An update: read, compared with what the caller read, written under an assertion, and tried again where the entry moved meanwhile. */
import type { Write, Written } from '#adapters/adapter.ts';
import type { AttributePath } from '#model/filter.ts';
import type { ResourceId, StoredResource } from '#model/resource.ts';
import { sameJson } from '#model/same-json.ts';
import { postRead } from '../connection/controls.ts';
import { hasCode, LdapError } from '../connection/ldap-error.ts';
import type { Modification } from '../connection/operations.ts';
import { referencedIds, withDns } from '../mapping/references.ts';
import { NAMES_PER_SEARCH, type Reader, versionOf } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Container, Found } from '../tenant-view.ts';
import { stillIs } from './assertions.ts';
import { changeUnread } from './blind-change.ts';
import { changeMembersUnread } from './blind-members.ts';
import { modifyByGuid, renameByGuid } from './by-guid.ts';
import { contentChanges } from './content-changes.ts';
import { checkPassword, explainUntaken } from './explain.ts';
import { attributeTaken, checkFree, nameOf, newKeys } from './keys.ts';
import { dnIn, resolveManager } from './manager.ts';
import { idsOf, planMembers } from './member-plan.ts';
import { answer, type MemberStep, memberStep, REFS_LIMIT, stepChanges } from './member-step.ts';
import { passwordValues } from './password.ts';
import { gone, tooBusy, versionMismatch } from './refusals.ts';
import { renameEntry, splitRename } from './rename.ts';
import { entryWritten, resourceWritten } from './written-entry.ts';

type Update = Extract<Write, { kind: 'update' }>;

const ATTEMPTS = 200;

export function update(
  reader: Reader,
  shape: readonly AttributePath[],
  container: Container,
  operation: Update,
): Promise<Written> {
  const { id: self, content } = operation;
  const keys = content === undefined ? [] : newKeys(content.before, content.draft.uniqueKeys, shape);
  return reader.view.uniqueWrites.alone(reader, { container, shape, keys, self }, (own) =>
    updateAlone(own, shape, container, operation),
  );
}

async function updateAlone(
  reader: Reader,
  shape: readonly AttributePath[],
  container: Container,
  operation: Update,
): Promise<Written> {
  const written = await changeUnread(reader, shape, container, operation);
  if (written !== undefined) return written;
  const membership = await changeMembersUnread(reader, container, operation);
  if (membership !== undefined && membership !== 'refused') return membership;
  const attempt = new Attempt(reader, shape, container, operation, membership === 'refused');
  for (let i = 0; i < ATTEMPTS; i++) {
    const written = await attempt.run();
    if (written !== undefined) return written;
  }
  throw tooBusy(operation.id);
}

class Attempt {
  readonly #reader: Reader;
  readonly #shape: readonly AttributePath[];
  readonly #container: Container;
  readonly #operation: Update;
  /** Members are sent as they come until the server says that some are there, or not there, already; many are not. */
  #exact: boolean;
  #hold = false;
  /** An old entry may lack what its classes demand, so that the server refuses every change that does not mend it. */
  #complete = false;

  constructor(
    reader: Reader,
    shape: readonly AttributePath[],
    container: Container,
    operation: Update,
    refused: boolean,
  ) {
    this.#reader = reader;
    this.#shape = shape;
    this.#container = container;
    this.#operation = operation;
    const { replace = false, add = [], remove = [] } = operation.members ?? {};
    this.#exact = refused || replace || add.length + remove.length > REFS_LIMIT;
  }

  /** Undefined where it has to be tried again. */
  async run(): Promise<Written | undefined> {
    const { id, type, content, members, ifVersion } = this.#operation;
    const { entries, current } = await this.#read();
    if (ifVersion !== undefined && versionOf(current) !== ifVersion) throw versionMismatch(id);
    const known = new Map([...entries.values()].map((found) => [found.dn, found.id]));
    const present = await this.#present(current, known);
    if (content && !isAsRead(content.before, present)) throw versionMismatch(id);
    const manager = content && resolveManager(this.#reader, this.#container, content.draft.links.manager, entries);
    if (content) await checkFree(this.#reader, this.#container, this.#shape, content.draft.uniqueKeys, id);
    const plan = members && (await planMembers(this.#reader, type, current, members, entries));
    const step = plan && (await memberStep(this.#reader, current, plan, entries, this.#exact));
    const contents = content ? await this.#contentChanges(content, current, present, manager, entries) : [];
    const changes = [
      ...contents,
      ...this.#passwordChanges(),
      ...(step ? stepChanges(this.#container, step, this.#hold) : []),
    ];
    if (changes.length === 0) return answer(present, false, step);
    return this.#write(current, changes, step, known);
  }

  async #contentChanges(
    { draft }: NonNullable<Update['content']>,
    current: Found,
    present: StoredResource,
    manager: Found | undefined,
    entries: ReadonlyMap<ResourceId, Found>,
  ): Promise<readonly Modification[]> {
    const known = new Map([...entries.values()].map((found) => [found.dn, found.id]));
    const [mapped = current] = await this.#reader.withReferences([current], known);
    const changes = contentChanges(mapped, present, draft.attributes, manager, this.#complete);
    return changes.map((change) => ({
      ...change,
      values: withDns(change.values, dnIn(entries, nameOf(this.#container, change.attribute))),
    }));
  }

  /** What the caller has read, where that is still the version: its manager need not be looked up again. */
  async #present(current: Found, known: ReadonlyMap<string, ResourceId>): Promise<StoredResource> {
    const { id, type, content } = this.#operation;
    if (content?.before.id === id && content.before.version === versionOf(current)) return content.before;
    const [present] = await this.#reader.toResources([current], known);
    if (present === undefined) throw gone(type, id);
    return present;
  }

  async #read(): Promise<{ readonly entries: ReadonlyMap<ResourceId, Found>; readonly current: Found }> {
    const { id, type, content, members } = this.#operation;
    const { map } = this.#container;
    const manager = content?.draft.links.manager;
    const references = content
      ? [content.before, content.draft].flatMap((each) => referencedIds(map, each.attributes))
      : [];
    const named = [id, ...(manager === undefined ? [] : [manager]), ...references];
    const entries = await this.#readWith(named, members ? idsOf(members) : []);
    const current = entries.get(id);
    if (current?.container !== this.#container) throw gone(type, id);
    return { entries, current };
  }

  /** The attributes of one are read; of many others, which come in searches of their own, only who they are. */
  async #readWith(
    named: readonly ResourceId[],
    members: readonly ResourceId[],
  ): Promise<ReadonlyMap<ResourceId, Found>> {
    const { read } = this.#container;
    if (named.length + members.length <= NAMES_PER_SEARCH) return this.#reader.anyByIds([...named, ...members], read);
    const [others, own] = await Promise.all([
      this.#reader.anyByIds(members, this.#reader.view.identifying),
      this.#reader.anyByIds(named, read),
    ]);
    return new Map([...others, ...own]);
  }

  #passwordChanges(): readonly Modification[] {
    const values = passwordValues(this.#container, this.#operation.content?.draft.secrets);
    return [...values].map(([attribute, each]) => ({ operation: 'replace', attribute, values: each }));
  }

  async #write(
    current: Found,
    changes: readonly Modification[],
    step: MemberStep | undefined,
    known: ReadonlyMap<string, ResourceId>,
  ): Promise<Written | undefined> {
    try {
      const found = await this.#send(current, changes, step);
      if (found === undefined) return undefined;
      return answer(await resourceWritten(this.#reader, found, known), true, step);
    } catch (error) {
      if (this.#operation.content?.draft.secrets !== undefined) checkPassword(error);
      return this.#afterRefusal(error, current, step);
    }
  }

  /** Undefined where the entry has moved meanwhile. */
  async #send(
    current: Found,
    changes: readonly Modification[],
    step: MemberStep | undefined,
  ): Promise<Found | undefined> {
    const { id, content, ifVersion } = this.#operation;
    const { rename, rest } = splitRename(current, changes);
    const guarded = content !== undefined || ifVersion !== undefined || step?.whole !== undefined;
    if (!this.#container.dialect.asserts) {
      if (rename !== undefined) return renameByGuid(this.#reader, current, rename, rest);
      return modifyByGuid(this.#reader, current, changes, guarded);
    }
    if (rename !== undefined) return renameEntry(this.#reader, current, rename, rest);
    const version = guarded ? versionOf(current) : undefined;
    const controls = [stillIs(this.#container, id, version), postRead(this.#container.read)];
    const request = { dn: current.entry.dn, changes, controls };
    return entryWritten(this.#reader, await this.#reader.pool.modify(this.#reader.call, request));
  }

  async #afterRefusal(error: unknown, current: Found, step: MemberStep | undefined): Promise<undefined> {
    if (!(error instanceof LdapError)) throw error;
    const { id, content } = this.#operation;
    const { dialect } = this.#container;
    if (step !== undefined && dialect.isKnownLink(error)) {
      this.#exact = true;
      return undefined;
    }
    if (dialect.conflicts.includes(error.code)) return undefined;
    if (step !== undefined && hasCode(error, CODE.objectClass) && !this.#hold) {
      this.#hold = true;
      return undefined;
    }
    if (content && hasCode(error, CODE.objectClass) && !this.#complete) {
      this.#complete = true;
      return undefined;
    }
    if (content && (error.code === CODE.constraint || error.code === CODE.entryExists)) {
      const found = await attributeTaken(
        this.#reader,
        this.#container,
        this.#shape,
        content.draft.uniqueKeys,
        error,
        current.entry.dn,
        id,
      );
      throw explainUntaken(found, error, this.#container);
    }
    throw error;
  }
}

/** Members may have changed since; attributes and links may not. */
function isAsRead(before: StoredResource, present: StoredResource): boolean {
  return before.links.manager === present.links.manager && sameJson(before.attributes, present.attributes);
}
