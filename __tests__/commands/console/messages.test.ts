import { expect, it } from '@jest/globals';
import { destinationsOf } from '../../../src/commands/console/messages.ts';
import { EMPTY_PLAN, type RulePlan } from '../../../src/local/service/plan.ts';

const rule = (bus: string): RulePlan => ({
  name: 'sold',
  arn: 'arn:rule',
  bus,
  pattern: { source: ['shop'] },
  enabled: true,
  targets: [],
});

it('sends to the bus of the account where rules listen to it', () => {
  const buses = [{ name: 'shop', arn: 'arn:bus' }];
  const ids = (rules: readonly RulePlan[]) =>
    destinationsOf({ ...EMPTY_PLAN, buses, rules }).map(({ id }) => id);
  expect(ids([rule('shop')])).toEqual(['bus shop']);
  expect(ids([rule('default')])).toEqual(['bus default', 'bus shop']);
  const [sent] = destinationsOf({ ...EMPTY_PLAN, rules: [rule('default')] });
  expect(sent?.call('{"source":"shop","detail-type":"Sold","detail":{}}').input).toMatchObject({
    Entries: [{ EventBusName: 'default' }],
  });
});
