/** Copies of what is hard to copy: names that are fixed; and checks of a copy that fail. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { allResources } from '../support/all-resources.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import {
  FILES,
  makeUploadBucket,
  type PullRequestCase,
  pullRequestCase,
  REGION,
  stacksIn,
} from '../support/environment-case.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';

let aws: Emulator;
let github: GitHubServer;
let pull: PullRequestCase | undefined;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  await makeUploadBucket(aws);
  github = await startGitHub();
  pull = undefined;
});
afterEach(async () => {
  await github.stop();
  await pull?.remove();
  expect(github.violations).toEqual([]);
});

it('tells every name that would collide before anything is deployed, and makes them unique where that is safe', async () => {
  const before = await allResources(aws.endpoint, REGION);
  pull = await pullRequestCase(aws, github, {
    'template.yaml': `Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders.fifo
      FifoQueue: true
Outputs:
  TableName: { Value: !Ref Table, Export: { Name: orders-table } }
  QueueUrl: { Value: !Ref Queue }
`,
  });
  const refused = await pull.event('opened');
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toMatch(
    /::error file=template\.yaml,line=5,.*Table: TableName is orders in every copy/,
  );
  expect(refused.stdout).toMatch(/::error file=template\.yaml,line=12,.*Queue: QueueName is orders\.fifo/);
  expect(refused.stdout).toMatch(
    /::error file=template\.yaml,line=15,.*TableName: the name of the export is orders-table/,
  );
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
  expect(github.deployments.map(({ statuses }) => statuses[0]?.state)).toEqual(['failure']);
  const copied = await pull.event('opened', { inputs: { isolate: 'true' } });
  expect(copied.exitCode).toBe(0);
  expect(copied.outputs.TableName).toBe('orders-orders-pr-7');
  expect(copied.outputs.QueueUrl).toMatch(/\/orders-orders-pr-7\.fifo$/);
  await pull.event('closed');
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
});

it('keeps a copy whose checks fail, says where its logs are, and shows their ends to those who may see the job', async () => {
  pull = await pullRequestCase(aws, github, {
    ...FILES,
    'verify/orders.json': JSON.stringify({
      function: 'Orders',
      payload: {},
      expect: { response: { ok: false } },
    }),
  });
  const failed = await pull.event('opened', { inputs: { verify: 'verify/*.json' } });
  expect(failed.exitCode).toBe(1);
  expect((await stacksIn(aws))['orders-pr-7']?.StackStatus).toBe('CREATE_COMPLETE');
  const group = /logs are in (\/aws\/lambda\/orders-pr-7-Orders-\w+), their ends in the job summary/.exec(
    failed.errors.join(),
  )?.[1];
  expect(group).toBeDefined();
  expect(failed.summary).toContain('said by orders');
  expect(github.comments.get(7)?.[0]?.body).toContain('1 of 1 check failed');
  expect(github.comments.get(7)?.[0]?.body).not.toContain('said by orders');
  expect(github.deployments[0]?.statuses[0]?.state).toBe('failure');
});
