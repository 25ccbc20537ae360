import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Marker, markerOf, parseMarker, renderMarker, sameComment } from '../../src/report/marker.ts';
import { report, stackReport } from './sample.ts';

const AUTHOR = { workflow: 'w', run: '41/1', job: 'deploy', instance: 'i' };
const marker = (stack: string, given: Partial<Marker & Marker['stacks'][number]> = {}): Marker => {
  const { region = 'r', stage = 's', account = 'a', ...author } = given;
  return { ...AUTHOR, folder: '.', stacks: [{ stack, region, stage, account, plan: 'p' }], ...author };
};
const unknown = (folder: string): Marker => ({ ...marker('a'), folder, stacks: [] });

describe('the marker', () => {
  it('comes back as it was, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (workflow, stackName) => {
        const own = markerOf(report([stackReport({}, {}, { stackName })]), { ...AUTHOR, workflow });
        const line = renderMarker(own);
        expect(line).toMatch(/^<!-- sparta-action v1 [\w-]+ -->$/);
        expect(parseMarker(`${line}\nbody`)).toEqual({
          ...AUTHOR,
          workflow,
          folder: 'orders',
          stacks: [
            { stack: stackName, region: 'eu-central-1', stage: '', account: 'abc', plan: 'e'.repeat(64) },
          ],
        });
      }),
    );
  });
  it('of an earlier version is read, with nothing where that wrote nothing', () => {
    const stacks = [{ stack: 'a', region: 'r', account: 'b', plan: 'p' }];
    const line = `<!-- sparta-action v1 ${Buffer.from(JSON.stringify({ workflow: 'w', stacks })).toString('base64url')} -->`;
    expect(parseMarker(line)).toEqual({
      workflow: 'w',
      run: '',
      job: '',
      instance: '',
      folder: '',
      stacks: [{ ...stacks[0], stage: '' }],
    });
  });
  it('names the stacks that a failed run was about', () => {
    const target = { stackNames: ['a', 'b'], folder: 'x', region: 'r', stage: 's' };
    const failed = { ...report([]), state: 'failed' as const, target };
    expect(markerOf(failed, AUTHOR).stacks).toEqual([
      { stack: 'a', region: 'r', stage: 's', account: '', plan: '' },
      { stack: 'b', region: 'r', stage: 's', account: '', plan: '' },
    ]);
  });
  it('is none elsewhere, in another version, or damaged', () => {
    const line = renderMarker(markerOf(report([stackReport({}, {})]), AUTHOR));
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
    ['another workflow', marker('a'), marker('a', { workflow: 'x' }), false],
    ['another region', marker('a'), marker('a', { region: 'q' }), false],
    ['another stage', marker('a'), marker('a', { stage: 'q' }), false],
    ['another account', marker('a'), marker('a', { account: 'b' }), false],
    ['an account that was not known', marker('a'), marker('a', { account: '' }), true],
    [
      'a stack that came to it',
      marker('a'),
      { ...marker('b'), stacks: [...marker('b').stacks, ...marker('a').stacks] },
      true,
    ],
    ['a run of the same folder that knew no stacks', marker('a'), unknown('.'), true],
    ['a run of another folder that knew no stacks', marker('a'), unknown('other'), false],
    ['another job of the same matrix', marker('a'), marker('a', { instance: 'j' }), false],
    ['the same job of a later run', marker('a'), marker('a', { instance: 'j', run: '42/1' }), true],
    ['the job after it', marker('a'), marker('a', { instance: 'j', job: 'apply' }), true],
  ];
  it.each(cases)('%s', (_name, a, b, expected) => {
    expect([sameComment(a, b), sameComment(b, a)]).toEqual([expected, expected]);
  });
});
