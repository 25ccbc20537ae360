/** Where integrations of a service's APIs find what is not in this process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import { serveService } from '../../../src/local/service/index.ts';
import { HERE_ORIGIN } from '../../../src/local/service/places.ts';
import { EMPTY_PLAN } from '../../../src/local/service/plan.ts';

/** An emulator, which tells what it got. */
const emulator = createServer((request, response) => {
  const { authorization, 'x-amz-target': target } = request.headers;
  request.resume().on('end', () => response.end(JSON.stringify({ authorization, target })));
});
let url: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'integrations-'));
  await new Promise<void>((done) => emulator.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
});
afterAll(async () => {
  emulator.closeAllConnections();
  emulator.close();
  await rm(folder, { recursive: true, force: true });
});

const uri = 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem';
const mock = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } };
const operation = (integration: object) => ({
  'x-amazon-apigateway-integration': { httpMethod: 'POST', responses: { default: {} }, ...integration },
});

async function answerOf(remote: string | undefined, path: string) {
  const service = await serveService({
    functions: [],
    routes: routesOf(
      {
        Resources: {
          Items: { Type: 'AWS::SQS::Queue' },
          Api: {
            Type: 'AWS::ApiGateway::RestApi',
            Properties: {
              Body: {
                paths: {
                  '/items': { post: operation({ type: 'aws', uri }) },
                  '/queue': {
                    post: operation({
                      type: 'aws',
                      uri: 'arn:aws:apigateway:us-east-1:sqs:path//',
                      requestTemplates: {
                        'application/json': { 'Fn::Sub': 'Action=PurgeQueue&QueueUrl=${Items}' },
                      },
                      responses: {
                        default: { responseTemplates: { 'application/json': { 'Fn::Sub': 'at ${Items}' } } },
                      },
                    }),
                  },
                  '/picture': {
                    post: operation({
                      type: 'aws',
                      uri: 'arn:aws:apigateway:us-east-1:s3:path/files/picture',
                    }),
                  },
                  '/mock': { post: operation(mock) },
                },
              },
            },
          },
        },
      },
      { physicalIds: { Items: `${HERE_ORIGIN}/123456789012/items` } },
    ),
    plan: { ...EMPTY_PLAN, buckets: [{ name: 'files', eventBridge: false, notifications: [] }] },
    port: 0,
    allowUnverifiedIam: false,
    remote: {
      url: remote,
      make: false,
      region: 'us-east-1',
      credentials: { accessKeyId: 'mine', secretAccessKey: 'secret' },
    },
    host: {
      workDirectory: folder,
      runtimesDirectory: folder,
      output: () => undefined,
      warn: () => undefined,
      durable: { waits: 'skip' },
    },
  });
  try {
    const answer = await fetch(service.url + path, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    });
    return { status: answer.status, body: await answer.text(), endpoint: service.url };
  } finally {
    await service.stop();
  }
}

it('asks the emulator for what is not in this process', async () => {
  const { status, body } = await answerOf(url, '/items');
  expect([status, JSON.parse(body)]).toEqual([
    200,
    {
      target: 'DynamoDB_20120810.PutItem',
      authorization: expect.stringMatching(/Credential=mine\/\d{8}\/us-east-1\/dynamodb\/aws4_request/),
    },
  ]);
});

it('asks for buckets with the key of the emulator, which knows no other', async () => {
  const { status, body } = await answerOf(url, '/picture');
  expect([status, JSON.parse(body)]).toEqual([
    200,
    { authorization: expect.stringMatching(/Credential=mine\/\d{8}\/us-east-1\/s3\/aws4_request/) },
  ]);
});

it('never asks AWS', async () => {
  expect((await answerOf(undefined, '/items')).status).toBe(501);
});

it('tells a queue by the URL that it has here', async () => {
  const { body, endpoint } = await answerOf(url, '/queue');
  expect(body).toBe(`at ${endpoint}/123456789012/items`);
});

it('asks nobody for a mock', async () => {
  expect((await answerOf(undefined, '/mock')).status).toBe(200);
});
