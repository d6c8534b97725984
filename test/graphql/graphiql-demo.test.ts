import { existsSync } from 'node:fs';
import { chromium, type Locator, type Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serving } from '#test/cli/portico.ts';
import type { Answer } from './gateway.ts';

const CHROMIUM = '/usr/bin/chromium';
const PATIENCE_MS = 30_000;

interface Person {
  readonly userName: string;
  readonly manager: { readonly displayName: string } | null;
  readonly memberOf: { readonly nodes: readonly { readonly displayName: string }[] };
}

const missing = existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is missing; apt-get install chromium`;
if (missing !== undefined) process.stderr.write(`GraphiQL over a demo is not tested: ${missing}\n`);

describe.skipIf(missing !== undefined)('who starts Portico with a demo and opens /graphql', () => {
  test('gives the token that it printed, sees people with groups and managers, and asks for what else there is', async () => {
    const { url, token } = await startDemo();
    const page = await openPage();
    await page.goto(`${url}/graphql`);
    await give(page, 'portico_not-the-token');
    await page.getByText('is not known').waitFor();
    await give(page, token);

    const people = (await run(page)).data?.['users'] as unknown as {
      readonly totalCount: number;
      readonly nodes: Person[];
    };
    expect(people.totalCount).toBe(40);
    expect(people.nodes).toHaveLength(10);
    expect(people.nodes.filter(({ manager }) => manager !== null).length).toBeGreaterThan(5);
    expect(people.nodes.filter(({ memberOf }) => memberOf.nodes.length > 0).length).toBeGreaterThan(5);
    expect(people.nodes.flatMap(({ memberOf }) => memberOf.nodes)[0]?.displayName).toMatch(/\w/);

    const [person] = people.nodes;
    await write(
      page,
      editor(page, 'Operation Editor'),
      'query Somebody($name: String!) { user(by: { userName: $name }) { userName managerChain { displayName } } }',
    );
    await page.getByRole('button', { name: 'Variables', exact: true }).click();
    await write(page, editor(page, 'Variables'), JSON.stringify({ name: person?.userName }));
    expect((await run(page, 'managerChain')).data).toMatchObject({ user: { userName: person?.userName } });

    await page.getByRole('button', { name: /Documentation Explorer/ }).click();
    const explorer = page.locator('.graphiql-plugin');
    await explorer
      .getByRole('link', { name: 'Query' })
      .or(explorer.getByText('Query', { exact: true }))
      .first()
      .click();
    for (const field of ['checkMembership', 'search', 'viewer', 'changes']) {
      await explorer.getByText(field, { exact: true }).first().waitFor();
    }
  }, 120_000);
});

async function startDemo(): Promise<{ readonly url: string; readonly token: string }> {
  const words = await serving(['--demo', '40', '--seed', '7']).says(/Portico[\s\S]+To try:/);
  const [url = ''] = /http:\/\/[^\s/]+/.exec(words) ?? [];
  const [, token = ''] = /token +(\S+)/.exec(words) ?? [];
  return { url, token };
}

async function openPage(): Promise<Page> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  return page;
}

async function give(page: Page, token: string): Promise<void> {
  await page.getByLabel('Bearer token').fill(token);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Runs what stands in the editor; the answer as the server gave it, once the page shows it. */
async function run(page: Page, shown = 'totalCount'): Promise<Answer> {
  const answered = page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' && !response.request().postData()?.includes('IntrospectionQuery'),
  );
  await page.locator('.graphiql-execute-button').click();
  const answer = (await (await answered).json()) as Answer;
  await page.locator('.result-window').getByText(`"${shown}"`).first().waitFor();
  return answer;
}

function editor(page: Page, label: string): Locator {
  return page.locator(`section[aria-label="${label}"] .monaco-editor`).first();
}

/** As if it was pasted, since the editor closes brackets that are typed. */
async function write(page: Page, into: Locator, text: string): Promise<void> {
  await into.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}
