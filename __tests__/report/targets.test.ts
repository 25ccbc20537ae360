import { expect, it } from '@jest/globals';
import { COMMENT_LIMIT, renderMarkdown } from '../../src/report/markdown.ts';
import { renderMarker } from '../../src/report/marker.ts';
import type { Report, StackReport } from '../../src/report/model.ts';
import { parseStoredReport, storeReport } from '../../src/report/stored.ts';
import { groupsOf, isOfTargets } from '../../src/report/targets/groups.ts';
import { matrix } from '../../src/report/targets/matrix.ts';
import { headline, verdict } from '../../src/report/verdict.ts';

const STAGES = ['dev', 'test', 'staging', 'prod'];
const REGIONS = Array.from({ length: 15 }, (_, index) => `eu-west-${index + 1}`);

/** A stack whose function gets more memory, and in production an open door. */
function stack(stage: string, region: string, more: Partial<StackReport> = {}): StackReport {
  const open = stage === 'prod';
  return {
    label: { name: `${stage}-${region}`, service: 'services/orders' },
    stackName: `orders-${stage}`,
    region,
    stage,
    state: 'preview',
    base: { kind: 'deployed' },
    diff: {
      resources: [
        {
          kind: 'changed',
          logicalId: 'Take',
          type: 'AWS::Lambda::Function',
          impact: 'update',
          losesData: false,
          code: undefined,
          changes: [
            { path: 'Properties.MemorySize', before: 128, after: 256, impact: 'update' },
            {
              path: 'Properties.Environment.Variables.TABLE',
              before: `old-${stage}-${region}`,
              after: `new-${stage}-${region}`,
              impact: 'update',
            },
          ],
        },
      ],
      outputs: [],
      parameters: [],
      other: [],
      iam: open
        ? [
            {
              kind: 'added',
              logicalId: 'Take',
              effect: 'Allow',
              principal: '*',
              action: 'lambda:InvokeFunctionUrl',
              resource: 'Take',
              condition: '',
              property: 'Url',
              concern: 'public',
            },
          ]
        : [],
    },
    changedParameters: [],
    changedTags: [],
    codeSizes: {},
    planHash: 'a'.repeat(64),
    accountHash: 'b'.repeat(64),
    outputs: {},
    failure: undefined,
    ...more,
  };
}

const report = (stacks: readonly StackReport[]): Report => ({
  state: 'preview',
  stacks,
  problems: [],
  warnings: [],
  target: {
    stackNames: [],
    folder: '.',
    selected: '',
    region: undefined,
    stage: undefined,
    accountHash: '',
  },
  commit: 'c'.repeat(40),
  runUrl: undefined,
});

const all = STAGES.flatMap((stage) => REGIONS.map((region) => stack(stage, region)));
const groups = (stacks: readonly StackReport[]) => (isOfTargets(stacks) ? groupsOf(stacks) : []);

it('shows equal changes once, and what differs by itself', () => {
  const found = groups(all);
  expect(found.map(({ names, of }) => [names.length, of])).toEqual([
    [60, 60],
    [15, 60],
  ]);
  expect(found.map(({ stack: { diff } }) => [diff.resources.length, diff.iam.length])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

it('takes a stage for a word, not for letters in one', () => {
  const two = [stack('a', 'eu-west-1'), stack('b', 'eu-west-1')];
  expect(groups(two).map(({ names }) => names)).toEqual([['a-eu-west-1', 'b-eu-west-1']]);
});

it('keeps two services apart', () => {
  const users = stack('dev', 'eu-west-1', {
    label: { name: 'users', service: 'services/users' },
    stackName: 'users-dev',
  });
  expect(groups([stack('dev', 'eu-west-1'), users])).toHaveLength(2);
});

it('puts stages down and regions across, or accounts where regions tell nothing', () => {
  const rows = matrix(all as never).split('\n');
  expect(rows).toHaveLength(2 + STAGES.length);
  expect(rows[0]?.split('|')).toHaveLength(3 + REGIONS.length);
  const accounts = ['111111111111', '222222222222'].map((account) =>
    stack('prod', 'eu-west-1', { label: { name: account, service: '.', account } }),
  );
  expect(matrix(accounts as never).split('\n')[0]).toContain('| 111111111111 | 222222222222 |');
});

it('fits 60 targets into a comment, with all cautions and the whole table', () => {
  const marker = renderMarker({
    workflow: 'Deploy',
    run: '1',
    job: 'deploy',
    instance: '',
    shows: 'plan',
    folder: '.',
    place: { region: '', stage: '', account: '' },
    stacks: all.map(({ stackName, region = '', stage = '', accountHash, planHash }) => ({
      stack: stackName,
      region,
      stage,
      account: accountHash,
      plan: planHash,
    })),
  });
  const text = renderMarkdown(report(all), { limit: COMMENT_LIMIT, marker });
  expect(Buffer.byteLength(text)).toBeLessThan(COMMENT_LIMIT);
  expect(text).not.toContain('Not everything fits here');
  expect(text).toContain('60 targets: changes in 60');
  expect(text.match(/is open to everybody/g)).toHaveLength(1);
  expect(text).toMatch(/is open to everybody.* — in prod.*and 9 more targets/);
  expect(text).toContain('#### The same in 60 targets');
});

it('tells what failed and what was not begun', () => {
  const failed = stack('dev', 'eu-west-1', { state: 'failed', failure: { message: 'no such bucket' } });
  const left = REGIONS.slice(1).map((region) =>
    stack('dev', region, { state: 'failed', notes: ['Not deployed, because a wave failed: dev-eu-west-1.'] }),
  );
  const told = { ...report([failed, ...left]), state: 'failed' as const };
  expect(headline(told)).toBe('15 targets: 1 failed, 14 not begun');
  expect(left.map(verdict).every((words) => words.endsWith(': not begun'))).toBe(true);
  const text = renderMarkdown(told, { limit: COMMENT_LIMIT });
  expect(text.replaceAll('\\', '')).toContain('**dev-eu-west-1**: no such bucket');
  expect(text.match(/Not deployed, because/g)).toHaveLength(1);
});

it('is stored with its targets', () => {
  const read = parseStoredReport(storeReport(report(all)), { commit: undefined, runUrl: undefined });
  expect(read.stacks[0]?.label).toEqual({ name: 'dev-eu-west-1', service: 'services/orders' });
});
