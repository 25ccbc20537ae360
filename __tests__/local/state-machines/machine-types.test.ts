import { expect, it } from '@jest/globals';
import { findMachine, machineMeant } from '../../../src/local/state-machines/machine-types.ts';

const machine = (logicalId: string) => ({
  logicalId,
  name: `shop-${logicalId}`,
  arn: `arn:aws:states:us-east-1:123456789012:stateMachine:shop-${logicalId}`,
  type: 'STANDARD' as const,
  definition: {},
  roleArn: '',
  qualifiers: [],
});
const machines = ['OrderStateMachine', 'Deliver', 'Send', 'SendStateMachine'].map(machine);

it.each([
  ['Deliver', 'Deliver'],
  ['deliver', 'Deliver'],
  ['order', 'OrderStateMachine'],
  ['order-state-machine', 'OrderStateMachine'],
  ['shop-Deliver', 'Deliver'],
  ['Send', 'Send'],
  // Either could be meant.
  ['send', undefined],
  ['refund', undefined],
])('who writes %s means %s', (wanted, meant) => {
  expect(machineMeant(machines, wanted)?.logicalId).toBe(meant);
});

it('is what clients have to name as it is', () => {
  expect(findMachine(machines, 'deliver')).toBeUndefined();
});
