import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { patternProblem } from '../../src/local/patterns/check.ts';
import { matches } from '../../src/local/patterns/match.ts';
import type { JsonObject } from '../../src/template/types.ts';

const event: JsonObject = {
  source: 'shop.orders',
  'detail-type': 'taken',
  region: 'eu-central-1',
  resources: ['arn:one', 'arn:two'],
  detail: {
    state: 'new',
    amount: 12.5,
    urgent: true,
    note: null,
    ip: '10.0.0.42',
    path: 'dir/file.png',
    empty: [],
    'meta.kind': 'parcel',
    meta: { weight: 3, 'kind.of': 'box' },
    grid: [[1, 2], [3]],
    lines: [
      { sku: 'a', count: 1, gift: true },
      { sku: 'b', count: 2 },
    ],
  },
};

/** Patterns of Amazon EventBridge's user guide, and whether they take the event. */
const CASES: readonly (readonly [pattern: JsonObject, taken: boolean])[] = [
  [{ source: ['shop.orders'] }, true],
  [{ source: ['shop.other'] }, false],
  [{ source: ['shop.other', 'shop.orders'], region: ['eu-central-1'] }, true],
  [{ resources: ['arn:two'] }, true],
  [{ detail: { amount: [12.5] } }, true],
  [{ detail: { amount: ['12.5'] } }, false],
  [{ detail: { urgent: [true], note: [null] } }, true],
  [{ detail: { urgent: ['true'] } }, false],
  [{ source: [{ prefix: 'shop.' }] }, true],
  [{ source: [{ prefix: { 'equals-ignore-case': 'SHOP' } }] }, true],
  [{ detail: { path: [{ suffix: '.png' }] } }, true],
  [{ detail: { path: [{ suffix: { 'equals-ignore-case': '.PNG' } }] } }, true],
  [{ detail: { state: [{ 'equals-ignore-case': 'NEW' }] } }, true],
  [{ detail: { state: [{ 'anything-but': 'new' }] } }, false],
  [{ detail: { state: [{ 'anything-but': ['old', 'gone'] }] } }, true],
  [{ detail: { state: [{ 'anything-but': { prefix: 'ne' } }] } }, false],
  [{ detail: { state: [{ 'anything-but': { suffix: ['x', 'y'] } }] } }, true],
  [{ detail: { path: [{ 'anything-but': { wildcard: '*.png' } }] } }, false],
  [{ detail: { state: [{ 'anything-but': { 'equals-ignore-case': ['NEW'] } }] } }, false],
  [{ detail: { missing: [{ 'anything-but': 'new' }] } }, false],
  [{ detail: { amount: [{ numeric: ['>', 12, '<=', 12.5] }] } }, true],
  [{ detail: { amount: [{ numeric: ['<', 12] }] } }, false],
  [{ detail: { amount: [{ numeric: ['=', 12.5] }] } }, true],
  [{ detail: { ip: [{ cidr: '10.0.0.0/24' }] } }, true],
  [{ detail: { ip: [{ cidr: '10.0.1.0/24' }] } }, false],
  [{ detail: { state: [{ exists: true }], missing: [{ exists: false }] } }, true],
  [{ detail: { state: [{ exists: false }] } }, false],
  [{ detail: { path: [{ wildcard: 'dir/*.png' }] } }, true],
  [{ detail: { path: [{ wildcard: 'dir\\*file.png' }] } }, false],
  [{ detail: { path: [{ wildcard: 'dir\\**' }] } }, false],
  [{ detail: { ip: [{ cidr: '0.0.0.0/0' }] } }, true],
  [{ detail: { ip: [{ cidr: '2001:db8::/32' }] } }, false],
  [{ detail: { lines: { sku: ['b'], count: [{ numeric: ['>', 1] }] } } }, true],
  [{ detail: { lines: { sku: ['a'], count: [2] } } }, false],
  [{ detail: { empty: ['a'] } }, false],
  // As AWS's own library has it (aws/event-ruler 2.0.1): a list without leaves is nothing, lists within lists are one.
  [{ detail: { empty: [{ exists: true }] } }, false],
  [{ detail: { empty: [{ exists: false }] } }, true],
  [{ detail: { empty: { any: [{ exists: false }] } } }, true],
  [{ detail: { grid: [3] } }, true],
  [{ detail: { lines: [{ exists: true }] } }, false],
  [{ detail: { lines: [{ 'anything-but': 'a' }] } }, false],
  [{ detail: { lines: [{ exists: false }] } }, true],
  [{ detail: { lines: { gift: [{ exists: false }] } } }, false],
  [{ detail: { lines: { weight: [{ exists: false }], sku: ['b'] } } }, true],
  [{ detail: { $or: [{ state: ['old'] }, { amount: [{ numeric: ['>', 10] }] }] } }, true],
  [{ detail: { $or: [{ state: ['old'] }, { amount: [1] }] } }, false],
  // Names with dots are paths: `dot_joining_event` and `dot_joining_pattern`, as recorded in localstack/localstack.
  [{ detail: { meta: { kind: ['parcel'], weight: [3] } } }, true],
  [{ detail: { 'meta.weight': [3] } }, true],
  [{ 'detail.meta.weight': [3], detail: { state: ['new'] } }, true],
  [{ detail: { 'meta.weight': [{ exists: false }] } }, false],
  [{ detail: { meta: { kind: { of: ['box'] } } } }, true],
  [{ source: [{ unknown: 'operator' }] }, false],
];

