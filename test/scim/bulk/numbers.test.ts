import { expect, test } from 'vitest';
import { openScimGateway } from '#test/support/scim-gateway.ts';
import { BULK_REQUEST, statuses, toldIn } from './bulk-client.ts';

const GAUGE = 'urn:acme:params:scim:schemas:core:1.0:Gauge';

const SOURCE = {
  name: 'gauge.json',
  content: [
    {
      id: GAUGE,
      attributes: [
        { name: 'count', type: 'integer' },
        { name: 'share', type: 'decimal' },
        { name: 'text', type: 'string' },
      ],
    },
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      name: 'Gauge',
      endpoint: '/Gauges',
      schema: GAUGE,
    },
  ],
};

test.each<[string, '201' | '400']>([
  ['"count":1', '201'],
  ['"count":1.0', '400'],
  ['"count": -1e3', '400'],
  ['"share":1.0', '201'],
  ['"share":1.5,"text":"at 2.5"', '201'],
  ['"text":"at:2.5 e"', '201'],
])('in bulk %s is what it is in a request of its own: %s', async (data, status) => {
  await using gateway = await openDisposable();
  const body = `{"schemas":["${GAUGE}"],${data}}`;
  expect(String((await gateway.client.post('/Gauges', body)).status)).toBe(status);
  const operation = `{"method":"POST","path":"/Gauges","bulkId":"a","data":${body}}`;
  const answer = await gateway.client.post('/Bulk', `{"schemas":["${BULK_REQUEST}"],"Operations":[${operation}]}`);
  expect(statuses(toldIn(answer))).toStrictEqual([status]);
});

async function openDisposable() {
  const gateway = await openScimGateway({ sources: [SOURCE] });
  return { client: gateway.client(), [Symbol.asyncDispose]: () => gateway.close() };
}
