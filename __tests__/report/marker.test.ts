import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ALL_TARGETS,
  type Marker,
  markerOf,
  parseMarker,
  renderMarker,
  sameComment,
} from '../../src/report/marker.ts';
import { report, stackReport } from './sample.ts';

const AUTHOR = { workflow: 'w', run: '41/1', job: 'deploy', instance: 'i', shows: 'result' } as const;
const marker = (stack: string, given: Partial<Marker & Marker['stacks'][number]> = {}): Marker => {
  const { region = 'r', stage = 's', account = 'a', ...author } = given;
  const place = { region, stage, account };
  return { ...AUTHOR, folder: '.', place, stacks: [{ stack, ...place, plan: 'p' }], ...author };
};
const plan = (job: string): Marker => marker('a', { job, shows: 'plan' });
const unknown = (folder: string, given: Parameters<typeof marker>[1] = {}): Marker => ({
  ...marker('a', given),
  folder,
  stacks: [],
});

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
          place: { region: '', stage: '', account: '' },
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
      shows: 'result',
      folder: '',
      place: { region: '', stage: '', account: '' },
      stacks: [{ ...stacks[0], stage: '' }],
    });
  });
  it('names the stacks that a failed run was about', () => {
    const target = {
      stackNames: ['a', 'b'],
      folder: 'x',
      selected: '',
      region: 'r',
      stage: 's',
      accountHash: 'h',
    };
    const failed = { ...report([]), state: 'failed' as const, target };
    expect(markerOf(failed, AUTHOR).stacks).toEqual([
      { stack: 'a', region: 'r', stage: 's', account: 'h', plan: '' },
      { stack: 'b', region: 'r', stage: 's', account: 'h', plan: '' },
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
    [
      'reports of all jobs, whichever stacks each is about',
      unknown(ALL_TARGETS),
      unknown(ALL_TARGETS, { stage: 't' }),
      true,
    ],
    ['reports of all jobs and of one', unknown(ALL_TARGETS), marker('a'), false],
    ['a run of the same folder that knew no stacks', marker('a'), unknown('.'), true],
    ['a run of another folder that knew no stacks', marker('a'), unknown('other'), false],
    ['a run of another stage that knew no stacks', marker('a'), unknown('.', { stage: 'x' }), false],
    ['a run in no stage that knew no stacks', marker('a'), unknown('.', { stage: '' }), false],
    ['a run in another account that knew no stacks', marker('a'), unknown('.', { account: 'x' }), false],
    ['a run in an unknown account that knew no stacks', marker('a'), unknown('.', { account: '' }), true],
    ['two runs that knew no stacks', unknown('.'), unknown('.'), true],
    ['two runs of two stages that knew no stacks', unknown('.'), unknown('.', { stage: 'x' }), false],
    ['another job of the same matrix', marker('a'), marker('a', { instance: 'j' }), false],
    ['the same job of a later run', marker('a'), marker('a', { instance: 'j', run: '42/1' }), true],
    ['a job that previews the same', plan('deploy'), plan('other'), false],
    ['the job that deploys what another one previewed', plan('preview'), marker('a'), true],
    ['another job that previews in a later run', plan('deploy'), { ...plan('other'), run: '42/1' }, true],
    ['the job after it', marker('a'), marker('a', { instance: 'j', job: 'apply' }), true],
  ];
  it.each(cases)('%s', (_name, a, b, expected) => {
    expect([sameComment(a, b), sameComment(b, a)]).toEqual([expected, expected]);
  });
});
