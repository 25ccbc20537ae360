/**
 * The console in Chromium: open, send, see logs, replay, save as a test, profile; with the keyboard alone, in both themes and in
 * a small window; and who is kept out of it. `PICTURES=FOLDER npm run test:page` keeps screenshots.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, type Page, startBrowser, violationsOf } from '../support/browser.ts';
import { type ConsoleCommand, FILES, openConsole } from '../support/console-service.ts';
import { runCli } from '../support/runner.ts';

let browser: Browser;
let modules: string;
let command: ConsoleCommand;
beforeAll(async () => {
  [{ browser, modules }, command] = await Promise.all([startBrowser(), openConsole()]);
});
afterAll(async () => {
  await browser.close();
  await command.stop();
});

let page: Page;
let complaints: string[];
afterEach(async () => {
  await page?.close();
  expect(complaints).toEqual([]);
});

async function open(options: object = {}, { link } = command): Promise<void> {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1300, height: 950 }, ...options });
  page.on('console', (message) => {
    const said = message.text?.() ?? '';
    // What is refused is shown in the page.
    if (!said.includes('status of 400')) complaints.push(said);
  });
  page.on('pageerror', (error) => complaints.push(error.message ?? ''));
  page.on('dialog', () => complaints.push('a dialog'));
  page.on('request', (request) => {
    const url = request.url?.() ?? '';
    if (!url.startsWith(new URL(link).origin)) complaints.push(`asked for ${url}`);
  });
  await page.goto(link);
  await page.waitForSelector('#connection.live');
  await page.waitForSelector('#map svg .leaf');
}

async function keep(name: string): Promise<void> {
  const { PICTURES } = process.env;
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** Waits until a script says so. The page's policy lets no script wait in it. */
async function until(script: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await page.evaluate<boolean>(script))) {
    if (Date.now() > deadline) throw new Error(`it did not happen: ${script}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Sends JSON to a function, and waits for its end. */
async function send(name: string, event: object): Promise<void> {
  await page.selectOption('#to', { label: name });
  await page.fill('#event', JSON.stringify(event));
  await page.click('#send button.main');
}
const ended = (state: string) => page.waitForSelector(`#detail .state.${state}`);
const text = async (selector: string) => (await page.textContent(selector)) ?? '';

describe('what is sent', () => {
  beforeEach(() => open());

  it('shows the service, and what its functions are', async () => {
    expect(await text('#title')).toBe('orders');
    for (const name of ['TakeOrder', 'CountOrders', 'Queue']) expect(await text('#map')).toContain(name);
    await page.selectOption('#to', { label: 'CountOrders' });
    expect(await text('#about')).toBe('python3.12 · 128 MB · 20 s');
  });

  it('is answered: response, log, duration, memory, cold and then warm', async () => {
    await send('TakeOrder', { customer: 'ada' });
    await ended('success');
    expect(await text('#detail #response')).toContain('"statusCode": 201');
    expect(await text('#logs')).toContain('an order of ada');
    expect(await text('#logs')).toContain('REPORT RequestId:');
    expect(await text('#detail dl')).toMatch(/Duration[\d.,]+ ms.*Memory\d+ of 128 MB.*Startcold/);
    await page.click('[data-act=replay]');
    await until("document.querySelectorAll('#history li').length >= 2");
    await until("/Startwarm/.test(document.querySelector('#detail dl').textContent)");
    // What functions write are texts.
    expect(await page.evaluate<number>("document.querySelectorAll('img').length")).toBe(0);
  });

  it('shows log lines while the function still runs', async () => {
    await send('TakeOrder', { customer: 'slow' });
    await until("document.querySelector('#logs')?.textContent.includes('an order of slow')");
    expect(await text('#detail .state')).toBe('running');
    await ended('success');
    expect(await text('#logs')).toContain('it took a while');
  });

  it('comes from files, examples and what was sent before', async () => {
    await page.selectOption('#from', { label: 'events/take-order/of-ada.json' });
    expect(JSON.parse(await page.inputValue('#event'))).toEqual({ customer: 'ada' });
    await page.selectOption('#from', { label: 'sqs' });
    await until("document.querySelector('#event').value.includes('aws:sqs')");
    await send('TakeOrder', { customer: 'again' });
    await ended('success');
    await page.fill('#event', '{}');
    await page.click('[data-act=edit]');
    expect(JSON.parse(await page.inputValue('#event'))).toEqual({ customer: 'again' });
  });

  it('tells of failures, and of events that are no JSON', async () => {
    await send('TakeOrder', { customer: 'thief' });
    await ended('error');
    expect(await text('#detail')).toContain('RangeError: not with us');
    await page.fill('#event', '{');
    await page.click('#send button.main');
    await page.waitForSelector('#problems p');
    expect(await text('#problems')).toMatch(/the event.*it is no JSON/);
  });

  it('goes through a route, and shows the path that it took', async () => {
    await page.selectOption('#to', { label: 'POST /orders/{id}' });
    await page.fill('#path', '/orders/42');
    await page.fill('#body', '{"customer": "ada"}');
    await page.click('#send button.main');
    await ended('success');
    expect(await text('#detail .state')).toBe('201 ');
    await page.waitForSelector('#detail ol.path');
    expect(await text('#detail ol.path')).toMatch(/POST \/orders\/42.*TakeOrder by POST \/orders\/42/);
    await page.click('#detail ol.path button');
    expect(await text('#detail-title')).toContain('TakeOrder');
    expect(await text('#detail #sent')).toContain('"rawPath": "/orders/42"');
  });

  it('starts from the map', async () => {
    await page.fill('#map input', 'CountOrders');
    await page.press('#map input', 'Enter');
    await page.click('#map .send-to');
    expect(await text('#about')).toContain('python3.12');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('event');
  });

  it('can be sent by the keyboard alone', async () => {
    await page.focus('#to');
    await page.keyboard.type('TakeOrder');
    await page.focus('#event');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('{"customer": "keys"}');
    await page.keyboard.press('Control+Enter');
    await until("document.querySelector('#logs')?.textContent.includes('an order of keys')");
    await ended('success');
    await page.focus('#history button');
    await page.keyboard.press('Enter');
    expect(await text('#detail-title')).toContain('TakeOrder');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.dataset.act')).toBe('replay');
  });

  it('is an execution where the function is durable: with its result, its operations and its calls', async () => {
    await send('Approve', { customer: 'ada' });
    await ended('success');
    expect(await text('#execution-title')).toMatch(
      /^Execution \S+ of Approve: SUCCEEDED after .*, 1 invocation$/,
    );
    expect(JSON.parse(await text('#response'))).toEqual({ approved: 'ada' });
    expect(JSON.parse(await text('#sent'))).toEqual({ customer: 'ada' });
    await page.click('[data-act=save]');
    expect(JSON.parse(await page.inputValue('#test-expect'))).toEqual({
      status: 'SUCCEEDED',
      response: { approved: 'ada' },
    });
    // Of a call alone nothing can be sent again: its event is the execution's own.
    await page.click('#detail ol.path button');
    expect(await text('#detail')).toContain('Causedurable ');
    expect(await text('#detail #sent')).toContain('InitialExecutionState');
    expect(await page.evaluate<number>("document.querySelectorAll('#detail [data-act]').length")).toBe(0);
  });
});

it('what others call is seen as well, and survives that the page is loaded again', async () => {
  await open();
  const answer = await fetch(`${command.url}/orders/7`, {
    method: 'POST',
    body: JSON.stringify({ customer: 'elsewhere' }),
  });
  expect(answer.status).toBe(201);
  await until(
    "[...document.querySelectorAll('#history .more')].some((each) => each.textContent.includes('POST /orders/7'))",
  );
  await page.reload();
  await until(
    "[...document.querySelectorAll('#history .more')].some((each) => each.textContent.includes('POST /orders/7'))",
  );
});

it('replays after a rebuild, with the code that is there now', async () => {
  await open();
  await send('TakeOrder', { customer: 'twice' });
  await ended('success');
  await writeFile(
    join(command.folder, 'take-order/index.js'),
    FILES['take-order/index.js'].replace('an order of', 'a better order of'),
  );
  await page.waitForSelector('#replay-last');
  await page.click('#replay-last');
  await until("document.querySelector('#logs')?.textContent.includes('a better order of twice')");
  await ended('success');
});

it('saves what happened as a smoke test, which passes', async () => {
  await open();
  await send('TakeOrder', { customer: 'ada' });
  await ended('success');
  await page.click('[data-act=save]');
  await page.fill('#test-name', 'of-ada');
  await page.press('#test-name', 'Enter');
  await page.waitForSelector('#test-problems:not(:empty)');
  expect(await text('#test-problems')).toContain('there is a file events/take-order/of-ada.json already');
  await page.fill('#test-name', '../evil');
  await page.press('#test-name', 'Enter');
  await until("document.querySelector('#test-problems').textContent.includes('cannot be the name')");
  await page.fill('#test-name', 'made-here');
  await page.press('#test-name', 'Enter');
  await page.waitForSelector('#test-saved:not(:empty)');
  const file = 'events/take-order/made-here.json';
  expect(await text('#test-saved')).toBe(`Saved as ${file}`);
  expect(JSON.parse(await readFile(join(command.folder, file), 'utf8'))).toEqual({
    payload: { customer: 'ada' },
    expect: {
      status: 201,
      response: { body: { order: 42, price: 7, said: '<img src=x onerror=alert(1)>' } },
    },
  });
  const args = ['invoke', '--stack-name', 'orders', '--events', file, '--fail-on', 'smoke'];
  const { exitCode, output } = await runCli(args, command.folder);
  expect(output).toContain(`passed: ${file}`);
  expect(exitCode).toBe(0);
});

describe('a profile', () => {
  it.each([
    ['TakeOrder', 'priceOf'],
    ['CountOrders', 'count'],
  ])('of %s has its functions', async (name, inner) => {
    await open();
    await page.selectOption('#to', { label: name });
    await page.fill('#event', '{}');
    await page.click('#send-profile');
    await page.waitForSelector('#flame svg g[role=button]');
    expect(await text('#detail dl')).toContain('Startcold');
    expect(await text('#flame')).toContain('handler');
    expect(await text('#profile')).toContain('from the start of a process of its own to the answer');
    await page.click('#profile summary');
    expect(await text('#profile tbody')).toContain(inner);
    await page.fill('#flame-search', inner);
    await until("/\\d+ calls/.test(document.querySelector('#flame-found').textContent)");
    await page.focus('#flame svg g[role=button]');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>("document.activeElement.getAttribute('aria-label') ?? ''")).toMatch(
      / ms$/,
    );
  });
});

it('of start, shows the path through a queue', async () => {
  const whole = await openConsole(['start', '--stack-name', 'orders']);
  try {
    await open({}, whole);
    await send('TakeOrder', { customer: 'ada', queued: true });
    await ended('success');
    await page.waitForSelector('#detail ol.path li:nth-child(3) .success');
    expect(await text('#detail ol.path')).toMatch(
      /TakeOrder.*queue orders-Queue arrived.*CountOrders by queue orders-Queue, succeeded/,
    );
    await page.click('#detail ol.path li:nth-child(3) button');
    expect(await text('#detail-title')).toContain('CountOrders');
    expect(await text('#logs')).toContain('counting');
    await send('queue orders-Queue', { customer: 'direct' });
    await until("document.querySelector('#detail-title').textContent.startsWith('queue orders-Queue')");
    await page.waitForSelector('#detail ol.path li:nth-child(3) .success');
    expect(await text('#detail ol.path')).toMatch(
      /queue orders-Queue 200.*orders-Queue arrived.*CountOrders by/,
    );
  } finally {
    await whole.stop();
  }
});

describe('of start, a state machine', () => {
  let whole: ConsoleCommand;
  beforeAll(async () => {
    whole = await openConsole(['start', '--stack-name', 'orders', '--waits', 'skip']);
  });
  afterAll(() => whole.stop());
  const leaf = (name: string) => text(`#execution [data-state="${name}"]`);

  it.each(['light', 'dark'])(
    'is started, and shown while it goes on and when it ends: %s',
    async (colorScheme) => {
      await open({ bypassCSP: true, colorScheme }, whole);
      await page.selectOption('#to', { label: 'Deliver' });
      expect(await text('#about')).toBe('state machine: its input');
      await send('Deliver', { customer: 'slow', wait: 3600, parcels: ['a', 'b'] });
      await until("/^…/.test(document.querySelector('#execution [data-state=Take] .name')?.textContent)");
      expect(await text('#detail .state')).toBe('running');
      expect(await leaf('Each')).not.toContain('✓');
      await ended('success');
      for (const name of ['Take', 'Pause', 'Each', 'Parcel <b>']) expect(await leaf(name)).toContain('✓');
      expect(await leaf('Refused')).not.toContain('✓');
      expect(await text('#execution-title')).toMatch(/Deliver: SUCCEEDED after .*1 invocation/);
      expect(await text('#detail dl')).toMatch(/Execution[\da-f]{8}-[\da-f-]{27}$/);
      expect(await text('#execution tbody')).toMatch(
        /TaketaskSUCCEEDED.*PausewaitSUCCEEDED|Take.*Pause.*Each/s,
      );
      await page.click('#execution summary');
      expect(await text('#execution details')).toMatch(
        /ExecutionStarted.*WaitStateExitedPause.*ExecutionSucceeded/s,
      );
      expect(await text('#detail ol.path')).toMatch(/Deliver.*TakeOrder by state-machine .*, succeeded/);
      await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
      expect(await violationsOf(page, modules)).toEqual([]);
      await keep(`console-machine-${colorScheme}`);
    },
  );

  it('tells what failed, by a replay of other input', async () => {
    await open({}, whole);
    await send('Deliver', { customer: 'thief', wait: 0, parcels: [] });
    await ended('error');
    expect(await text('#detail')).toContain('Refused: not with us');
    expect(await leaf('Refused')).toContain('✗');
    const before = await page.evaluate<number>("document.querySelectorAll('#history li').length");
    await page.click('[data-act=replay]');
    await until(`document.querySelectorAll('#history li').length >= ${before + 2}`);
    await ended('error');
  });
});

it('shows what came of a call below its form in a small window, and leaves a wide one where it is', async () => {
  await open({ viewport: { width: 375, height: 640 } });
  await send('TakeOrder', { customer: 'ada' });
  await ended('success');
  const top = "document.querySelector('#detail-title').getBoundingClientRect().top";
  expect(await page.evaluate<number>(top)).toBeGreaterThan(0);
  expect(await page.evaluate<number>(top)).toBeLessThan(320);
  await page.close();
  await open();
  await page.evaluate("document.querySelector('#send').scrollIntoView()");
  const before = await page.evaluate<number>('scrollY');
  await send('TakeOrder', { customer: 'ada' });
  await ended('success');
  expect(await page.evaluate<number>('scrollY')).toBe(before);
});

const LOOKS = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['small', { colorScheme: 'light', viewport: { width: 360, height: 640 } }],
  ['small-dark', { colorScheme: 'dark', viewport: { width: 360, height: 640 } }],
] as const;

