import { describe, expect, test } from 'vitest';
import { type DemoTarget, fillDemo } from '#demo/fill-demo.ts';
import { type Body, DEMO_GROUP } from '#demo/organisation.ts';
import type { Json, ResourceId } from '#model/resource.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Takes bodies in and refuses any that names a resource which does not exist yet, as a directory does. */
function openRecorder(prefix: string) {
  const created = new Map<string, Body>();
  const batchSizes: number[] = [];
  const createMany: DemoTarget['createMany'] = async (_type, bodies) => {
    batchSizes.push(bodies.length);
    const unknown = bodies.flatMap(referencesOf).filter((id) => !created.has(id));
    if (unknown.length > 0) throw new Error(`unknown: ${unknown.join()}`);
    return bodies.map((body) => {
      const id = `${prefix}${created.size}` as ResourceId;
      created.set(id, body);
      return id;
    });
  };
  const addMembers: DemoTarget['addMembers'] = async (group, members) => {
    const body = created.get(group);
    if (body === undefined) throw new Error(`unknown: ${group}`);
    created.set(group, { ...body, members: [...(body['members'] as readonly Json[]), ...members] });
  };
  return { createMany, addMembers, created, batchSizes };
}

function referencesOf(body: Body): readonly string[] {
  const manager = (body[ENTERPRISE] as { manager?: { value: string } } | undefined)?.manager;
  const members = (body['members'] ?? []) as readonly { value: string }[];
  return [...(manager === undefined ? [] : [manager.value]), ...members.map((member) => member.value)];
}

describe('filling a directory with the demo', () => {
  test.each([0, 1, 2, 10, 1_000, 20_000])('creates %i people, and names nobody before they exist', async (people) => {
    const target = openRecorder('id-');
    const counts = await fillDemo(target, { people, seed: 1 });
    expect(counts.users).toBe(people);
    expect(counts.users + counts.groups).toBe(target.created.size);
  });

  test('gives everybody but the chief executive a manager', async () => {
    const target = openRecorder('id-');
    await fillDemo(target, { people: 100, seed: 1 });
    const users = [...target.created.values()].filter((body) => body['userName'] !== undefined);
    expect(users.filter((body) => referencesOf(body).length === 1)).toHaveLength(99);
  });

  test('holds all people as direct members of the documented group', async () => {
    const target = openRecorder('id-');
    await fillDemo(target, { people: 100, seed: 1 });
    const everybody = [...target.created.values()].find((body) => body['displayName'] === DEMO_GROUP);
    expect(referencesOf(everybody ?? {})).toHaveLength(100);
  });

  test('holds them all where they are more than one body holds', async () => {
    const target = openRecorder('id-');
    await fillDemo(target, { people: 120_000, seed: 1 });
    const everybody = [...target.created.values()].find((body) => body['displayName'] === DEMO_GROUP);
    expect(new Set(referencesOf(everybody ?? {})).size).toBe(120_000);
  });

  test('twice differs in nothing but the ids', async () => {
    const [one, other] = [openRecorder('a-'), openRecorder('b-')];
    await fillDemo(one, { people: 200, seed: 9 });
    await fillDemo(other, { people: 200, seed: 9 });
    const normalise = (bodies: Map<string, Body>) => JSON.stringify([...bodies.values()]).replaceAll('"b-', '"a-');
    expect(normalise(other.created)).toBe(normalise(one.created));
  });

  test('never sends more than a thousand bodies at once', async () => {
    const target = openRecorder('id-');
    await fillDemo(target, { people: 20_000, seed: 1 });
    expect(Math.max(...target.batchSizes)).toBe(1_000);
    expect(target.batchSizes.length).toBeLessThan(60);
  });
});
