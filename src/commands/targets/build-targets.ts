import { dirname, join } from 'node:path';
import type { Host } from '../../host.ts';
import type { ToSave } from '../../outcome.ts';
import type { ServiceReader } from '../../packaging/inputs/touches.ts';
import { checkOutputFolder } from '../../packaging/workspace/output-folder.ts';
import { ProblemError } from '../../problem.ts';
import { externalRoles } from '../../service/marshal/index.ts';
import { type Builders, newBuilders } from '../../stages/assemble/builders.ts';
import { type Assembled, assembleLoaded } from '../../stages/assemble/index.ts';
import type { Loaded } from '../../stages/assemble/load-source.ts';
import type { Run } from '../../stages/run.ts';
import { PLAN_FOLDER } from '../../targets/plan-file.ts';
import type { Target } from '../../targets/target.ts';
import { runOf } from '../run.ts';
import { inputsOf } from './inputs-of.ts';
import { readersOf } from './readers.ts';
import { hasHooks, loadAll, type TargetRun } from './target-run.ts';
import type { TargetInputs } from './targets-of.ts';

/** A target with what is deployed to it. */
export interface BuiltTarget {
  readonly target: Target;
  readonly assembled: Assembled;
  /** Who read what. */
  readonly readers: readonly ServiceReader[];
}

/**
 * Builds all targets without asking AWS: what is equal for several of one service is built once.
 *
 * @returns for each what it deploys; and what the post step saves
 * @throws ProblemError with what is wrong with any of them
 */
export async function buildTargets(
  targets: readonly Target[],
  inputs: TargetInputs,
  host: Host,
): Promise<{ readonly built: readonly BuiltTarget[]; readonly toSave: readonly ToSave[] | undefined }> {
  const all = await loadAll(offlineRuns(targets, inputs, host));
  for (const { loaded } of all) refuseNamedRoles(loaded);
  const builders = new Map<string, Builders>();
  const built: BuiltTarget[] = [];
  const toSave = new Map<string, ToSave>();
  for (const { target, run, loaded } of all) {
    const known = (hasHooks(loaded) ? undefined : builders.get(run.output)) ?? newBuilders();
    builders.set(run.output, known);
    await host.log.group(`Target ${target.name}`, async (log) => {
      const own = { ...run, host: { ...run.host, log } };
      const assembled = await assembleLoaded(loaded, own, known);
      built.push({ target, assembled, readers: await readersOf(loaded, own) });
      if (assembled.toSave) toSave.set(run.output, assembled.toSave);
    });
  }
  return { built, toSave: toSave.size > 0 ? [...toSave.values()] : undefined };
}

/** Targets of one service share what was found out about it. */
function offlineRuns(targets: readonly Target[], inputs: TargetInputs, host: Host): readonly TargetRun[] {
  const services = new Map<string, Run>();
  checkOutputFolder(dirname(join(host.workspace, PLAN_FOLDER)));
  return targets.map((target) => {
    const own = runOf(inputsOf(target, inputs), host, {
      noop: true,
      aws: undefined,
      environment: undefined,
    });
    if (!services.has(own.output)) checkOutputFolder(own.output);
    const { context, cache } = services.get(own.output) ?? own;
    const run = { ...own, target: target.name, context, cache };
    services.set(own.output, run);
    return { target, run };
  });
}

/** A role's ARN is looked up with the credentials of its account, which a job that only builds does not have. */
function refuseNamedRoles(loaded: Loaded): void {
  if (loaded.kind !== 'service') return;
  const roles = externalRoles(loaded.loaded.service).filter((role) => !role.startsWith('arn:'));
  if (roles.length === 0) return;
  throw new ProblemError({
    subject: loaded.loaded.service.name,
    message: `roles are given by name (${roles.join(', ')}), and a plan asks no account for their ARNs`,
    place: { file: loaded.loaded.file },
    next: 'Give ARNs, or let one job deploy all targets.',
  });
}
