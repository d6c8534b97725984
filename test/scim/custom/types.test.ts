import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '#model/resource.ts';
import type { Body, ScimClient } from '../../support/scim-client.ts';
import { openScimGateway, type ScimGateway } from '../../support/scim-gateway.ts';
import { everyAttribute, PARTS, SAMPLES, WIDGET } from './every-attribute.ts';

let gateway: ScimGateway;
let client: ScimClient;

beforeAll(async () => {
  gateway = await openScimGateway({ sources: [{ name: 'every.json', content: everyAttribute() }] });
  client = gateway.client();
});
afterAll(() => gateway.close());

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const places = [
  {
    place: 'the schema',
    bodyOf: (name: string, text: string) => `{"schemas":["${WIDGET}"],${JSON.stringify(name)}:${text}}`,
    pathOf: (name: string) => name,
    in: (body: Body) => body,
  },
  {
    place: 'an extension',
    bodyOf: (name: string, text: string) =>
      `{"schemas":["${WIDGET}","${PARTS}"],"${PARTS}":{${JSON.stringify(name)}:${text}}}`,
    pathOf: (name: string) => `${PARTS}:${name}`,
    in: (body: Body) => body[PARTS] as Body,
  },
];

describe.each(places)('an attribute of $place, by what /Schemas announces', ({ bodyOf, pathOf, in: within }) => {
  test.each(SAMPLES)('$name keeps what fits, on POST, PUT and PATCH', async ({ name, good }) => {
    const created = await client.post('/Widgets', bodyOf(name, JSON.stringify(good[0])));
    expect(created, created.text).toMatchObject({ status: 201 });
    expect(within(created.body)[name]).toEqual(good[0]);
    const path = `/Widgets/${created.body['id']}`;
    const replaced = await client.put(path, bodyOf(name, JSON.stringify(good[1])));
    expect(within(replaced.body)[name]).toEqual(good[1]);
    const patched = await client.patch(path, [{ op: 'replace', path: pathOf(name), value: good[0] }]);
    expect(patched.text).toBe((await client.get(path)).text);
    expect(within(patched.body)[name]).toEqual(good[0]);
    const cleared = await client.patch(path, [{ op: 'remove', path: pathOf(name) }]);
    expect(within(cleared.body) ?? {}).not.toHaveProperty(name);
  });

  test.each(SAMPLES)('$name refuses what does not fit, and nothing is stored', async ({ name, bad, good }) => {
    const { body } = await client.post('/Widgets', bodyOf(name, JSON.stringify(good[0])));
    const path = `/Widgets/${body['id']}`;
    for (const text of bad) {
      const operations = `{"schemas":["${PATCH}"],"Operations":[{"op":"replace","path":"${pathOf(name)}","value":${text}}]}`;
      const refusals = [
        await client.post('/Widgets', bodyOf(name, text)),
        await client.put(path, bodyOf(name, text)),
        await client.send('PATCH', path, { body: operations }),
      ];
      for (const refusal of refusals) {
        const scimType = refusal.body['scimType'] as Json;
        expect([refusal.status, scimType], `${text}: ${refusal.text}`).toEqual([
          400,
          expect.stringMatching(/^invalid(Value|Syntax)$/),
        ]);
      }
    }
    expect(within((await client.get(path)).body)[name]).toEqual(good[0]);
  });

  test.each(SAMPLES.filter(({ definition }) => definition['type'] !== 'complex'))(
    '$name is found and sorted by',
    async ({ name, good }) => {
      const { body } = await client.post('/Widgets', bodyOf(name, JSON.stringify(good[0])));
      const value = Array.isArray(good[0]) ? (good[0] as Json[])[0] : good[0];
      const filter = encodeURIComponent(`${pathOf(name)} eq ${JSON.stringify(value)}`);
      const found = await client.get(`/Widgets?filter=${filter}&sortBy=${encodeURIComponent(pathOf(name))}`);
      expect(found.status, found.text).toBe(200);
      expect((found.body['Resources'] as Body[]).map(({ id }) => id)).toContain(body['id']);
    },
  );
});
