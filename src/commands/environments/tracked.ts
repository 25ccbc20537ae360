import type { GitHubApi } from '../../github/api.ts';
import {
  addCheckRun,
  type CheckAnnotation,
  LONGEST_CHECK_SUMMARY,
} from '../../github/deployments/check-run.ts';
import {
  type DeploymentNews,
  deactivate,
  deploymentOfJob,
  type OpenDeployment,
  openDeployment,
  TASK,
} from '../../github/deployments/deployment.ts';
import { GitHubError } from '../../github/error.ts';
import type { Outcome } from '../../outcome.ts';
import { problemLine } from '../../problem.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import type { StackReport } from '../../report/model.ts';
import { redactReport } from '../../report/redact.ts';
import { verdict } from '../../report/verdict.ts';
import { gitHub } from '../../stages/report/publish.ts';
import type { Surroundings } from './remove.ts';

/** Where something is deployed to. */
interface Told {
  readonly name: string;
  readonly pullRequest: number | undefined;
}

/**
 * Tells GitHub of a deployment while it is made: in its list of deployments, and by a check run for each stack. A preview has
 * check runs only. What GitHub refuses is no reason to fail; it is said in one line.
 */
export async function tracked(
  told: Told,
  surroundings: Surroundings,
  deploy: () => Promise<Outcome>,
  isPreview = false,
): Promise<Outcome> {
  const { inputs, host } = surroundings;
  const api = inputs.deployments === 'false' ? undefined : await gitHub(inputs.githubToken, host);
  const missing = new Set<string>();
  const attempt = async <T>(right: string, work: () => Promise<T>): Promise<T | undefined> => {
    if (missing.has(right)) return undefined;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      if (error.isForbidden) missing.add(right);
      else host.log.warning(`GitHub was not told of the deployment: ${error.message}`);
      return undefined;
    }
  };
  const opened =
    api && !isPreview ? await attempt(DEPLOYMENTS, () => begin(api, told, surroundings)) : undefined;
  const tell = (news: DeploymentNews) => attempt(DEPLOYMENTS, async () => opened?.deployment.tell(news));
  try {
    const outcome = await deploy();
    const url = outcome.outputs['environment-url'] || undefined;
    const description = descriptionOf(outcome);
    // The end of the job is GitHub's own to tell.
    if (opened?.isOfJob) await tell({ state: 'in_progress', description, url });
    else await tell({ state: outcome.ok ? 'success' : 'failure', description, url });
    if (api && opened && !opened.isOfJob && outcome.ok)
      await attempt(DEPLOYMENTS, () => deactivate(api, addressOf(told.name, surroundings), 1));
    if (api) await attempt(CHECKS, () => addChecks(api, outcome, told, surroundings));
    const environment = isPreview ? {} : { environment: told.name };
    return { ...outcome, outputs: { ...outcome.outputs, ...environment } };
  } catch (error) {
    await tell({ state: 'failure', description: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    if (missing.size > 0) {
      const message = `GitHub shows no deployment or check of this: ${[...missing].join(' and ')} ${missing.size > 1 ? 'are' : 'is'} missing in the permissions of the job`;
      host.log[inputs.deployments === 'true' ? 'warning' : 'info'](message);
    }
  }
}

const DEPLOYMENTS = '`deployments: write`';
const CHECKS = '`checks: write`';

async function begin(
  api: GitHubApi,
  told: Told,
  surroundings: Surroundings,
): Promise<{ readonly deployment: OpenDeployment; readonly isOfJob: boolean } | undefined> {
  const { inputs, host } = surroundings;
  const { sha, runUrl } = host.event;
  if (!sha) return undefined;
  const address = addressOf(told.name, surroundings);
  if (runUrl !== undefined) {
    const commit = host.env.GITHUB_SHA ?? sha;
    const ofJob = await deploymentOfJob(api, address.repository, { commit, runUrl });
    if (ofJob) return { deployment: ofJob, isOfJob: true };
  }
  const isTransient = told.pullRequest !== undefined;
  const isProduction = !isTransient && inputs.productionEnvironment;
  const deployment = await openDeployment(api, {
    ...address,
    commit: sha,
    isTransient,
    isProduction,
    logUrl: runUrl,
  });
  return { deployment, isOfJob: false };
}

/** Workflow and job tell services apart that deploy to environments of one name. */
function addressOf(environment: string, { inputs, host }: Surroundings) {
  const { repository = '' } = host.event;
  const service = inputs.stackName ?? (inputs.workingDirectory === '.' ? 'service' : inputs.workingDirectory);
  return { repository, environment, task: `${TASK}${service}` };
}

/** Says that an environment is gone. */
export async function endDeployments(environment: string, surroundings: Surroundings): Promise<void> {
  const { inputs, host } = surroundings;
  const api = inputs.deployments === 'false' ? undefined : await gitHub(inputs.githubToken, host);
  if (!api) return;
  try {
    const ended = await deactivate(api, addressOf(environment, surroundings), 0);
    if (ended > 0) host.log.info(`${ended} deployments of ${environment} are inactive now`);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    host.log.info(
      `GitHub still shows ${environment} as active: ${error.isForbidden ? `${DEPLOYMENTS} is missing` : error.message}`,
    );
  }
}

function descriptionOf({ report, ok }: Outcome): string {
  const failure = report?.stacks.find((stack) => stack.failure)?.failure;
  if (failure)
    return problemLine({ message: failure.message, ...(failure.subject && { subject: failure.subject }) });
  const [first, ...others] = report?.stacks ?? [];
  if (!first || others.length > 0) return ok ? 'Deployed' : 'Failed';
  return verdict(first);
}

async function addChecks(
  api: GitHubApi,
  { report }: Outcome,
  { name }: Told,
  { host }: Surroundings,
): Promise<void> {
  const { repository, sha, runUrl } = host.event;
  if (!report || !repository || !sha) return;
  const shown = redactReport(report, host.log.redact);
  for (const stack of shown.stacks) {
    const summary = renderMarkdown({ ...shown, stacks: [stack] }, { limit: LONGEST_CHECK_SUMMARY });
    await addCheckRun(api, repository, {
      // The same for every pull request, so that branch protection can ask for it.
      name: `sparta / ${stack.stackName.replace(new RegExp(`-${name}$`), '')}`,
      commit: sha,
      conclusion: stack.state === 'failed' || stack.refused?.length ? 'failure' : 'success',
      title: host.log.redact(verdict(stack)),
      summary: host.log.redact(summary),
      annotations: annotationsOf(stack),
      detailsUrl: runUrl,
    });
  }
}

function annotationsOf({ failure }: StackReport): CheckAnnotation[] {
  if (!failure?.place) return [];
  const { file, line = 1 } = failure.place;
  const { place: _, ...told } = failure;
  return [{ file, line, level: 'failure', message: problemLine(told) }];
}
