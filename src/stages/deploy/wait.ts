import type { ResourceChange } from '../../aws/stack/change-set.ts';
import type { StackEvent } from '../../aws/stack/events.ts';
import type { ChangeResult } from '../../aws/stack/follow-change.ts';

import type { Host } from '../../host.ts';
import type { Log } from '../../log.ts';
import type { StackReport } from '../../report/model.ts';
import { asHappened } from '../../template/diff/as-happened.ts';
import type { TemplateDocument } from '../../template/document.ts';
import type { Progress } from '../../terminal/progress.ts';
import { NO_CHANGES, type StackOutcome } from '../report/stack-outcome.ts';
import { logEvents } from './event-log.ts';
import { failureProblem } from './failure.ts';
import { replacements } from './replacements.ts';
import { timelineOf } from './timeline.ts';

/** Who is told of a change while it is made. */
export interface Watch {
  /** What the change set says, before it is executed. */
  readonly onChanges: (changes: readonly ResourceChange[]) => void;
  readonly onEvent: (event: StackEvent) => void;
}

/** Stage 18: shows what happens to a stack until a change of it has ended. */
export async function watchChange<T>(
  stackName: string,
  { host, log }: { readonly host: Host; readonly log: Log },
  change: (watch: Watch) => Promise<T>,
): Promise<T> {
  let progress: Progress | undefined;
  const print = logEvents(stackName, log);
  try {
    return await change({
      onChanges: (changes) => {
        for (const each of changes) log.info(changeLine(each));
        progress = host.progress?.(changes.length);
      },
      onEvent: (event) => {
        progress?.end();
        print(event);
        progress?.seen(event);
      },
    });
  } finally {
    progress?.end();
  }
}

const REPLACED = { True: ', replaced', Conditional: ', may be replaced', False: '' };

function changeLine({ action, logicalId, type, replacement }: ResourceChange): string {
  return `${action} ${logicalId} (${type})${REPLACED[replacement ?? 'False']}`;
}

const SAYS_NOTHING = 'CloudFormation says that nothing changes, so nothing was done.';

/** What is set with a change of the stack, and not without. */
const notTaken = ({ settings = [], changedTags }: StackReport): readonly string[] => [
  ...settings
    .filter(({ name }) => name !== 'termination protection')
    .map(({ name, before, after }) => `Not changed: ${name} (${before} instead of ${after}).`),
  ...(changedTags.length > 0 ? [`Not changed: tags (${changedTags.join(', ')}).`] : []),
];

/** What became of a stack. */
export function outcomeOf(
  result: ChangeResult,
  report: StackReport,
  template: TemplateDocument,
): Omit<StackOutcome, 'template'> {
  const { stack } = result;
  const about = {
    stackId: stack?.id ?? '',
    status: stack?.status ?? '',
    changeSetId: result.kind === 'unchanged' ? '' : result.changeSetId,
  };
  switch (result.kind) {
    case 'unchanged':
      return {
        ...about,
        operation: 'none',
        report: {
          ...report,
          state: 'unchanged',
          diff: NO_CHANGES,
          changedParameters: [],
          changedTags: [],
          // Termination protection is set beside.
          settings: report.settings?.filter(({ name }) => name === 'termination protection') ?? [],
          outputs: result.stack.outputs,
          notes: [SAYS_NOTHING, ...notTaken(report)],
        },
      };
    case 'created':
    case 'updated': {
      const operation = result.kind === 'created' ? 'create' : 'update';
      const diff = asHappened(report.diff, replacements(result.events, result.stack.id));
      const { outputs } = result.stack;
      const timeline = timelineOf(result.events, report.stackName);
      return { ...about, operation, report: { ...report, state: 'deployed', diff, outputs, timeline } };
    }
    case 'failed': {
      const failure = failureProblem(report.stackName, result, template);
      const timeline = timelineOf(result.events, report.stackName);
      return {
        ...about,
        operation: result.operation,
        report: { ...report, state: 'failed', failure, timeline },
      };
    }
  }
}
