import type { ActionOutputs, Outcome } from '../outcome.ts';
import type { Report, StackReport } from '../report/model.ts';
import { targetOf } from '../stages/report/run-target.ts';
import type { Run } from '../stages/run.ts';

/** What a deletion, or its preview, ends with. */
export function deletionOutcome(stack: StackReport, outputs: Partial<ActionOutputs>, run: Run): Outcome {
  const { event } = run.host;
  const report: Report = {
    state: stack.state === 'deleted' ? 'deleted' : 'preview',
    stacks: [stack],
    problems: [],
    warnings: [],
    target: targetOf(run, [stack.stackName]),
    commit: event.sha,
    runUrl: event.runUrl,
  };
  return {
    ok: true,
    report,
    outputs: { 'stack-name': stack.stackName, ...outputs },
    stackOutputs: {},
  };
}
