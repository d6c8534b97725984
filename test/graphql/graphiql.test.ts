import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fillCompany } from './company.ts';
import { create, Gateway } from './gateway.ts';

const CHROMIUM = '/usr/bin/chromium';
const TOKEN = 'a-token-of-the-tests';

describe('the page that a browser gets at /graphql', () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await Gateway.open({ token: TOKEN });
    await fillCompany(gateway);
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const get = (path: string, headers: { readonly [name: string]: string } = {}) =>
    fetch(`${gateway.url}${path}`, { headers });

  test('is GraphiQL, needs no token, and forbids every other origin', async () => {
    const response = await get('/graphql', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });

  test('is for browsers alone: others are asked for a token', async () => {
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
      expect((await get('/graphql', headers)).status).toBe(401);
    }
  });

  test('brings its assets from here, compressed or not, and nothing else', async () => {
    for (const encoding of ['br', 'identity']) {
      const response = await get('/graphql/assets/ruru.js', { 'accept-encoding': encoding });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
      expect((await response.text()).length).toBeGreaterThan(1_000);
    }
    const etag = (await get('/graphql/assets/ruru.js')).headers.get('etag') ?? '';
    expect((await get('/graphql/assets/ruru.js', { 'if-none-match': etag })).status).toBe(304);
    for (const name of ['none.js', 'ruru.js.map', '..%2Fpage.html', '__proto__']) {
      expect((await get(`/graphql/assets/${name}`)).status, name).toBe(404);
    }
  });
});

const missing = existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is missing; apt-get install chromium`;
if (missing !== undefined) process.stderr.write(`GraphiQL in a browser is not tested: ${missing}\n`);

describe.skipIf(missing !== undefined)('GraphiQL in a browser', () => {
  let gateway: Gateway;
  let browser: Browser;

  beforeAll(async () => {
    gateway = await Gateway.open({ token: TOKEN });
    await fillCompany(gateway);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await gateway[Symbol.asyncDispose]();
  });

  const give = async (page: Page, token: string) => {
    await page.getByLabel('Bearer token').fill(token);
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  /** Until the editor is ready it loses what is typed, and the button runs the query that it opened with. */
  const listen = async (page: Page) => {
    await page.locator('.graphiql-query-editor').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('subscription { resourceChanged { kind resource { ... on User { userName } } } }');
    await page.locator('.graphiql-query-editor').getByText('resourceChanged').waitFor({ timeout: 5_000 });
    await page.locator('.graphiql-execute-button').click();
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: /^Stop/ }).waitFor({ timeout: 5_000 });
  };

  test('asks for a token, runs the query that it opens with, and never leaves the origin', async () => {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(gateway.url) && !url.startsWith('data:') && !url.startsWith('blob:')) elsewhere.push(url);
    });
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));

    await page.goto(`${gateway.url}/graphql`);
    await give(page, 'not a token');
    await page.getByText('is not known').waitFor();
    await give(page, TOKEN);
    await page.locator('.graphiql-execute-button').click();
    const result = page.locator('.result-window');
    await result.getByText('"totalCount"').waitFor();
    expect(await result.textContent()).toMatch(/"userName":\s"(ada|bob|cyd)"/);

    const stored = await page.evaluate(() => ({
      local: JSON.stringify(localStorage),
      session: JSON.stringify(sessionStorage),
    }));
    expect(stored.local).not.toContain(TOKEN);
    expect(stored.session).toContain(TOKEN);
    expect(await page.context().cookies()).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  test('shows each change that a subscription tells, until it is stopped', async () => {
    const page = await browser.newPage();
    await page.goto(`${gateway.url}/graphql`);
    await give(page, TOKEN);
    await vi.waitFor(() => listen(page), { timeout: 50_000 });
    const result = page.locator('.result-window');
    for (const userName of ['dan', 'eve']) {
      // GraphiQL shows nothing until the first change, and changes from before it listens are not told.
      await expect
        .poll(
          async () => {
            await create(gateway.session(), 'User', { userName: `${userName}${Math.random()}` });
            return result.textContent();
          },
          // More often than a busy browser can show, and it falls behind.
          { timeout: 50_000, interval: 1_000 },
        )
        .toContain(userName);
    }
    await page.locator('.graphiql-execute-button').click();
    await expect.poll(() => gateway.log.map(({ outcome }) => outcome.operation)).toContain('subscription');
    expect(await result.textContent()).not.toContain('error');
    await page.close();
  }, 120_000);
});
