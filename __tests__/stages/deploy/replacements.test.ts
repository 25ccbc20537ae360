import { describe, expect, it } from '@jest/globals';
import type { StackEvent } from '../../../src/aws/stack/events.ts';
import { replacements } from '../../../src/stages/deploy/replacements.ts';

const ROOT = 'arn:root';
const CHILD = 'arn:child';
const event = (
  logicalId: string,
  status: string,
  physicalId: string,
  rest: Partial<StackEvent> = {},
): StackEvent => ({
  id: `${logicalId} ${status} ${physicalId}`,
  stackId: ROOT,
  stackName: 'orders',
  logicalId,
  physicalId,
  type: 'AWS::DynamoDB::Table',
  status,
  reason: '',
  time: 0,
  ...rest,
});
const told = (...events: StackEvent[]) => Object.fromEntries(replacements(events, ROOT));

describe('what an update replaced', () => {
  it('has another physical ID', () => {
    expect(
      told(
        event('orders', 'UPDATE_IN_PROGRESS', ROOT),
        event('Moved', 'UPDATE_IN_PROGRESS', 'a'),
        event('Moved', 'UPDATE_IN_PROGRESS', 'b', { reason: 'Resource creation Initiated' }),
        event('Moved', 'UPDATE_COMPLETE', 'b'),
        event('Stays', 'UPDATE_IN_PROGRESS', 'c'),
        event('Stays', 'UPDATE_COMPLETE', 'c'),
        event('New', 'CREATE_IN_PROGRESS', ''),
        event('New', 'CREATE_COMPLETE', 'd'),
        event('orders', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', ROOT),
        event('Moved', 'DELETE_COMPLETE', 'a'),
        event('orders', 'UPDATE_COMPLETE', ROOT),
      ),
    ).toEqual({ Moved: true, Stays: false });
  });

  it.each(['requires', 'required'])('is what CloudFormation says so of: %s', (word) => {
    const reason = `Requested update ${word} the creation of a new physical resource; hence creating one.`;
    expect(
      told(event('T', 'UPDATE_IN_PROGRESS', 'a', { reason }), event('T', 'UPDATE_COMPLETE', 'a')),
    ).toEqual({ T: true });
  });

  it.each(['DELETE_COMPLETE', 'DELETE_SKIPPED'])('leaves another one: %s', (status) => {
    expect(
      told(
        event('T', 'UPDATE_IN_PROGRESS', ''),
        event('T', 'UPDATE_COMPLETE', 'b'),
        event('T', 'DELETE_IN_PROGRESS', 'a'),
        event('T', status, 'a'),
      ),
    ).toEqual({ T: true });
  });

  it('is not known of what has no events, or none of its end', () => {
    expect(told(event('T', 'UPDATE_IN_PROGRESS', 'a'), event('T', 'UPDATE_FAILED', 'a'))).toEqual({});
    expect(told(event('T', 'UPDATE_IN_PROGRESS', ''), event('T', 'UPDATE_COMPLETE', 'a'))).toEqual({});
    expect(told()).toEqual({});
  });

  it('is told of nested stacks under the names of their resources', () => {
    const nested = { stackId: CHILD };
    const deep = { stackId: 'arn:deep' };
    expect(
      told(
        event('Child', 'UPDATE_IN_PROGRESS', CHILD),
        event('orders-Child', 'UPDATE_IN_PROGRESS', CHILD, nested),
        event('T', 'UPDATE_IN_PROGRESS', 'a', nested),
        event('T', 'UPDATE_COMPLETE', 'b', nested),
        event('Deep', 'UPDATE_IN_PROGRESS', 'arn:deep', nested),
        event('T', 'UPDATE_IN_PROGRESS', 'c', deep),
        event('T', 'UPDATE_COMPLETE', 'c', deep),
        event('Deep', 'UPDATE_COMPLETE', 'arn:deep', nested),
        event('Child', 'UPDATE_COMPLETE', CHILD),
        event('T', 'UPDATE_COMPLETE', 'd', { stackId: 'arn:somewhere-else' }),
      ),
    ).toEqual({ Child: false, 'Child.T': true, 'Child.Deep': false, 'Child.Deep.T': false });
  });
});
