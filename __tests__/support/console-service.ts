/** A service with a console: what a page is tried with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { makeWorkspace } from './runner.ts';

const root = resolve(import.meta.dirname, '../..');

const ORDER = `
exports.handler = async (event) => {
  console.log('an order of', event.customer ?? 'nobody');
  if (event.customer === 'slow') {
    await new Promise((done) => setTimeout(done, 1500));
    console.log('it took a while');
  }
  if (event.queued) await enqueue(event);
  if (event.customer === 'thief') throw new RangeError('not with us');
  const price = priceOf(2000);
  return { statusCode: 201, body: JSON.stringify({ order: 42, price, said: '<img src=x onerror=alert(1)>' }) };
};
// As the AWS SDK does, the trace included.
async function enqueue(order) {
  const { AWS_ENDPOINT_URL_SQS: url, QUEUE, _X_AMZN_TRACE_ID: trace } = process.env;
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
      'x-amzn-trace-id': trace,
    },
    body: JSON.stringify({ QueueUrl: QUEUE, MessageBody: JSON.stringify(order) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
function priceOf(rounds) {
  let price = 0;
  for (let at = 0; at < rounds * 1000; at++) price += Math.sqrt(at);
  return price > 0 ? 7 : 0;
}
`;

const COUNT = `
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def count(rounds):
    total = 0
    for _ in range(rounds):
        total += deep(40)
    return total


def handler(event, context):
    print("counting")
    return {"total": count(800)}
`;

// A durable function that needs no SDK: one call is all of its execution.
const APPROVE = `
exports.handler = async ({ InitialExecutionState: { Operations: [{ ExecutionDetails }] } }) => {
  const { customer } = JSON.parse(ExecutionDetails.InputPayload);
  return { Status: 'SUCCEEDED', Result: JSON.stringify({ approved: customer }) };
};
`;

const functionOf = (Runtime: string, Code: string, Variables: object = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime,
    Code,
    Handler: 'index.handler',
    Timeout: 20,
    Environment: { Variables },
    Role: 'arn:aws:iam::123456789012:role/orders',
  },
});

const TEMPLATE = {
  Resources: {
    TakeOrder: functionOf('nodejs24.x', 'take-order', { QUEUE: { Ref: 'Queue' } }),
    CountOrders: functionOf('python3.12', 'count-orders'),
    Approve: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Code: 'approve',
        Handler: 'index.handler',
        DurableConfig: { ExecutionTimeout: 60 },
        Role: 'arn:aws:iam::123456789012:role/orders',
      },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Deliver: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: 'arn:aws:iam::123456789012:role/orders',
        Definition: {
          StartAt: 'Take',
          States: {
            Take: {
              Type: 'Task',
              Resource: { 'Fn::GetAtt': ['TakeOrder', 'Arn'] },
              ResultPath: '$.order',
              Next: 'Pause',
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refused' }],
            },
            Pause: { Type: 'Wait', SecondsPath: '$.wait', Next: 'Each' },
            Each: {
              Type: 'Map',
              ItemsPath: '$.parcels',
              ItemProcessor: { StartAt: 'Parcel <b>', States: { 'Parcel <b>': { Type: 'Pass', End: true } } },
              End: true,
            },
            Refused: { Type: 'Fail', Error: 'Refused', Cause: 'not with us' },
          },
        },
      },
    },
    FromQueue: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: { Ref: 'CountOrders' },
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['TakeOrder', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'POST /orders/{id}',
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
      },
    },
  },
};

export const FILES = {
  'template.json': JSON.stringify(TEMPLATE, undefined, 2),
  'take-order/index.js': ORDER,
  'count-orders/index.py': COUNT,
  'approve/index.js': APPROVE,
  'events/take-order/of-ada.json': JSON.stringify({
    function: 'TakeOrder',
    payload: { customer: 'ada' },
    expect: { status: 201 },
  }),
  'events/take-order/by-nobody.json': '{"customer": null}',
};

export interface ConsoleCommand {
  /** With the token. */
  readonly link: string;
  /** Of the API that is served beside it. */
  readonly url: string;
  readonly folder: string;
  /** All that it wrote. */
  said(): string;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

/** Runs a command of the program that opens a console, in a folder with the service. */
export async function openConsole(
  args: readonly string[] = ['start-api', '--stack-name', 'orders', '--watch'],
  env: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = FILES,
): Promise<ConsoleCommand> {
  const workspace = await makeWorkspace(files);
  const child: ChildProcess = spawn(process.execPath, [resolve(root, 'dist/cli.js'), ...args], {
    cwd: workspace.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: workspace.path,
      AWS_EC2_METADATA_DISABLED: 'true',
      NO_COLOR: '1',
      ...env,
    },
  });
  let said = '';
  const closed = once(child, 'close');
  const link = await new Promise<string>((found, fail) => {
    const hear = (data: Buffer): void => {
      said += data;
      const [, url] = /Console: (http:\S+)/.exec(said) ?? [];
      if (url !== undefined) found(url);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', () => fail(new Error(`it ended before it had a console:\n${said}`)));
  });
  const [, url = ''] = /Listening at (http:\S+)/.exec(said) ?? [];
  return {
    link,
    url,
    folder: workspace.path,
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      await closed;
      await workspace.remove();
    },
  };
}
