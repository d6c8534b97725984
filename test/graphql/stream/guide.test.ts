import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { GRAPHQL_ERRORS } from '#graphql/errors.ts';
import { Followed } from './followed.ts';

const guide = readFileSync(new URL('../../../docs/guides/graphql.md', import.meta.url), 'utf8');
const [, chapter = ''] = /^## Being told of changes as they happen\n(.*?)^## /ms.exec(guide) ?? [];

test('the guide’s curl hears of a person as soon as there is one', async () => {
  const [, command = ''] = /^```sh\n(curl .*?)^```$/ms.exec(chapter) ?? [];
  const followed = await Followed.open({ token: 'secret' });
  const here = command.replace('http://127.0.0.1:8080', followed.gateway.url);
  expect(here).not.toBe(command);
  const curl = spawn('sh', ['-c', `exec ${here}`], { env: { PATH: process.env['PATH'], TOKEN: 'secret' } });
  onTestFinished(() => void curl.kill());
  let output = '';
  curl.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 10_000 }).toBe(':\n\n');
  const id = await followed.person('ada');
  await expect.poll(() => output).toMatch(/^:\n\nevent: next\ndata: .*\n\n$/);
  const { data } = JSON.parse(/data: (.*)/.exec(output)?.[1] ?? '{}') as { readonly data: object };
  expect(data).toEqual({
    resourceChanged: { cursor: expect.any(String), kind: 'CREATED', id, resource: { userName: 'ada', active: true } },
  });
});

test('the guide lists codes with which a stream ends that there are', () => {
  const listed = [...chapter.matchAll(/^\| ([A-Z_, ]+) \|/gm)].flatMap(([, codes = '']) => codes.split(', '));
  expect(listed.length).toBeGreaterThan(5);
  expect(Object.values(GRAPHQL_ERRORS)).toEqual(expect.arrayContaining(listed));
});
