/** Why an operation failed: CloudFormation's own sorting of events comes first. Replies are in the form of its API reference. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { failuresOf } from '../../../src/aws/stack/early-validation.ts';
import { modelProblems } from '../../support/aws-model.ts';
import { startReplies } from '../../support/replies.ts';
import { connectTo } from '../support.ts';

const ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/orders/1';
const event = (fields: Record<string, string>): string =>
  `<member>${Object.entries({
    StackId: ID,
    ClientRequestToken: 'run-2',
    Timestamp: '2026-11-29T12:00:05Z',
    ...fields,
  })
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</member>`;

let events: string[] | undefined = [];
const calls: string[] = [];
let endpoint: Awaited<ReturnType<typeof startReplies>>;
let aws: Aws;
beforeAll(async () => {
  endpoint = await startReplies((_, body) => {
    calls.push(body);
    return events && `<OperationEvents>${events.join('')}</OperationEvents>`;
  });
  aws = await connectTo(endpoint.url);
});
afterAll(() => endpoint.stop());

const operation = { stackId: ID, token: 'run-2', since: Date.parse('2026-11-29T12:00:00Z') };

it('asks for failures only, and takes those of this operation, oldest first', async () => {
  const failed = {
    EventType: 'PROVISIONING_ERROR',
    ResourceType: 'AWS::SQS::Queue',
    ResourceStatus: 'CREATE_FAILED',
  };
  events = [
    event({ ...failed, EventId: '3', LogicalResourceId: 'Later', Timestamp: '2026-11-29T12:00:09Z' }),
    event({ ...failed, EventId: '2', LogicalResourceId: 'First', ResourceStatusReason: 'exists already' }),
    event({ ...failed, EventId: '1', LogicalResourceId: 'Before', Timestamp: '2026-11-29T11:00:00Z' }),
    event({ ...failed, EventId: '0', LogicalResourceId: 'Foreign', ClientRequestToken: 'run-1' }),
    event({
      EventId: '4',
      EventType: 'HOOK_INVOCATION_ERROR',
      LogicalResourceId: 'First',
      HookType: 'Acme::Rules::Hook',
      HookStatus: 'HOOK_COMPLETE_FAILED',
      HookStatusReason: 'not encrypted',
      HookFailureMode: 'FAIL',
    }),
  ];
  const { events: found, findings } = await failuresOf(aws, operation);
  expect(found.map(({ logicalId, reason, stackName }) => [logicalId, reason, stackName])).toEqual([
    ['First', 'exists already', 'orders'],
    ['Later', '', 'orders'],
  ]);
  expect(findings).toEqual([
    { severity: 'error', logicalId: 'First', path: [], message: 'Hook Acme::Rules::Hook: not encrypted' },
  ]);
  expect(calls.flatMap(modelProblems)).toEqual([]);
  expect(new URLSearchParams(calls.at(-1)).get('Filters.FailedEvents')).toBe('true');
});

it('knows nothing where CloudFormation has no such call', async () => {
  events = undefined;
  expect(await failuresOf(aws, operation)).toEqual({ findings: [], events: [] });
});
