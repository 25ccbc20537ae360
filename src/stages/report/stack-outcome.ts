import { planHash } from '../../assembly/plan-hash.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Operation } from '../../outcome.ts';
import type { Problem } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import type { TemplateDiff } from '../../template/diff/types.ts';

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

/** A stack that came to nothing: it failed before there was anything to compare, or was not begun at all. */
export function failedStack(
  stack: StackAssembly,
  region: string | undefined,
  failure: Problem | undefined,
): StackOutcome {
  return {
    operation: 'none',
    stackId: '',
    status: '',
    changeSetId: '',
    template: '',
    report: {
      stackName: stack.stackName,
      region: stack.environment?.region ?? region,
      state: 'failed',
      base: { kind: 'nothing', why: 'it failed before' },
      diff: NO_CHANGES,
      changedParameters: [],
      changedTags: [],
      codeSizes: {},
      planHash: planHash(stack),
      accountHash: '',
      outputs: {},
      failure,
    },
  };
}
