import type { GitHubApi } from '../../github/api.ts';
import { hasBranch, pullRequestState } from '../../github/deployments/pull-request.ts';
import { GitHubError } from '../../github/error.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { once } from '../../order/once.ts';
import type { Outcome } from '../../outcome.ts';
import type { StackReport } from '../../report/model.ts';
import { gitHub } from '../../stages/report/publish.ts';
import { connectTo } from '../run.ts';
import { type OwnStack, ownStacks, placesOf } from './list.ts';
import { stacksJson } from './overview.ts';
import { removeStack, reportOf } from './remove.ts';
import { outcomeOf } from './teardown.ts';
import { endDeployments } from './tracked.ts';

/**
 * Deletes environments of pull requests that nobody needs any more: the pull request is closed, its time is over, or its branch
 * is gone. Only stacks with this repository's tags are looked at; `noop: true` says what would be deleted.
 */
export async function sweep(inputs: Inputs, host: Host): Promise<Outcome> {
  const { log } = host;
  const aws = await connectTo(inputs, host);
  const { places, buckets } = await placesOf(inputs, host, aws);
  const api = await gitHub(inputs.githubToken, host);
  if (!api) log.info('There is no github-token, so only the age of environments is looked at');
  const found = (await ownStacks(places, host)).filter(({ origin }) => origin.pullRequest !== undefined);
  const reasonOf = reasons(api, host);
  const reports: StackReport[] = [];
  const gone: OwnStack[] = [];
  for (const each of found) {
    const { stack, origin } = each;
    const reason = await reasonOf(each);
    if (reason === undefined) {
      log.info(
        `${stack.name} stays: its time is not over, and #${origin.pullRequest} is not known to be closed`,
      );
      continue;
    }
    gone.push(each);
    log.info(`${stack.name} ${inputs.noop === true ? 'would be' : 'is'} deleted: ${reason}`);
    const report =
      inputs.noop === true
        ? await reportOf(each.aws, stack.name, 'preview')
        : await removeStack(each.aws, stack, { inputs, host, buckets });
    reports.push({ ...report, notes: [...(report.notes ?? []), `${reason}.`] });
  }
  if (found.length === 0) log.info('There are no environments of pull requests');
  if (inputs.noop !== true) await endAll(gone, reports, { inputs, host });
  const operation = inputs.noop === true ? 'preview' : gone.length > 0 ? 'delete' : 'none';
  const outcome = outcomeOf(reports, { operation, environment: '' }, { inputs, host });
  const left = found.filter((each) => inputs.noop === true || !gone.includes(each));
  const report = outcome.report && { ...outcome.report, summaryOnly: true };
  return { ...outcome, report, outputs: { ...outcome.outputs, stacks: stacksJson(left) } };
}

async function endAll(
  gone: readonly OwnStack[],
  reports: readonly StackReport[],
  surroundings: { readonly inputs: Inputs; readonly host: Host },
): Promise<void> {
  const failed = new Set(reports.filter(({ state }) => state === 'failed').map(({ stackName }) => stackName));
  const ended = gone.filter(({ stack }) => !failed.has(stack.name)).map(({ origin }) => origin.environment);
  for (const environment of new Set(ended)) await endDeployments(environment, surroundings);
}

/** Why an environment is not needed any more; `undefined`: it is. Each pull request is asked for once. */
function reasons(
  api: GitHubApi | undefined,
  { event: { repository = '' }, log }: Host,
): (each: OwnStack) => Promise<string | undefined> {
  const asked = new Map<number, () => Promise<string | undefined>>();
  const ofPullRequest =
    (number: number, branch: string | undefined) => async (): Promise<string | undefined> => {
      if (!api) return undefined;
      try {
        const pull = await pullRequestState(api, repository, number);
        if (!pull) {
          log.warning(
            `#${number} is not to be found, so its environment stays as long as its time is not over`,
          );
          return undefined;
        }
        if (!pull.isOpen) return `#${number} is closed`;
        const isGone =
          !pull.isFork && branch !== undefined && !(await hasBranch(api, repository, pull.branch));
        return isGone ? `the branch ${pull.branch} of #${number} is gone` : undefined;
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error;
        log.warning(`#${number} cannot be looked up (${error.message}); it is taken for open`);
        return undefined;
      }
    };
  return async ({ origin: { pullRequest = 0, branch, expires } }) => {
    const ask = asked.get(pullRequest) ?? once(ofPullRequest(pullRequest, branch));
    asked.set(pullRequest, ask);
    if (expires !== undefined && expires < Date.now())
      return `its time was over at ${new Date(expires).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return ask();
  };
}
