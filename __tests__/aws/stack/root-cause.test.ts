import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../src/aws/connection/explain.ts';
import { isEmpty } from '../../../src/aws/stack/change-set.ts';
import type { StackEvent } from '../../../src/aws/stack/events.ts';
import { rootCause } from '../../../src/aws/stack/root-cause.ts';
import { STACK_STATES, stateOf } from '../../../src/aws/stack/stack-states.ts';

const ROOT = 'arn:root';
let time = 0;
const event = (
  logicalId: string,
  status: string,
  reason = '',
  more: Partial<StackEvent> = {},
): StackEvent => ({
  id: `${++time}`,
  stackId: ROOT,
  stackName: 'orders',
  logicalId,
  physicalId: `${logicalId}-id`,
  type: 'AWS::SQS::Queue',
  status,
  reason,
  time,
  ...more,
});
const own = (status: string, reason: string) =>
  event('orders', status, reason, { physicalId: ROOT, type: 'AWS::CloudFormation::Stack' });

describe('the root cause', () => {
  it('is the first failure, not the cancellations that follow or the stack itself', () => {
    const events = [
      event('A', 'CREATE_IN_PROGRESS'),
      event('B', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('A', 'CREATE_FAILED', 'orders already exists'),
      event('C', 'CREATE_FAILED', 'something else'),
      own('ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [A, B]'),
    ];
    expect(rootCause(events, ROOT)).toMatchObject({
      logicalId: 'A',
      reason: 'orders already exists',
      next: expect.stringContaining('import it'),
    });
  });

  it.each([
    ['Export with name jobs is already exported by stack other. Rollback requested by user.', 'another name'],
    ['Export orders:jobs cannot be deleted as it is in use by other', 'Change the stacks that import'],
  ])('is that of the stack itself where no resource failed: %s', (reason, next) => {
    const events = [event('A', 'CREATE_COMPLETE'), own('ROLLBACK_IN_PROGRESS', reason)];
    expect(rootCause(events, ROOT)).toMatchObject({
      logicalId: 'orders',
      next: expect.stringContaining(next),
    });
  });

  it('is inside of the nested stack that failed', () => {
    const events = [
      event('Inner', 'CREATE_FAILED', 'not authorized to perform: sqs:CreateQueue', {
        stackId: 'arn:child',
        stackName: 'child',
      }),
      event('Child', 'CREATE_FAILED', 'Embedded stack was not successfully created', {
        physicalId: 'arn:child',
        type: 'AWS::CloudFormation::Stack',
      }),
    ];
    expect(rootCause(events, ROOT)).toMatchObject({
      logicalId: 'Inner',
      stackName: 'child',
      next: expect.stringContaining('Allow this action'),
    });
    expect(rootCause(events.toReversed(), ROOT)).toMatchObject({ logicalId: 'Inner' });
  });

  it('is the stack itself when no resource is to blame', () => {
    expect(rootCause([own('ROLLBACK_IN_PROGRESS', 'Transform failed')], ROOT)).toMatchObject({
      logicalId: 'orders',
      reason: 'Transform failed',
    });
    expect(rootCause([event('A', 'CREATE_COMPLETE')], ROOT)).toBeUndefined();
  });
});

describe('stack states', () => {
  it.each(Object.entries(STACK_STATES))('%s', (status, state) => {
    expect(state.outcome === 'running').toBe(
      status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS',
    );
    expect(state.reaction === 'wait').toBe(state.outcome === 'running');
    if (stateOf(status).asTemplate) expect(state.reaction).toBe('update');
  });

  it('resources are what the template says where the last operation, or its undoing, was done', () => {
    const found = Object.keys(STACK_STATES).filter((status) => stateOf(status).asTemplate);
    expect(found).toEqual([
      'CREATE_COMPLETE',
      'IMPORT_COMPLETE',
      'UPDATE_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
    ]);
  });

  it('nothing refers to what was uploaded for an operation that was undone', () => {
    const found = Object.keys(STACK_STATES).filter((status) => stateOf(status).undone);
    expect(found).toEqual(['DELETE_COMPLETE', 'ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
  });

  it.each([
    ['SOMETHING_IN_PROGRESS', 'running'],
    ['SOMETHING_COMPLETE', 'succeeded'],
    ['SOMETHING_ROLLBACK_COMPLETE', 'failed'],
    ['SOMETHING_FAILED', 'failed'],
    ['constructor', 'failed'],
  ])('%s, which is newer than the table', (status, outcome) => {
    expect(stateOf(status).outcome).toBe(outcome);
  });
});

it.each([
  [
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    true,
  ],
  ['No updates are to be performed.', true],
  ['The following resources require capabilities', false],
  ['', false],
])('an empty change set says: %s', (reason, empty) => {
  expect(isEmpty(reason)).toBe(empty);
});

it.each([
  ['ExpiredToken', /have expired/],
  ['AccessDenied', /iam-policy/],
  ['CredentialsProviderError', /configure-aws-credentials/],
  ['ThrottlingException', /throttling/],
  ['ECONNREFUSED', /could not be reached/],
])('%s says what to do', (code, next) => {
  const error = Object.assign(new Error('no'), { code, $metadata: { requestId: 'r-1' } });
  const { message } = explain(error, 'reading the stack orders');
  expect(message).toMatch(next);
  expect(message).toContain('reading the stack orders failed');
  expect(message).toContain('r-1');
});

it('tells throttling from what is not AWS', () => {
  const error = Object.assign(new Error('UnknownError'), { name: '503', $metadata: { httpStatusCode: 503 } });
  expect(explain(error, 'looking up').message).toMatch(/AWS is throttling/);
});

it.each([
  [403, 'UnknownError', /failed: Unknown: status 403\. S3 does not say why; most often s3:GetObject/],
  [407, 'Unknown', /failed: Unknown: status 407\. The proxy wants to know/],
  [502, 'Unknown', /failed: Unknown: status 502\. This may not be an answer of AWS/],
])('a reply of status %s without a body says what to do', (httpStatusCode, text, says) => {
  const error = Object.assign(new Error(text), { name: 'Unknown', $metadata: { httpStatusCode } });
  expect(explain(error, 'looking up s3://b/k').message).toMatch(says);
});
