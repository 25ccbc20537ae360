import { dirname, join, resolve } from 'node:path';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import { loadTargets, targetsFile } from '../../sources/targets.ts';
import { refuseUntrusted } from '../../stages/trust.ts';
import type { Target } from '../../targets/target.ts';
import { matching } from '../../targets/waves.ts';
import { closest } from '../../text/closest.ts';
import { folderInside } from '../run.ts';

/** The inputs of a run that has targets. */
export type TargetInputs = Inputs & { readonly targets: string };

/**
 * The targets that the input `targets` defines.
 *
 * @throws ProblemError with everything that is wrong with them
 */
export async function allTargets(inputs: TargetInputs, host: Host): Promise<readonly [Target, ...Target[]]> {
  const space = workspace(host.workspace, inputs.allowOutsideWorkspace);
  const folder = resolve(space.root, inputs.workingDirectory);
  const file = targetsFile(inputs.targets);
  if (file !== undefined && !/\.(ya?ml|json)$/.test(file))
    await refuseUntrusted(
      { env: host.env, allowed: inputs.allowUntrustedCode },
      dirname(resolve(folder, file)),
    );
  return loadTargets(space, folder, inputs.targets);
}

/**
 * Those of them that the input `target` means; without it, all.
 *
 * @throws ProblemError for each name and pattern that means none
 */
export function selectedTargets(
  all: readonly [Target, ...Target[]],
  { target: patterns }: Pick<Inputs, 'target'>,
): readonly [Target, ...Target[]] {
  if (patterns === undefined) return all;
  const found = patterns.map((pattern) => ({ pattern, meant: matching(pattern, all) }));
  const names = all.map(({ name }) => name);
  const problems = found.flatMap(({ pattern, meant }) => {
    if (meant.length > 0) return [];
    const close = closest(pattern, names);
    return {
      subject: 'input target',
      message: `there is no target ${pattern}`,
      next: close ? `Give ${close} if that is meant.` : `Targets are ${names.join(', ')}.`,
    };
  });
  if (problems.length > 0) throw new ProblemError(problems);
  const selected = new Set(found.flatMap(({ meant }) => meant));
  const [first, ...others] = all.filter((target) => selected.has(target));
  return first ? [first, ...others] : all;
}

/** A run of targets, and where it runs. */
export interface RunOfTargets {
  readonly inputs: Inputs;
  readonly host: Host;
}

/**
 * Where the files about all targets of a run go, whatever the folders of their services are.
 *
 * @throws ProblemError when the working directory is no folder of the workspace
 */
export const outputFolder = ({ inputs, host }: RunOfTargets): string =>
  join(
    folderInside(workspace(host.workspace, inputs.allowOutsideWorkspace), inputs.workingDirectory),
    '.sparta',
  );