it.each(LOOKS)('can be read and used by everybody, as axe-core can tell: %s', async (name, options) => {
  // Only the test puts anything into the page.
  await open({ ...options, bypassCSP: true });
  expect(await violationsOf(page, modules)).toEqual([]);
  await page.selectOption('#to', { label: 'TakeOrder' });
  await page.fill('#event', '{"customer": "ada"}');
  await page.click('#send-profile');
  await page.waitForSelector('#flame svg g[role=button]');
  await page.click('[data-act=save]');
  await page.click('#profile summary');
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
  expect(await violationsOf(page, modules)).toEqual([]);
  await keep(`console-${name}`);
  await send('TakeOrder', { customer: 'thief' });
  await ended('error');
  expect(await violationsOf(page, modules)).toEqual([]);
  // Nothing is wider than the window.
  expect(
    await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    ),
  ).toBeLessThanOrEqual(0);
});

describe('who has not got the link', () => {
  beforeAll(() => {
    complaints = [];
  });
  const origin = () => new URL(command.link).origin;
  const token = () => new URL(command.link).searchParams.get('token') ?? '';
  const cookie = () => `sparta-console-${new URL(command.link).port}=${token()}`;
  const call = (headers: Record<string, string>, method = 'POST') =>
    fetch(`${origin()}/api/call`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'POST' && { body: '{"to":"TakeOrder","event":"{}"}' }),
    });

  it.each([
    ['no token', {}],
    ['a wrong token', { cookie: 'sparta-console-1=x' }],
  ])('is refused with %s', async (_, headers) => {
    for (const path of ['/', '/api/service', '/api/stream', '/console.js', '/?token=wrong'])
      expect((await fetch(`${origin()}${path}`, { headers, redirect: 'manual' })).status).toBe(403);
    expect((await call({ origin: origin(), ...headers })).status).toBe(403);
  });

  it('is refused from another page, even with the cookie', async () => {
    const other = { cookie: cookie(), origin: 'https://example.com' };
    expect((await call(other)).status).toBe(403);
    expect((await call({ cookie: cookie() })).status).toBe(403);
    expect((await call({ cookie: cookie(), origin: 'null' })).status).toBe(403);
    expect((await call({ ...other, origin: origin(), 'content-type': 'text/plain' })).status).toBe(403);
    const asked = await fetch(`${origin()}/api/service`, { headers: other });
    expect(asked.status).toBe(403);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    expect((await call({ cookie: cookie(), origin: origin() })).status).toBe(200);
  });

  it('is refused under another name', async () => {
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((done) =>
      request(
        `${origin()}/api/service`,
        { headers: { host: 'evil.example', cookie: cookie() } },
        (answer) => {
          answer.resume();
          done(answer.statusCode);
        },
      ).end(),
    );
    expect(status).toBe(403);
  });
});
