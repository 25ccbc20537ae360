import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { changeStack } from '../../../src/aws/stack/change-stack.ts';
import { describeStack } from '../../../src/aws/stack/stack.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { type Call, type OnCall, type Reply, startProxy } from '../../support/proxy.ts';
import { connectTo, operation, template } from '../support.ts';

let emulator: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let aws: Aws;
let onCall: OnCall = () => undefined;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startProxy(emulator.endpoint, (name, call) => onCall(name, call));
  aws = await connectTo(proxy.url);
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
});
beforeEach(() => emulator.reset());
afterEach(() => {
  onCall = () => undefined;
  jest.restoreAllMocks();
});

const queue = (timeout: number): string =>
  template(
    { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: timeout } } },
    { Outputs: { Timeout: { Value: String(timeout) } } },
  );

let runs = 0;
const deploy = async (body: string) =>
  changeStack(
    aws,
    {
      input: {
        stackName: 'orders',
        template: { body },
        parameters: {},
        tags: {},
        capabilities: [],
        onFailure: 'rollback',
      },
      current: await describeStack(aws, 'orders'),
      token: `run-${++runs}`,
    },
    { ...operation(), deadline: Date.now() + 600_000, onChanges: () => undefined },
  );

const EXECUTING: Reply = {
  status: 200,
  body: '<ExecuteChangeSetResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ExecuteChangeSetResult/></ExecuteChangeSetResponse>',
};

it('takes no status from before an update for its end, however long nothing is to be seen of it', async () => {
  await deploy(queue(30));
  const clock = Date.now;
  let late = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => clock() + late);
  let held: Call | undefined;
  let begun = false;
  onCall = async (name, call) => {
    if (name === 'ExecuteChangeSet' && !held) {
      held = call;
      return EXECUTING;
    }
    if (held && name === 'DescribeStacks') late = 61_000;
    // It is asked how the execution goes: now it begins.
    if (held && name === 'DescribeChangeSet' && !begun) {
      begun = true;
      const { method, url, headers, body } = held;
      const { host: _, ...rest } = headers;
      await fetch(new URL(url, emulator.endpoint), {
        method,
        headers: Object.entries(rest).map(([key, value]) => [key, String(value)] as [string, string]),
        body,
      });
    }
    return undefined;
  };
  const result = await deploy(queue(666));
  expect(begun).toBe(true);
  expect(result).toMatchObject({ kind: 'updated', stack: { outputs: { Timeout: '666' } } });
});

it('leaves nothing behind when AWS refuses to execute', async () => {
  onCall = (name) =>
    name === 'ExecuteChangeSet'
      ? {
          status: 403,
          body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
        }
      : undefined;
  await expect(deploy(queue(30))).rejects.toThrow(/executing the change set of orders failed: AccessDenied/);
  expect(await describeStack(aws, 'orders')).toBeUndefined();
});

it('deploys although it may not look for what earlier runs left', async () => {
  await deploy(queue(30));
  onCall = (name) =>
    name === 'ListChangeSets'
      ? {
          status: 403,
          body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
        }
      : undefined;
  expect(await deploy(queue(31))).toMatchObject({ kind: 'updated' });
});

it.each([
  ['a stack', (aws: Aws) => describeStack(aws, 'orders')],
  ['the account', (aws: Aws) => aws.identity()],
])('takes no page of a proxy for an answer about %s', async (_, ask) => {
  onCall = () => ({ status: 200, body: '<html><body>Log in first</body></html>' });
  await expect(ask(await connectTo(proxy.url))).rejects.toThrow(
    /the reply names no (stack|account)\. Something else than AWS has answered: check the proxy/,
  );
});

it('touches no change set of another stack, whatever is listed', async () => {
  await deploy(queue(30));
  const deleted: string[] = [];
  onCall = (name, { body }) => {
    if (name === 'DeleteChangeSet') deleted.push(body.toString());
    return name === 'ListChangeSets'
      ? {
          status: 200,
          body: `<ListChangeSetsResponse><ListChangeSetsResult><Summaries><member>
            <ChangeSetName>sparta-old</ChangeSetName><ChangeSetId>arn:other</ChangeSetId>
            <StackName>other</StackName><Status>FAILED</Status><ExecutionStatus>OBSOLETE</ExecutionStatus>
          </member></Summaries></ListChangeSetsResult></ListChangeSetsResponse>`,
        }
      : undefined;
  };
  expect(await deploy(queue(31))).toMatchObject({ kind: 'updated' });
  expect(deleted).toEqual([]);
});
