import { expect, it } from '@jest/globals';
import type { StackEvent } from '../../../src/aws/stack/events.ts';
import { timelineOf } from '../../../src/stages/deploy/timeline.ts';

const event = (time: number, logicalId: string, status: string, stackName = 'orders'): StackEvent => ({
  ...{
    id: `${time}`,
    stackId: `arn:${stackName}`,
    stackName,
    logicalId,
    type: 'T',
    status,
    reason: '',
    time,
  },
  physicalId: logicalId === stackName ? `arn:${stackName}` : logicalId,
});

it('has each resource with its time, without the stack itself', () => {
  const rows = timelineOf(
    [
      event(1000, 'orders', 'UPDATE_IN_PROGRESS'),
      event(1500, 'Table', 'CREATE_IN_PROGRESS'),
      // The second one has the physical ID.
      event(1600, 'Table', 'CREATE_IN_PROGRESS'),
      event(2000, 'Queue', 'UPDATE_IN_PROGRESS', 'inner'),
      event(9500, 'Table', 'CREATE_COMPLETE'),
      event(9600, 'Queue', 'UPDATE_FAILED', 'inner'),
      event(9700, 'Table', 'DELETE_IN_PROGRESS'),
      event(9900, 'orders', 'UPDATE_ROLLBACK_COMPLETE'),
    ],
    'orders',
  );
  expect(rows).toEqual([
    { logicalId: 'Table', type: 'T', action: 'create', start: 500, end: 8500, failed: false },
    { logicalId: 'inner/Queue', type: 'T', action: 'update', start: 1000, end: 8600, failed: true },
    { logicalId: 'Table', type: 'T', action: 'delete', start: 8700, end: undefined, failed: false },
  ]);
  expect(timelineOf([], 'orders')).toEqual([]);
});
