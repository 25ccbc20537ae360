import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTargetReport, storeReport } from '../../src/report/stored.ts';
import { matrixOf, matrixText } from '../../src/targets/matrix.ts';
import { parsePlan, type TargetsPlan, writePlan } from '../../src/targets/plan-file.ts';
import { report, stackReport } from '../report/sample.ts';

const PLAN: TargetsPlan = {
  commit: 'a'.repeat(40),
  targets: [
    {
      name: 'orders-prod',
      service: 'services/orders',
      stage: 'prod',
      region: 'eu-central-1',
      account: '123456789012',
      wave: 1,
      stackNames: ['orders'],
      assembly: 'orders-dev',
      because: ['shared/prices.mjs has changed (the build of Main)'],
    },
  ],
  untouched: ['mail-prod'],
};
const [TARGET] = PLAN.targets;

describe('a plan that is handed on', () => {
  it('comes back as it was', () => {
    expect(parsePlan(writePlan(PLAN))).toEqual(PLAN);
  });

  it.each([
    ['{', 'it is not JSON'],
    ['null', 'has to be a map'],
    [writePlan(PLAN).replace('"version": 1', '"version": 2'), 'version has to be 1'],
    [writePlan({ ...PLAN, targets: [{ ...TARGET, assembly: '../../etc' } as never] }), 'targets[0].assembly'],
    [writePlan({ ...PLAN, targets: [{ ...TARGET, name: 'a b' } as never] }), 'targets[0].name'],
    [writePlan({ ...PLAN, targets: [{ ...TARGET, wave: -1 } as never] }), 'targets[0].wave'],
    [writePlan({ ...PLAN, untouched: ['orders-prod'] }), 'two targets have one name'],
    [' '.repeat(5 * 1024 * 1024), 'characters'],
  ])('is refused where it is something else: %#', (content, says) => {
    expect(() => parsePlan(content)).toThrow(says);
  });

  it('is refused, or read, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), (content) => {
        try {
          parsePlan(content);
        } catch (error) {
          expect(String(error)).toContain('is not used');
        }
      }),
    );
  });
});

describe('a report of a job', () => {
  const stored = storeReport(report([stackReport({}, {}, {})]), { target: 'orders-prod', failed: true });
  const origin = { commit: 'b'.repeat(40), runUrl: undefined };

  it('says whose it is, and counts as reviewed by nobody', () => {
    const found = parseTargetReport(stored, origin);
    expect(found).toMatchObject({ target: 'orders-prod', report: { commit: origin.commit } });
    expect(found.report.stacks.map(({ planHash, accountHash }) => [planHash, accountHash])).toEqual([
      ['', ''],
    ]);
  });

  it.each([
    [stored.replace('"target":"orders-prod",', ''), 'does not say which target'],
    [stored.replace('"target":"orders-prod"', '"target":"../x"'), 'target has to be the name of a target'],
    [stored.replace('"stacks":[{', '"stacks":[{"verification":[1],'), 'verification[0]'],
    [stored.replace('"stacks":[{', '"stacks":[{"environment":{"name":1},'), 'environment.name'],
  ])('is refused where it is something else: %#', (content, says) => {
    expect(() => parseTargetReport(content, origin)).toThrow(says);
  });
});

it('has no matrix without targets, which GitHub would refuse', () => {
  expect(matrixText(matrixOf([]))).toBe('');
});
