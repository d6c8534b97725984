/** A tenant's writes, each atomic at the server or put right before it is answered. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Draft, Write, Written } from '#adapters/adapter.ts';
import { asDirectoryError, DirectoryError, mayYetHappen } from '#model/errors.ts';
import type { AttributePath } from '#model/filter.ts';
import type { Ref, ResourceId, ResourceTypeName, StoredResource, Version } from '#model/resource.ts';
import { postRead } from '../connection/controls.ts';
import { hasCode } from '../connection/ldap-error.ts';
import type { LdapResult, Value } from '../connection/operations.ts';
import { childDn } from '../dn.ts';
import { EVERYTHING } from '../filter/terms.ts';
import { referencedIds, withDns } from '../mapping/references.ts';
import { type Reader, versionOf } from '../read/reader.ts';
import { CODE } from '../result-error.ts';
import type { Container, Found } from '../tenant-view.ts';
import { isStill } from './assertions.ts';
import { deleteByGuid, writtenAt } from './by-guid.ts';
import { clean, sweep } from './clean.ts';
import { checkPassword, explain, explainUntaken } from './explain.ts';
import { givenId, mustAskForId } from './given-id.ts';
import { attributeTaken, checkFree, nameOf } from './keys.ts';
import { dnIn, resolveManager } from './manager.ts';
import { idsOf, planMembers, refOf } from './member-plan.ts';
import { REFS_LIMIT, textsOf } from './member-step.ts';
import { passwordValues } from './password.ts';
import { gone, taken, undeclared, versionMismatch } from './refusals.ts';
import { update } from './update.ts';
import { entryWritten, resourceWritten } from './written-entry.ts';

type Operation<Kind extends Write['kind']> = Extract<Write, { kind: Kind }>;

export type Shape = (type: ResourceTypeName) => readonly AttributePath[];

const LOOK_AGAIN_MS = 100;

export class Writer {
  readonly #reader: Reader;
  readonly #shape: Shape;

  constructor(reader: Reader, shape: Shape) {
    this.#reader = reader;
    this.#shape = shape;
  }

  /** @throws {DirectoryError} having left nothing behind, but for OUTCOME_UNKNOWN */
  async apply(operation: Write): Promise<Written> {
    try {
      return await this.#dispatch(operation);
    } catch (error) {
      throw explain(error, this.#reader.view.container(operation.type));
    }
  }

  #dispatch(operation: Write): Promise<Written> {
    switch (operation.kind) {
      case 'create':
        return this.#create(operation);
      case 'update':
        checkDeclared(operation);
        return update(this.#reader, this.#shape(operation.type), this.#container(operation), operation);
      case 'delete':
        return this.#delete(operation);
      case 'restore':
        throw undeclared('retains nothing, so there is nothing to restore');
    }
  }

  #container({ type, ...operation }: Write): Container {
    const container = this.#reader.view.container(type);
    if (container !== undefined) return container;
    if (operation.id !== undefined && operation.kind !== 'create') throw gone(type, operation.id);
    throw new DirectoryError('READ_ONLY', `the directory has no place for resources of type ${type}`);
  }

  #create(operation: Operation<'create'>): Promise<Written> {
    const container = this.#container(operation);
    const write = { container, shape: this.#shape(operation.type), keys: operation.draft.uniqueKeys };
    return this.#reader.view.uniqueWrites.alone(this.#reader, write, (own) =>
      new Writer(own, this.#shape).#createAlone(operation),
    );
  }

  async #createAlone(operation: Operation<'create'>): Promise<Written> {
    const { type, draft, members: change } = operation;
    checkDeclared(operation);
    const container = this.#container(operation);
    const id = givenId(container, operation.id);
    const { manager } = draft.links;
    const references = referencedIds(container.map, draft.attributes);
    const named = [...(manager === undefined ? [] : [manager]), ...references, ...(change ? idsOf(change) : [])];
    if (mustAskForId(container, operation.id)) named.push(operation.id);
    const content = container.map.toValues(draft.attributes);
    const entries = named.length === 0 ? new Map<ResourceId, Found>() : await this.#reader.anyByIds(named);
    if (id !== undefined && entries.has(id)) throw taken('id', id);
    for (const [attribute, each] of content) {
      content.set(attribute, [...withDns(each, dnIn(entries, nameOf(container, attribute)))]);
    }
    const values = new Map([...content, ...passwordValues(container, draft.secrets, { isNew: true })]);
    if (id !== undefined) values.set(container.id.attribute, [id]);
    const managerEntry = resolveManager(this.#reader, container, manager, entries);
    const plan = change && (await planMembers(this.#reader, type, undefined, change, entries));
    await checkFree(this.#reader, container, this.#shape(type), draft.uniqueKeys, undefined);

    const mapped = values.get(container.rdn)?.[0];
    const rdn = mapped === undefined ? randomUUID() : mapped.toString();
    const dn = childDn(container.rdn, rdn, container.base);
    if (mapped === undefined) values.set(container.rdn, [rdn]);
    else if (container.dialect.asserts) await this.#takeName(container, dn);
    const texts = textsOf(entries);
    const members = plan && [...plan.add.keys()].map((name) => texts.get(name) ?? name);
    const links = linkValues(container, managerEntry, members);
    const result = await this.#add(container, dn, { ...Object.fromEntries(values), ...links }, draft, id);
    const found = 'container' in result ? result : entryWritten(this.#reader, result);
    const known = new Map(managerEntry ? [[managerEntry.dn, managerEntry.id]] : []);
    const resource = await resourceWritten(this.#reader, found, known);
    if (plan === undefined) return { resource, changed: true };
    const added = [...plan.add.values()];
    return { resource, changed: true, members: added.length > REFS_LIMIT ? 'many' : { added, removed: [] } };
  }

  /** @throws UNIQUENESS where an entry has the name, so that nothing is added under one that was not swept */
  async #takeName(container: Container, dn: string): Promise<void> {
    const present = await sweep(this.#reader, dn);
    if (present === undefined) return;
    throw taken(nameOf(container, container.rdn), this.#reader.view.found(present)?.id);
  }

  async #add(
    container: Container,
    dn: string,
    attributes: Record<string, readonly Value[]>,
    draft: Draft,
    id: ResourceId | undefined,
  ): Promise<LdapResult | Found> {
    const request = {
      dn,
      attributes: { objectClass: container.objectClasses, ...attributes },
      ...(container.dialect.asserts && { controls: [postRead(container.read)] }),
    };
    try {
      const result = await this.#reader.pool.add(this.#reader.call, request);
      return container.dialect.asserts ? result : await writtenAt(this.#reader, container, dn);
    } catch (error) {
      if (error instanceof DirectoryError && error.code === 'OUTCOME_UNKNOWN')
        return this.#settleCreate(container, dn, draft, id, error);
      if (draft.secrets !== undefined) checkPassword(error);
      if (hasCode(error, CODE.entryExists) || hasCode(error, CODE.constraint)) {
        if (id !== undefined && (await this.#reader.anyByIds([id])).has(id)) throw taken('id', id);
        const shape = this.#shape(container.type);
        const found = await attributeTaken(this.#reader, container, shape, draft.uniqueKeys, error, dn);
        throw explainUntaken(found, error, container);
      }
      throw error;
    }
  }

  /**
   * No answer came: the entry is looked for by its name, as soon as the directory is there again.
   * @throws UNAVAILABLE where it is not there; OUTCOME_UNKNOWN where that cannot be told, or a server that is late may yet write it
   */
  async #settleCreate(
    container: Container,
    dn: string,
    draft: Draft,
    id: ResourceId | undefined,
    error: DirectoryError,
  ): Promise<Found> {
    const found = await this.#onceThere(this.#reader.inOwnTime(), container, dn).catch(() => {
      throw error;
    });
    const [mapped] = found === undefined ? [] : await this.#reader.inOwnTime().withReferences([found]);
    if (found !== undefined && found.id === (id ?? found.id) && mapped && isDraft(mapped, draft)) return found;
    if (mayYetHappen(error)) throw error;
    throw new DirectoryError('UNAVAILABLE', 'the directory did not carry out the write; nothing changed; try again', {
      cause: error,
      retryAfterMs: 1_000,
    });
  }

  async #onceThere(reader: Reader, container: Container, dn: string): Promise<Found | undefined> {
    for (;;) {
      try {
        return await this.#atName(reader, container, dn);
      } catch (error) {
        const { code, retryAfterMs } = asDirectoryError(error) ?? {};
        if (code !== 'UNAVAILABLE' || Date.now() >= reader.call.deadline) throw error;
        await wait(Math.min(retryAfterMs ?? LOOK_AGAIN_MS, LOOK_AGAIN_MS));
      }
    }
  }

  async #atName(reader: Reader, container: Container, dn: string): Promise<Found | undefined> {
    const request = {
      base: dn,
      scope: 'base',
      filter: EVERYTHING,
      attributes: container.read,
      accept: [CODE.noSuchObject],
    } as const;
    const { entries } = await reader.pool.search(reader.call, request);
    return entries.flatMap((entry) => reader.view.found(entry) ?? [])[0];
  }

  async #delete({ type, id, ifVersion, retain }: Operation<'delete'>): Promise<Written> {
    if (retain) throw undeclared('retains nothing');
    const container = this.#container({ kind: 'delete', type, id });
    if (!container.dialect.asserts) return deleted(await deleteByGuid(this.#reader, container, id, ifVersion));
    const dn =
      (await this.#deleteKnown(container, id, ifVersion)) ?? (await this.#deleteFound(container, id, ifVersion));
    this.#reader.view.names.forget(id);
    return deleted((await clean(this.#reader.inOwnTime(), dn)).map(refOf));
  }

  /** Under the name that is remembered; undefined where the entry is not, or no longer, there. */
  async #deleteKnown(
    container: Container,
    id: ResourceId,
    ifVersion: Version | undefined,
  ): Promise<string | undefined> {
    const name = this.#reader.view.names.get(id);
    if (name?.container !== container) return undefined;
    try {
      await this.#deleteAt(container, name.dn, id, ifVersion);
      return name.dn;
    } catch (error) {
      if (hasCode(error, CODE.noSuchObject) || hasCode(error, CODE.assertionFailed)) return undefined;
      throw error;
    }
  }

  async #deleteFound(container: Container, id: ResourceId, ifVersion: Version | undefined): Promise<string> {
    const { type } = container;
    const found = (await this.#reader.byIds(container, [id])).get(id);
    if (found === undefined) throw gone(type, id);
    if (ifVersion !== undefined && versionOf(found) !== ifVersion) throw versionMismatch(id);
    try {
      await this.#deleteAt(container, found.entry.dn, id, ifVersion);
      return found.entry.dn;
    } catch (error) {
      if (hasCode(error, CODE.noSuchObject)) throw gone(type, id);
      if (hasCode(error, CODE.assertionFailed)) throw ifVersion === undefined ? gone(type, id) : versionMismatch(id);
      throw error;
    }
  }

  async #deleteAt(container: Container, dn: string, id: ResourceId, ifVersion: Version | undefined): Promise<void> {
    const controls = [isStill(container, id, ifVersion)];
    try {
      await this.#reader.pool.delete(this.#reader.call, { dn, controls });
    } catch (error) {
      if (!(error instanceof DirectoryError) || error.code !== 'OUTCOME_UNKNOWN') throw error;
      await this.#settleDelete(id, error);
    }
  }

  /** No answer came: where the entry is gone its groups are cleaned as ever. @throws the error where it is there, or that cannot be told */
  async #settleDelete(id: ResourceId, error: DirectoryError): Promise<void> {
    const found = await this.#reader
      .inOwnTime()
      .anyByIds([id])
      .catch(() => {
        throw error;
      });
    if (found.has(id)) throw error;
  }
}

function deleted(touched: readonly Ref[]): Written {
  if (touched.length === 0) return { resource: null, changed: true };
  return { resource: null, changed: true, touched: touched.length > REFS_LIMIT ? 'many' : touched };
}

function isDraft(found: Found, { attributes }: Draft): boolean {
  const { map } = found.container;
  const texts = (all: StoredResource['attributes']) => JSON.stringify([...map.toValues(all)]);
  return texts(map.toAttributes(found.entry)) === texts(attributes);
}

function linkValues(
  container: Container,
  manager: Found | undefined,
  members: readonly string[] = [],
): Record<string, readonly Value[]> {
  if (container.link === undefined) return {};
  if (container.type === 'User') return manager === undefined ? {} : { [container.link]: [manager.entry.dn] };
  return { [container.link]: [...(container.placeholder === undefined ? [] : [container.placeholder]), ...members] };
}

function checkDeclared({ stamps }: Operation<'create'> | Operation<'update'>): void {
  if (stamps !== undefined) throw undeclared('dates its entries itself');
}