/** What aws/event-ruler 2.0.1, and so EventBridge, refuses. */
const REFUSED: readonly JsonObject[] = [
  { a: 'x' },
  { a: 5 },
  { a: null },
  { a: { b: 'x' } },
  { a: [['x']] },
  { a: [{}] },
  { a: [{ unknown: 1 }] },
  { a: [{ prefix: 'a', suffix: 'b' }] },
  { a: [{ prefix: 1 }] },
  { a: [{ numeric: ['>'] }] },
  { a: [{ numeric: ['>', '1'] }] },
  { a: [{ numeric: ['!=', 1] }] },
  { a: [{ exists: 'true' }] },
  { a: [{ cidr: 'here/8' }] },
  { a: [{ 'anything-but': true }] },
  { a: [{ 'anything-but': null }] },
  { a: [{ 'anything-but': { unknown: ['<', 1] } }] },
  { $or: [{ a: ['x'] }, { a: 'x' }] },
  // As AWS answers `TestEventPattern`, recorded in localstack/localstack (`test_events_patterns.snapshot.json`).
  { a: [] },
  { a: [{ prefix: ['x'] }] },
  { a: [{ suffix: ['x'] }] },
  { a: [{ 'equals-ignore-case': ['x'] }] },
  { a: [{ wildcard: ['x*'] }] },
  { a: [{ wildcard: 'x**' }] },
  { a: [{ 'anything-but': { wildcard: ['a', 'x**y'] } }] },
  { a: [{ numeric: ['>', 0, '>', 1] }] },
  { a: [{ numeric: ['>', 1, '<', 0] }] },
  { a: [{ numeric: ['<', 1, '>', 0] }] },
  { a: [{ numeric: ['>', 0, '<', 1, '=', 2] }] },
  { a: [{ cidr: '10.0.0.0' }] },
  { a: [{ cidr: '10.0.0.0/x' }] },
  { a: [{ cidr: '10.0.0.0/33' }] },
  { a: [{ 'anything-but': { prefix: '' } }] },
  { a: [{ 'anything-but': { suffix: ['a', ''] } }] },
  { a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] },
  { a: [{ 'anything-but': { exists: false } }] },
  { a: [{ 'anything-but': ['x', 1] }] },
];

describe('a pattern', () => {
  it.each(REFUSED)('is refused: %j', (pattern) => {
    expect(patternProblem(pattern)).toBeDefined();
  });

  it.each(CASES.filter(([pattern]) => !JSON.stringify(pattern).includes('unknown')))(
    'is not refused: %j',
    (pattern) => {
      expect(patternProblem(pattern)).toBeUndefined();
    },
  );

  it.each(CASES)('%j: %s', (pattern, taken) => {
    expect(matches(pattern, event)).toBe(taken);
  });

  it('of no fields takes everything, and none fails on any event', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(matches({}, value as never)).toBe(true);
        for (const [pattern] of CASES) expect(typeof matches(pattern, value as never)).toBe('boolean');
      }),
    );
  });
});
