/** `explore --deployed` in Chromium: the page of a stack in the AWS emulator, whose logs and metrics a proxy tells. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type Browser, type Page, startBrowser, violationsOf } from '../support/browser.ts';
import { type ConsoleCommand, openConsole } from '../support/console-service.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runCli } from '../support/runner.ts';

const CODE = "exports.handler = async ({ id }) => { console.log('order', id); return { order: id }; };";
const TEMPLATE = {
  Resources: {
    Take: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'take-order',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::123456789012:role/orders',
        Code: { ZipFile: CODE },
      },
    },
    Queue: { Type: 'AWS::SQS::Queue' },
  },
};

/** What others do with the function meanwhile. */
const lines = (): object[] => {
  const event = (eventId: string, message: string) => ({
    eventId,
    message,
    timestamp: Date.now(),
    logStreamName: '2026/11/30/[$LATEST]a',
  });
  const id = '8f507cfc-xmpl-4697-b07a-ac58fc914c95';
  return [
    event('1', `START RequestId: ${id} Version: $LATEST\n`),
    event('2', `2026-11-30T07:00:00.000Z\t${id}\tINFO\torder of somebody else\n`),
    event('3', `END RequestId: ${id}\n`),
    event(
      '4',
      `REPORT RequestId: ${id}\tDuration: 35.21 ms\tBilled Duration: 36 ms\tMemory Size: 128 MB\tMax Memory Used: 71 MB\tInit Duration: 210.10 ms\t\n`,
    ),
  ];
};

let browser: Browser;
let modules: string;
let aws: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let command: ConsoleCommand | undefined;
let page: Page;
const asked: string[] = [];
beforeAll(async () => {
  [{ browser, modules }, aws] = await Promise.all([startBrowser(), startEmulator()]);
  proxy = await startProxy(
    aws.endpoint,
    () => undefined,
    (target) => {
      asked.push(target);
      if (target.endsWith('.FilterLogEvents')) return { events: lines() };
      if (target.endsWith('.GetMetricData'))
        return { MetricDataResults: [{ Id: 'm0', Label: 'Invocations', Values: [1, 5, 2] }] };
      return undefined;
    },
  );
  const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.url };
  const workspace = await makeWorkspace({ 'template.json': JSON.stringify(TEMPLATE) });
  const deployed = await runCli(['provision', '--stack-name', 'orders', '--noop=false'], workspace.path, env);
  await workspace.remove();
  expect(deployed.output).toContain('CREATE_COMPLETE');
  command = await openConsole(['explore', '--deployed', '--stack-name', 'orders'], env);
  page = await browser.newPage({ viewport: { width: 1300, height: 950 }, bypassCSP: true });
  await page.goto(command.link);
  await page.waitForSelector('#connection.live');
});
afterAll(async () => {
  await command?.stop();
  await Promise.all([browser.close(), proxy.stop(), aws.stop()]);
});
afterEach(async () => {
  expect(await violationsOf(page, modules)).toEqual([]);
});

it('shows what is deployed', async () => {
  await page.waitForSelector('#map svg .leaf');
  expect(await page.textContent('#title')).toBe('orders');
  expect(await page.textContent('#place')).toBe('deployed in us-east-1: what is sent is done there');
  expect(await page.textContent('#about')).toBe('nodejs24.x · 128 MB · 3 s');
  expect(await page.textContent('#map')).toContain('Queue');
  expect(await page.isVisible('#send-profile')).toBe(false);
});

it('calls the function in AWS', async () => {
  await page.fill('#event', '{"id": 42}');
  await page.click('#send button.main');
  await page.waitForSelector('#detail .state.success');
  expect(JSON.parse((await page.textContent('#response')) ?? '')).toEqual({ order: 42 });
});

it('follows its log, whoever called it', async () => {
  await page.waitForSelector('#history [data-id="8f507cfc-xmpl-4697-b07a-ac58fc914c95"] .state.success');
  await page.click('#history [data-id="8f507cfc-xmpl-4697-b07a-ac58fc914c95"]');
  expect(await page.textContent('#logs')).toContain('order of somebody else');
  expect(await page.textContent('#detail dl')).toMatch(/35 ms.*71 of 128 MB.*cold, 210 ms/);
  // Lines are told once, however often they are read.
  expect(
    await page.evaluate<number>("document.querySelector('#logs').textContent.split('START').length"),
  ).toBe(2);
});

it('shows its metrics', async () => {
  await page.waitForSelector('#metrics table .spark');
  expect(await page.textContent('#metrics tbody tr')).toBe('TakeInvocations2');
  expect(asked).toContain('GraniteServiceVersion20100801.GetMetricData');
});
