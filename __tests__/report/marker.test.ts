import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Marker, parseMarker, renderMarker, sameComment } from '../../src/report/marker.ts';
import { report, stackReport } from './sample.ts';

const marker = (stack: string, region = 'r', account = 'a', workflow = 'w'): Marker => ({
  workflow,
  stacks: [{ stack, region, account, plan: 'p' }],
});

describe('the marker', () => {
  it('comes back as it was, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (workflow, stackName) => {
        const line = renderMarker(report([stackReport({}, {}, { stackName })]), workflow);
        expect(line).toMatch(/^<!-- sparta-action v1 [\w-]+ -->$/);
        expect(parseMarker(`${line}\nbody`)).toEqual({
          workflow,
          stacks: [{ stack: stackName, region: 'eu-central-1', account: 'abc', plan: 'e'.repeat(64) }],
        });
      }),
    );
  });
  it('is none elsewhere, in another version, or damaged', () => {
    const line = renderMarker(report([stackReport({}, {})]), 'w');
    const encode = (value: unknown) =>
      `<!-- sparta-action v1 ${Buffer.from(JSON.stringify(value)).toString('base64url')} -->`;
    const damaged = [
      `x${line}`,
      ` ${line}`,
      line.replace('v1', 'v2'),
      line.slice(0, 40),
      '',
      encode(null),
      encode({ workflow: 'w', stacks: [null] }),
      encode({ workflow: 'w', stacks: [{ stack: 1 }] }),
    ];
    for (const body of damaged) expect(parseMarker(body)).toBeUndefined();
  });
});

describe('the same comment', () => {
  const cases: [string, Marker, Marker, boolean][] = [
    ['the same stack', marker('a'), marker('a'), true],
    ['another stack', marker('a'), marker('b'), false],
    ['another workflow', marker('a'), marker('a', 'r', 'a', 'x'), false],
    ['another region', marker('a'), marker('a', 'q'), false],
    ['another account', marker('a'), marker('a', 'r', 'b'), false],
    ['an account that was not known', marker('a'), marker('a', 'r', ''), true],
    [
      'a stack that came to it',
      marker('a'),
      { workflow: 'w', stacks: [...marker('b').stacks, ...marker('a').stacks] },
      true,
    ],
    ['a run that knew no stacks', marker('a'), { workflow: 'w', stacks: [] }, true],
  ];
  it.each(cases)('%s', (_name, a, b, expected) => {
    expect([sameComment(a, b), sameComment(b, a)]).toEqual([expected, expected]);
  });
});
