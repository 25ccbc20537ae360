import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Outcome } from '../../outcome.ts';
import { checkOutputFolder } from '../../packaging/workspace/output-folder.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import { renderDiffJson } from '../../report/diff-json.ts';
import { renderHtml } from '../../report/html.ts';
import type { Report, StackReport } from '../../report/model.ts';
import { redactReport } from '../../report/redact.ts';
import { storeReport } from '../../report/stored.ts';
import { shownStacks } from '../../report/targets/groups.ts';
import { drawPictures } from '../../stages/report/draw-pictures.ts';
import type { Target } from '../../targets/target.ts';
import { labelOf, type TargetOutcome } from './target-outcome.ts';
import { outputFolder, type RunOfTargets } from './targets-of.ts';

/** How the targets of a run were gone through. */
export interface Passage {
  readonly waves: readonly (readonly Target[])[];
  /** Where there is one target only, which is then told of as a run without targets. */
  readonly single: Target | undefined;
}

/** One outcome of those of all targets. The files that programs read are written for all of them, too. */
export async function joined(
  outcomes: readonly TargetOutcome[],
  { waves, single }: Passage,
  { inputs, host, noop }: RunOfTargets & { readonly noop: boolean },
): Promise<Outcome> {
  const reports = outcomes.flatMap(({ outcome: { report } }) => report ?? []);
  const ok = outcomes.every(({ outcome }) => outcome.ok);
  const report: Report = {
    state: reports.some(({ state }) => state === 'failed') ? 'failed' : noop ? 'preview' : 'deployed',
    stacks: outcomes.flatMap(labelled),
    problems: reports.flatMap(({ problems }) => problems),
    warnings: [...new Set(reports.flatMap(({ warnings }) => warnings))],
    target: {
      stackNames: reports.flatMap(({ stacks }) => stacks.map(({ stackName }) => stackName)),
      folder: relative(host.workspace, resolve(host.workspace, inputs.workingDirectory)) || '.',
      selected: inputs.stacks?.join(', ') ?? '',
      region: undefined,
      stage: undefined,
      accountHash: '',
    },
    commit: host.event.sha,
    runUrl: host.event.runUrl,
  };
  const kept = outcomes.flatMap(({ outcome }) => outcome.toSave ?? []);
  // Targets of one service tell of the same folder, the last one of all that was used.
  const toSave = kept.length > 0 ? [...new Map(kept.map((each) => [each.folder, each])).values()] : undefined;
  const diff = await write(report, { single, ok }, { inputs, host });
  const rows = outcomes.map((each) => row(each, waves));
  const [first] = outcomes;
  if (single && first)
    return {
      ...first.outcome,
      report,
      outputs: { ...first.outcome.outputs, targets: JSON.stringify(rows), diff },
      toSave,
    };
  const byTarget = outcomes.map(({ target, outcome }) => [
    target.name,
    JSON.parse(outcome.outputs.outputs ?? '{}') as unknown,
  ]);
  const operations = outcomes.map(({ outcome }) => outcome.outputs.operation ?? 'none');
  return {
    ok,
    report,
    outputs: {
      operation: operations.find((each) => each !== 'none') ?? 'none',
      changed: String(outcomes.some(({ outcome }) => outcome.outputs.changed === 'true')),
      outputs: JSON.stringify(Object.fromEntries(byTarget)),
      targets: JSON.stringify(rows),
      drift: outcomes.flatMap(({ outcome }) => outcome.outputs.drift || []).join('\n'),
      diff,
    },
    stackOutputs: {},
    toSave,
  };
}

const labelled = ({ target, run, outcome }: TargetOutcome): readonly StackReport[] =>
  (outcome.report?.stacks ?? []).map((stack) => ({ ...stack, label: labelOf(target, run) }));

/** What is told of a target, for programs. */
function row(
  { target, run, outcome, isBegun }: TargetOutcome,
  waves: Passage['waves'],
): Record<string, unknown> {
  const { name, service } = target;
  const wave = waves.findIndex((each) => each.includes(target)) + 1;
  const { outputs } = outcome;
  const state = outcome.ok
    ? outputs.changed === 'true'
      ? 'changed'
      : 'unchanged'
    : isBegun === false
      ? 'not begun'
      : 'failed';
  return {
    name,
    service: service ?? run.inputs.workingDirectory,
    stage: run.inputs.stage,
    region: run.aws?.region ?? run.inputs.region ?? '',
    account: target.account ?? '',
    stack: outputs['stack-name'] ?? outcome.report?.stacks[0]?.stackName ?? '',
    wave,
    state,
    operation: outputs.operation ?? 'none',
  };
}

/** @returns the path of diff.json */
async function write(
  report: Report,
  { single, ok }: Pick<Passage, 'single'> & { readonly ok: boolean },
  surroundings: RunOfTargets,
): Promise<string> {
  const { log } = surroundings.host;
  const output = outputFolder(surroundings);
  await mkdir(output, { recursive: true });
  const shown = redactReport(report, log.redact);
  const diff = join(output, 'diff.json');
  await writeFile(diff, log.redact(renderDiffJson(shown)));
  await writeFile(
    join(output, 'report.json'),
    storeReport(shown, single && { target: single.name, failed: !ok }),
  );
  const pictures = await drawPictures(shownStacks(shown.stacks));
  await writeFile(join(output, 'report.html'), log.redact(renderHtml(shown, { pictures })));
  return diff;
}

/**
 * Stores for another job why the only target of this one has failed before there was a report of it; not where that may be
 * what is wrong with the folder.
 */
export async function storeFailure(
  problems: readonly Problem[],
  target: Target,
  surroundings: RunOfTargets,
): Promise<void> {
  const { event, log } = surroundings.host;
  const report: Report = {
    state: 'failed',
    stacks: [],
    problems,
    warnings: [],
    target: {
      stackNames: [],
      folder: target.service ?? '.',
      selected: '',
      region: target.region,
      stage: target.stage,
      accountHash: '',
    },
    commit: event.sha,
    runUrl: event.runUrl,
  };
  try {
    const output = outputFolder(surroundings);
    checkOutputFolder(output);
    await mkdir(output, { recursive: true });
    const job = { target: target.name, failed: true };
    await writeFile(join(output, 'report.json'), storeReport(redactReport(report, log.redact), job));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}
