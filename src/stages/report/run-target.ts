import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { accountHash } from '../../hash/account-hash.ts';
import { noteTarget, stacksOf } from '../../outcome.ts';
import type { RunTarget } from '../../report/model.ts';
import { accountOf, type Run, stageOf } from '../run.ts';

/** What the report of a run is about. */
export function targetOf(run: Run, stackNames: readonly string[]): RunTarget {
  const { inputs, aws, source } = run;
  const { workingDirectory, space } = source;
  return {
    stackNames,
    folder: relative(space.root, resolve(workingDirectory, source.source ?? '.')) || '.',
    selected: source.stacks?.join(', ') ?? '',
    region: inputs.region ?? aws?.region,
    stage: stageOf(run),
    accountHash: '',
  };
}

/** Notes on the error that ended a run what it was about, for whoever reports it. */
export async function noteRun(error: unknown, run: Run): Promise<void> {
  const { stackNames, account } = stacksOf(error);
  const { stackName } = run.source;
  const names = stackNames.length === 0 && stackName !== undefined ? [stackName] : stackNames;
  const known = account ?? (await accountForComment(run));
  noteTarget(error, { ...targetOf(run, names), accountHash: accountHash(known) });
}

/** Asked only where it decides whose comment it is. Of a CDK application, only its manifest knows. */
async function accountForComment({ inputs, aws, source }: Run): Promise<string | undefined> {
  const manifest = join(source.workingDirectory, source.source ?? 'cdk.out', 'manifest.json');
  const isCommented = inputs.githubToken !== undefined && inputs.comment !== 'false';
  return isCommented && !existsSync(manifest) ? accountOf(aws) : undefined;
}
