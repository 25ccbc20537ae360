import { describe, expect, it } from '@jest/globals';
import { targetInput, valueAt } from '../../../src/local/buses/input.ts';

const event = {
  id: 'e-1',
  time: '2026-11-30T00:00:00Z',
  source: 'shop',
  detail: { id: '7', name: 'a "quoted" one', lines: [{ sku: 'a' }], amount: 2 },
};
const rule = { name: 'orders', arn: 'arn:aws:events:us-east-1:123456789012:rule/orders' };
const target = { id: 'one', arn: 'arn:aws:lambda:us-east-1:123456789012:function:one' };
const made = (template: string, paths: Record<string, string> = {}): unknown =>
  JSON.parse(targetInput({ ...target, transformer: { paths, template } }, event, rule));

describe('what a target gets', () => {
  it('is the event, a part of it or what is written', () => {
    expect(JSON.parse(targetInput(target, event, rule))).toEqual(event);
    expect(targetInput({ ...target, inputPath: '$.detail.id' }, event, rule)).toBe('"7"');
    expect(targetInput({ ...target, input: '{"a":1}' }, event, rule)).toBe('{"a":1}');
  });

  it('is made of parts of the event by a transformer', () => {
    const paths = {
      id: '$.detail.id',
      name: '$.detail.name',
      lines: '$.detail.lines',
      none: '$.detail.none',
    };
    expect(made('{"order": <id>, "text": "<name> (<none>)", "lines": <lines>}', paths)).toEqual({
      order: '7',
      text: 'a "quoted" one ()',
      lines: [{ sku: 'a' }],
    });
    expect(made('"Order <id> by <aws.events.rule-name>"', paths)).toBe('Order 7 by orders');
    expect(made('{"whole": <aws.events.event.json>, "at": "<aws.events.event.ingestion-time>"}')).toEqual({
      whole: event,
      at: event.time,
    });
  });

  it('is text where it is no JSON', () => {
    expect(made('Order <id>!', { id: '$.detail.amount' })).toBe('Order 2!');
  });
});

it.each([
  ['$', event],
  ['$.detail.lines[0].sku', 'a'],
  ["$.detail['id']", '7'],
  ['$.detail.nothing.more', undefined],
])('finds %s', (path, value) => {
  expect(valueAt(event, path)).toEqual(value);
});
