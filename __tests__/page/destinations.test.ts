/** What the console of `start` sends to: every route at its own address, topics, and the bus that each account has. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Browser, type Page, startBrowser } from '../support/browser.ts';
import { type ConsoleCommand, openConsole } from '../support/console-service.ts';

const NOTE = `exports.handler = async (event) => {
  const [record] = event.Records ?? [];
  console.log('noted', event.rawPath ?? event.path ?? event.detail?.order ?? record?.Sns.Message);
  return { statusCode: 200, body: 'noted' };
};`;
const role = 'arn:aws:iam::123456789012:role/shop';
const note = { 'Fn::GetAtt': ['Note', 'Arn'] };
const address = (service: string, called: object | string) => ({
  'Fn::Join': ['', ['arn:aws:apigateway:us-east-1:', service, called]],
});
/** Of an API described by OpenAPI: each route with where it leads to. */
const api = (Type: string, paths: Readonly<Record<string, object>>) => ({
  Type,
  Properties: {
    Body: {
      openapi: '3.0.1',
      paths: Object.fromEntries(
        Object.entries(paths).map(([path, integration]) => [
          path,
          { post: { 'x-amazon-apigateway-integration': integration } },
        ]),
      ),
    },
  },
});
const proxied = {
  type: 'aws_proxy',
  httpMethod: 'POST',
  payloadFormatVersion: '2.0',
  uri: address('lambda:path/2015-03-31/functions/', {
    'Fn::Join': ['', [note, '/invocations']],
  }),
};
const queued = {
  type: 'aws',
  httpMethod: 'POST',
  credentials: role,
  uri: address('sqs:action/SendMessage', ''),
  requestParameters: {
    'integration.request.querystring.QueueUrl': "'https://sqs.us-east-1.amazonaws.com/123456789012/jobs'",
    'integration.request.querystring.MessageBody': 'method.request.path.id',
  },
  responses: { default: { statusCode: '202' } },
};

const TEMPLATE = {
  Resources: {
    Note: {
      Type: 'AWS::Lambda::Function',
      Properties: { Runtime: 'nodejs24.x', Code: 'note', Handler: 'index.handler', Role: role },
    },
    First: api('AWS::ApiGateway::RestApi', { '/orders/{id}': proxied, '/jobs/{id}': queued }),
    Second: api('AWS::ApiGatewayV2::Api', { '/orders/{id}': proxied }),
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
    Told: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'told' } },
    Hears: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Told' }, Protocol: 'lambda', Endpoint: note },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['shop'] }, Targets: [{ Id: 'note', Arn: note }] },
    },
  },
};

let browser: Browser;
let command: ConsoleCommand;
let page: Page;
beforeAll(async () => {
  const files = { 'template.json': JSON.stringify(TEMPLATE), 'note/index.js': NOTE };
  [{ browser }, command] = await Promise.all([
    startBrowser(),
    openConsole(['start', '--stack-name', 'shop'], {}, files),
  ]);
});
afterAll(async () => {
  await browser.close();
  await command.stop();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1300, height: 950 } });
  await page.goto(command.link);
  await page.waitForSelector('#connection.live');
});
afterEach(() => page.close());

/** Waits for what a function wrote: the terminal has it, too. */
async function hears(words: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!command.said().includes(words)) {
    if (Date.now() > deadline) throw new Error(`nobody wrote ${words}:\n${command.said()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

it('offers every route at its own address, the topic, and the bus that a rule listens to', async () => {
  const offered = "[...document.querySelectorAll('#to option')].map(({ textContent }) => textContent)";
  expect(await page.evaluate<string[]>(offered)).toEqual([
    'Note',
    'POST /First/orders/{id}',
    'POST /First/jobs/{id}',
    'POST /Second/orders/{id}',
    'queue jobs',
    'topic told',
    'bus default',
  ]);
});

it('sends to one of two APIs that have the same route', async () => {
  await page.selectOption('#to', { label: 'POST /Second/orders/{id}' });
  await page.fill('#path', '/Second/orders/2');
  await page.click('#send button.main');
  await page.waitForSelector('#detail .state.success');
  await hears('noted /orders/2');
});

it('sends to a route that leads to no function', async () => {
  await page.selectOption('#to', { label: 'POST /First/jobs/{id}' });
  expect(await page.textContent('#about')).toBe('sqs:action/SendMessage, mapped');
  await page.fill('#path', '/First/jobs/7');
  await page.click('#send button.main');
  await page.waitForSelector('#detail .state.success');
  expect(await page.textContent('#detail .state')).toBe('202 ');
});

it('asks for a value of each parameter of a path', async () => {
  await page.selectOption('#to', { label: 'POST /First/orders/{id}' });
  await page.click('#send button.main');
  await page.waitForSelector('#problems p');
  expect(await page.textContent('#problems')).toBe(
    'the path: nothing is in the place of {id}. Write a value there, such as 1.',
  );
});

it('sends any text to a topic, and an event to the bus that nobody declares', async () => {
  await page.selectOption('#to', { label: 'topic told' });
  expect(await page.textContent('#event-label')).toBe('Text of the message');
  await page.fill('#event', 'no JSON');
  await page.click('#send button.main');
  await hears('noted no JSON');
  await page.selectOption('#to', { label: 'bus default' });
  expect(await page.textContent('#event-label')).toBe('JSON of the event');
  await page.fill('#event', '{"source": "shop", "detail-type": "sold", "detail": {"order": "of ada"}}');
  await page.click('#send button.main');
  await hears('noted of ada');
});
