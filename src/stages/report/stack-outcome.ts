import { planHash } from '../../assembly/plan-hash.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import { accountHash } from '../../hash/account-hash.ts';
import type { Operation } from '../../outcome.ts';
import type { Problem } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import type { TemplateDiff } from '../../template/diff/types.ts';
import { accountOf, type Run, stageOf } from '../run.ts';

/** What is known of one stack once the run is done with it. */
export interface StackOutcome {
  readonly report: StackReport;
  readonly operation: Operation;
  readonly stackId: string;
  readonly status: string;
  readonly changeSetId: string;
  /** Path of the template with its locations. */
  readonly template: string;
}

export const NO_CHANGES: TemplateDiff = { resources: [], outputs: [], parameters: [], other: [], iam: [] };

/** A stack of which nothing is compared. */
export const emptyReport = (
  about: Pick<StackReport, 'stackName' | 'region' | 'stage' | 'state'>,
): StackReport => ({
  ...about,
  base: { kind: 'nothing', why: 'nothing was compared' },
  diff: NO_CHANGES,
  changedParameters: [],
  changedTags: [],
  codeSizes: {},
  planHash: '',
  accountHash: '',
  outputs: {},
  failure: undefined,
});

/** A stack that came to nothing: it failed before there was anything to compare, or was not begun at all. */
export async function failedStack(
  stack: StackAssembly,
  failure: Problem | undefined,
  run: Run,
): Promise<StackOutcome> {
  const account = stack.environment?.account ?? (await accountOf(run.aws));
  return {
    operation: 'none',
    stackId: '',
    status: '',
    changeSetId: '',
    template: '',
    report: {
      ...emptyReport({
        stackName: stack.stackName,
        region: stack.environment?.region ?? run.aws?.region,
        stage: stageOf(run),
        state: 'failed',
      }),
      base: { kind: 'nothing', why: 'it failed before' },
      planHash: planHash(stack),
      accountHash: accountHash(account),
      failure,
    },
  };
}
