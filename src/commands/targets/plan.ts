import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Assembly } from '../../assembly/types.ts';
import { writeSummary } from '../../github/summary.ts';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import type { Host } from '../../host.ts';
import { DEFAULT_STAGE } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import type { Changes } from '../../packaging/inputs/changes.ts';
import { type Touch, touching, unclaimed } from '../../packaging/inputs/touches.ts';
import { ProblemError } from '../../problem.ts';
import { planMarkdown } from '../../report/targets/planned.ts';
import { matrixOf, matrixText } from '../../targets/matrix.ts';
import { PLAN_FILE, PLAN_FOLDER, type PlannedTarget, writePlan } from '../../targets/plan-file.ts';
import type { Target } from '../../targets/target.ts';
import { wavesOf } from '../../targets/waves.ts';
import { type BuiltTarget, buildTargets } from './build-targets.ts';
import type { TargetInputs } from './targets-of.ts';
import { outsideServices, proposedChanges } from './touched.ts';

/** A target with why it is touched; nothing where it is not. */
interface Judged extends BuiltTarget {
  readonly touches: readonly Touch[];
}

/** @throws ProblemError always: a plan is about targets */
export async function planCommand(): Promise<Outcome> {
  throw new ProblemError({
    subject: 'input targets',
    message: 'a plan is about targets, and none are given',
    next: 'Give the path of a file such as sparta.targets.yml: docs/targets.md shows one. To preview one stack, leave command out and set noop: true.',
  });
}

/**
 * Builds all targets once, finds out which of them a pull request touches, and leaves what jobs need that deploy one target
 * each: `.sparta/plan`, and a matrix for each wave. AWS is not asked.
 *
 * @throws ProblemError with everything that is wrong with the targets or with what they deploy
 */
export async function planTargets(
  targets: readonly Target[],
  inputs: TargetInputs,
  host: Host,
): Promise<Outcome> {
  const { log } = host;
  const { built, toSave } = await buildTargets(targets, inputs, host);
  const changes = await proposedChanges(resolve(host.workspace, inputs.workingDirectory), host);
  const judged = await judge(built, changes, { inputs, host });
  const touched = judged.filter(({ touches }) => touches.length > 0);
  const untouched = judged.filter(({ touches }) => touches.length === 0).map(({ target }) => target.name);
  tell(judged, changes, host);
  const waves = wavesOf(touched.map(({ target }) => target));
  const planned = await handOn(touched, waves, { inputs, host, untouched });
  const shown = planned.map(({ name, service, wave, because }) => ({ name, service, wave, because }));
  await writeSummary(
    host.env.GITHUB_STEP_SUMMARY,
    log.redact(planMarkdown({ targets: shown, untouched })),
    log,
  );
  return {
    ok: true,
    report: undefined,
    outputs: {
      matrix: matrixText(matrixOf(touched.map(({ target }) => target))),
      waves: JSON.stringify(waves.map(matrixOf)),
      touched: JSON.stringify(touched.map(({ target }) => target.name)),
      because: JSON.stringify(Object.fromEntries(planned.map(({ name, because }) => [name, because]))),
    },
    stackOutputs: {},
    toSave,
  };
}

async function judge(
  built: readonly BuiltTarget[],
  changes: Changes,
  { inputs, host }: { readonly inputs: TargetInputs; readonly host: Host },
): Promise<readonly Judged[]> {
  if (changes.kind === 'unknown')
    return built.map((each) => ({ ...each, touches: [{ file: '', reason: changes.why }] }));
  const outside = await outsideServices(inputs, { changes, host });
  const touches = touching(changes, host.workspace);
  return built.map((each) => ({
    ...each,
    touches: [...outside.all, ...outside.of(each.target), ...touches(each.readers)],
  }));
}

/** Of long lists, the log has the first ones. */
const SHOWN = 20;

function tell(judged: readonly Judged[], changes: Changes, { log }: Host): void {
  for (const { target, touches } of judged)
    log.info(`${target.name}: ${touches.length === 0 ? 'not touched' : reasonsOf(touches).join('; ')}`);
  if (changes.kind === 'unknown') return;
  const left = unclaimed(
    changes,
    judged.flatMap(({ touches }) => touches),
  );
  if (left.length === 0) return;
  const more = left.length > SHOWN ? ` and ${left.length - SHOWN} more` : '';
  log.info(`Nothing that is built reads ${left.slice(0, SHOWN).join(', ')}${more}`);
}

/** Reasons that are told of a target; one is enough for it to be touched. */
const MOST_REASONS = 5;

function reasonsOf(touches: readonly Touch[]): readonly string[] {
  const reasons = [...new Set(touches.map(({ reason }) => reason))];
  const more = reasons.length - MOST_REASONS;
  return more > 0 ? [...reasons.slice(0, MOST_REASONS), `and ${more} more`] : reasons;
}

/** Writes what other jobs deploy; what an earlier run left there goes first. */
async function handOn(
  touched: readonly Judged[],
  waves: readonly (readonly Target[])[],
  { inputs, host, untouched }: { inputs: TargetInputs; host: Host; untouched: readonly string[] },
): Promise<readonly PlannedTarget[]> {
  const folder = join(host.workspace, PLAN_FOLDER);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { writeAssembly } = await import('../../assembly/store.ts');
  const written = new Map<string, string>();
  const planned: PlannedTarget[] = [];
  for (const { target, assembled, touches } of touched) {
    const key = keyOf(assembled.assembly);
    const assembly = written.get(key) ?? target.name;
    if (!written.has(key)) await writeAssembly(assembled.assembly, folder, assembly);
    written.set(key, assembly);
    planned.push({
      name: target.name,
      service: target.service ?? (relative('', inputs.workingDirectory) || '.'),
      stage: target.stage ?? (inputs.stage === DEFAULT_STAGE ? undefined : inputs.stage),
      region: target.region ?? inputs.region,
      account: target.account,
      wave: waves.findIndex((wave) => wave.includes(target)),
      stackNames: assembled.assembly.stacks.map(({ stackName }) => stackName),
      assembly,
      because: reasonsOf(touches).map(host.log.redact),
    });
  }
  await writeFile(
    join(folder, PLAN_FILE),
    writePlan({ commit: host.event.sha, targets: planned, untouched }),
  );
  return planned;
}

/** Targets of equal assemblies share one; wherever their archives lie. */
const keyOf = ({ source, stacks }: Assembly): string =>
  sha256(
    canonicalJson({
      source,
      stacks: stacks.map((stack) => ({
        ...stack,
        template: stack.template.text,
        nested: stack.nested.map((each) => ({ ...each, template: each.template.text })),
        assets: stack.assets.map(({ path: _, ...asset }) => asset),
      })),
    }),
  );
