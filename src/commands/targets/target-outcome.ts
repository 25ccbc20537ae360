import { relative } from 'node:path';
import { accountHash } from '../../hash/account-hash.ts';
import type { Outcome } from '../../outcome.ts';
import type { Problem, ProblemError } from '../../problem.ts';
import type { StackReport, TargetLabel } from '../../report/model.ts';
import { emptyReport } from '../../stages/report/stack-outcome.ts';
import { accountOf, type Run, stageOf } from '../../stages/run.ts';
import type { Target } from '../../targets/target.ts';
import { type LoadedTarget, stackNamesOf, type TargetRun } from './target-run.ts';

/** What became of a target. */
export interface TargetOutcome extends TargetRun {
  /** Whether anything was done for it. */
  readonly isBegun?: false;
  readonly outcome: Outcome;
}

/** What reports call a target. */
export function labelOf({ name, account }: Target, { source }: Run): TargetLabel {
  const service = relative(source.space.root, source.workingDirectory) || '.';
  return { name, service, ...(account !== undefined && { account }) };
}

/** A target that failed before there was a report of it. */
export async function failedTarget(target: LoadedTarget, { problems }: ProblemError): Promise<TargetOutcome> {
  return failed(target, problems[0], await accountOf(target.run.aws));
}

/** A target that nothing was done for, because of others. */
export function notBegun(
  target: LoadedTarget,
  why: string,
  what: 'deployed' | 'deleted' = 'deployed',
): TargetOutcome {
  const begun = failed(target, undefined, undefined);
  const { report } = begun.outcome;
  const notes = [`Not ${what}, because ${why}.`];
  const told = report && { ...report, stacks: report.stacks.map((stack) => ({ ...stack, notes })) };
  return { ...begun, outcome: { ...begun.outcome, report: told }, isBegun: false };
}

function failed(
  target: LoadedTarget,
  failure: Problem | undefined,
  account: string | undefined,
): TargetOutcome {
  const { run } = target;
  const stacks = stackNamesOf(target).map(
    (stackName): StackReport => ({
      ...emptyReport({
        stackName,
        region: run.aws?.region ?? run.inputs.region,
        stage: stageOf(run),
        state: 'failed',
      }),
      accountHash: accountHash(account),
      failure,
    }),
  );
  const { event } = run.host;
  const report = {
    state: 'failed',
    stacks,
    problems: [],
    warnings: [],
    target: {
      stackNames: stackNamesOf(target),
      folder: '.',
      selected: '',
      region: undefined,
      stage: undefined,
      accountHash: '',
    },
    commit: event.sha,
    runUrl: event.runUrl,
  } as const;
  return {
    target: target.target,
    run,
    outcome: { ok: false, report, outputs: { operation: 'none' }, stackOutputs: {} },
  };
}
