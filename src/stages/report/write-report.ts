import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../outcome.ts';
import { problemLine } from '../../problem.ts';
import { renderDiffJson } from '../../report/diff-json.ts';
import { renderHtml } from '../../report/html.ts';
import type { Report } from '../../report/model.ts';
import { redactReport } from '../../report/redact.ts';
import { storeReport } from '../../report/stored.ts';
import { hasChanges } from '../../report/verdict.ts';
import { folderOf, type Run } from '../run.ts';
import { drawPictures } from './draw-pictures.ts';
import { targetOf } from './run-target.ts';
import type { StackOutcome } from './stack-outcome.ts';

/** Only a pull request has a base commit to compare with. */
async function lockFilesOf(stacks: Report['stacks'], run: Run) {
  if (run.host.event.baseSha === undefined) return [];
  const { lockFileChanges } = await import('./lock-files.ts');
  return lockFileChanges(stacks, run);
}

/** Joins what became of each stack, and writes it down for programs (diff.json) and people (report.html). */
export async function writeReport(
  outcomes: readonly StackOutcome[],
  warnings: readonly string[],
  run: Run,
): Promise<Omit<Outcome, 'toSave'>> {
  const { noop, host } = run;
  const output = folderOf(run);
  const stacks = outcomes.map(({ report }) => report);
  const failed = stacks.filter(({ state }) => state === 'failed');
  for (const { failure } of failed) if (failure) host.log.error(problemLine(failure), failure.place);
  const lockFiles = noop ? await lockFilesOf(stacks, run) : [];
  const report: Report = {
    state: failed.length > 0 ? 'failed' : noop ? 'preview' : 'deployed',
    stacks,
    problems: [],
    warnings,
    ...(lockFiles.length > 0 && { lockFiles }),
    target: targetOf(
      run,
      stacks.map(({ stackName }) => stackName),
    ),
    commit: host.event.sha,
    runUrl: host.event.runUrl,
  };
  const diff = join(output, 'diff.json');
  const shown = redactReport(report, host.log.redact);
  writeFileSync(diff, host.log.redact(renderDiffJson(shown)));
  // One page shows all targets.
  if (run.target === undefined)
    writeFileSync(
      join(output, 'report.html'),
      host.log.redact(renderHtml(shown, { pictures: await drawPictures(shown.stacks) })),
    );
  writeFileSync(join(output, 'report.json'), storeReport(shown));
  const drifted = stacks.flatMap((stack) => stack.drifted ?? []);
  const [first] = outcomes;
  const single = outcomes.length === 1;
  const stackOutputs = single ? (first?.report.outputs ?? {}) : {};
  const byStack = Object.fromEntries(stacks.map(({ stackName, outputs }) => [stackName, outputs]));
  return {
    ok:
      failed.length === 0 &&
      !(run.inputs.validate && stacks.some(({ refused = [] }) => refused.length > 0)) &&
      !(noop && run.inputs.failOn?.includes('drift') && drifted.length > 0),
    report,
    outputs: {
      'stack-name': first?.report.stackName ?? '',
      'stack-id': first?.stackId ?? '',
      'stack-status': first?.status ?? '',
      operation: first?.operation ?? 'none',
      changed: String(
        noop ? stacks.some(hasChanges) : outcomes.some(({ operation }) => operation !== 'none'),
      ),
      environment: run.environment && !noop ? run.environment.name : '',
      'environment-url': stacks.find(({ environment }) => environment?.url)?.environment?.url ?? '',
      outputs: JSON.stringify(single ? stackOutputs : byStack),
      template: first?.template ?? '',
      diff,
      drift: drifted.join('\n'),
      'change-set-id': first?.changeSetId ?? '',
    },
    stackOutputs,
  };
}
