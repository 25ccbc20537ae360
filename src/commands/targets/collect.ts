import { resolve } from 'node:path';
import { addCheckRun, LONGEST_CHECK_SUMMARY } from '../../github/deployments/check-run.ts';
import { GitHubError } from '../../github/error.ts';
import { writeSummary } from '../../github/summary.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import type { Outcome } from '../../outcome.ts';
import { type Problem, ProblemError, problemLine } from '../../problem.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { ALL_TARGETS } from '../../report/marker.ts';
import type { Report, StackReport } from '../../report/model.ts';
import { redactReport } from '../../report/redact.ts';
import type { Origin, TargetReport } from '../../report/stored.ts';
import { planMarkdown } from '../../report/targets/planned.ts';
import { hasChanges, headline } from '../../report/verdict.ts';
import { gitHub } from '../../stages/report/publish.ts';
import { emptyReport } from '../../stages/report/stack-outcome.ts';
import { PLAN_FOLDER, type PlannedTarget, type TargetsPlan } from '../../targets/plan-file.ts';
import { jobReports } from './job-reports.ts';
import { handedOn } from './read-plan.ts';

/** Where the reports of jobs are, relative to the workspace. */
const REPORTS = '.sparta/reports';

/** As branch protection asks for it. */
const CHECK = 'sparta / targets';

/**
 * Merges the reports of the jobs of a plan into one: a comment, a summary and a check run. It fails where a target has, and
 * where a job has left no report.
 *
 * @throws ProblemError without a plan
 */
export async function collectCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const origin = originOf(host);
  const plan = handedOn(host, origin.commit);
  if (!plan)
    throw new ProblemError({
      message: `there is no plan in ${PLAN_FOLDER}, which says what jobs there were`,
      next: 'Download what the job with command: plan has handed on: docs/targets.md shows how.',
    });
  const stored = jobReports(resolve(host.workspace, inputs.source ?? REPORTS), origin, host);
  const { report, failed } = merged(plan, stored, { log: host.log, origin });
  for (const { label, failure } of report.stacks)
    if (failure) host.log.error(`${label?.name}: ${problemLine({ ...failure, place: undefined })}`);
  await writeSummary(host.env.GITHUB_STEP_SUMMARY, host.log.redact(planMarkdown(plan)), host.log);
  for (const name of failed) host.log.error(`${name}: its job has failed; its log says why`);
  const ok = failed.length === 0 && isFine(report);
  await addCheck({ report, ok }, inputs, host);
  const { touched, because } = outputsOf(plan);
  return {
    ok,
    report,
    outputs: {
      operation: report.state === 'preview' ? 'preview' : 'none',
      changed: String(report.stacks.some((stack) => stack.state === 'deployed' || hasChanges(stack))),
      touched,
      because,
    },
    stackOutputs: {},
  };
}

/** The run that the reports are of: where another one has started this, that one. */
const originOf = ({ event }: Host): Origin => ({
  commit: event.startedBy?.headSha ?? event.sha,
  runUrl: event.startedBy?.url ?? event.runUrl,
});

const outputsOf = ({ targets }: TargetsPlan) => ({
  touched: JSON.stringify(targets.map(({ name }) => name)),
  because: JSON.stringify(Object.fromEntries(targets.map(({ name, because }) => [name, because]))),
});

const isFine = ({ stacks }: Report): boolean =>
  !stacks.some(
    ({ state, refused = [], verification = [] }) =>
      state === 'failed' || refused.length > 0 || verification.some(({ passed }) => !passed),
  );

/** What the reports of all jobs say together. */
interface Merged {
  /** In the order of the plan. */
  readonly report: Report;
  /** Targets whose jobs have failed although none of their stacks has: a check failed, or drift was found. */
  readonly failed: readonly string[];
}

