import { resolve } from 'node:path';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { readInside, resolveInside, workspace } from '../packaging/workspace/workspace.ts';
import { ProblemError } from '../problem.ts';
import { parseStoredReport } from '../report/stored.ts';

/** Where a preview leaves its report, relative to the working directory. */
const STORED = '.sparta/report.json';

/**
 * Posts the report of a preview that another workflow stored, which had no right to comment. Nothing of the pull request
 * is run, and its report is read as hostile input: see docs/untrusted.md.
 *
 * @throws ProblemError when there is none, or it is not what a preview stores
 */
export async function commentCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const { event } = host;
  const space = workspace(host.workspace, false);
  const folder = resolve(host.workspace, inputs.workingDirectory);
  const found = resolveInside(space, folder, inputs.source ?? STORED, { file: 'input source' });
  if ('problem' in found) {
    throw new ProblemError({
      ...found.problem,
      next: 'Download the artifact with the report first: docs/untrusted.md shows how.',
    });
  }
  const { startedBy } = event;
  const report = parseStoredReport(readInside(space, found.path).toString(), {
    commit: startedBy?.headSha ?? event.sha,
    runUrl: startedBy?.url ?? event.runUrl,
  });
  const [first] = report.stacks;
  return {
    ok: true,
    report,
    outputs: { 'stack-name': first?.stackName ?? '', operation: 'preview' },
    stackOutputs: {},
  };
}