/** Reports of targets that are not in the plan are told of, and left out. */
function merged(
  { targets }: TargetsPlan,
  stored: readonly TargetReport[],
  { log, origin }: { readonly log: Log; readonly origin: Origin },
): Merged {
  for (const { target } of stored)
    if (!targets.some(({ name }) => name === target))
      log.warning(`A report of ${target} is not used: the plan has no such target`);
  const reports = new Map(targets.map((target) => [target, reportOf(target, stored, log)] as const));
  const all = [...reports.values()].flatMap((found) => (found ? [found.report] : []));
  const stacks = [...reports].flatMap(([target, found]) => {
    const { stacks: told = [], problems: [problem] = [] } = found?.report ?? {};
    const names = new Set(told.map(({ stackName }) => stackName));
    return [
      ...told.map((stack) => labelled(stack, target)),
      ...failed(target, names, problem ?? (found ? UNTOLD : NEVER)),
    ];
  });
  const isFailed = new Set(
    stacks.flatMap(({ label, state }) => (state === 'failed' && label ? [label.name] : [])),
  );
  const states = new Set(all.map(({ state }) => state));
  const report: Report = {
    state:
      isFailed.size > 0 ? 'failed' : states.has('deployed') || states.has('deleted') ? 'deployed' : 'preview',
    stacks,
    problems: [],
    warnings: [...new Set(all.flatMap(({ warnings }) => warnings))],
    target: {
      stackNames: [...new Set(targets.flatMap(({ stackNames }) => stackNames))],
      folder: ALL_TARGETS,
      selected: '',
      region: undefined,
      stage: undefined,
      accountHash: '',
    },
    ...origin,
  };
  const jobs = [...reports.values()].flatMap((found) =>
    found?.failed || found?.report.state === 'failed' ? [found.target] : [],
  );
  return { report, failed: jobs.filter((name) => !isFailed.has(name)) };
}

/** `undefined`: its job has left none that can be used. */
function reportOf(
  { name, stackNames }: PlannedTarget,
  stored: readonly TargetReport[],
  log: Log,
): TargetReport | undefined {
  const [only, ...more] = stored.filter(({ target }) => target === name);
  const other = only?.report.stacks.find(({ stackName }) => !stackNames.includes(stackName));
  if (more.length > 0)
    log.warning(`${more.length + 1} reports say that they are about ${name}: none is used`);
  else if (other) log.warning(`The report of ${name} is not used: it is about the stack ${other.stackName}`);
  else return only;
  return undefined;
}

/** The plan says what a target is, whatever its report says. */
const labelled = (
  stack: StackReport,
  { name, service, account, region, stage }: PlannedTarget,
): StackReport => ({
  ...stack,
  region: region ?? stack.region,
  stage: stage ?? stack.stage,
  label: { name, service, ...(account !== undefined && { account }) },
});

const NEVER = {
  message: 'its job has left no report that can be used',
  next: 'See what became of the job in the run; a job that GitHub has not begun leaves none either.',
};

const UNTOLD = {
  message: 'the report of its job does not tell of this stack',
  next: 'See what became of it in the log of the job; give the job the inputs that the plan had.',
};

/** The stacks of a target that no report tells of. */
const failed = (target: PlannedTarget, told: ReadonlySet<string>, failure: Problem): readonly StackReport[] =>
  [...new Set(target.stackNames)]
    .filter((name) => !told.has(name))
    .map((stackName) => {
      const { region, stage } = target;
      const stack = emptyReport({ stackName, region, stage, state: 'failed' });
      return labelled({ ...stack, failure }, target);
    });

/** What GitHub refuses is no reason to fail. */
async function addCheck(
  { report, ok }: { readonly report: Report; readonly ok: boolean },
  inputs: Inputs,
  host: Host,
): Promise<void> {
  const { repository } = host.event;
  const { commit, runUrl } = report;
  const api = await gitHub(inputs.githubToken, host);
  if (!api || !repository || !commit) return;
  const { log } = host;
  const shown = redactReport(report, log.redact);
  try {
    await addCheckRun(api, repository, {
      name: CHECK,
      commit,
      conclusion: ok ? 'success' : 'failure',
      title: log.redact(headline(shown)),
      summary: log.redact(renderMarkdown(shown, { limit: LONGEST_CHECK_SUMMARY })),
      annotations: [],
      detailsUrl: runUrl,
    });
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    log.info(
      error.isForbidden
        ? 'GitHub shows no check of this: `checks: write` is missing in the permissions of the job'
        : `GitHub was not told of the check: ${error.message}`,
    );
  }
}
