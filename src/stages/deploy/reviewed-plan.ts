import type { GitHubApi } from '../../github/api.ts';
import { readComment } from '../../github/comment.ts';
import type { EventContext } from '../../github/context.ts';
import { mergedPullRequest } from '../../github/merged.ts';
import { ProblemError } from '../../problem.ts';
import { parseMarker } from '../../report/marker.ts';
import type { StackReport } from '../../report/model.ts';
import { gitHub } from '../report/publish.ts';
import type { Run } from '../run.ts';

/** A plan, and where it is for. */
type PlannedStack = Pick<StackReport, 'stackName' | 'region' | 'stage' | 'accountHash' | 'planHash'>;

/**
 * Compares what is about to be deployed with what the merged pull request's comment showed.
 *
 * @throws ProblemError when they differ, or nobody knows, and the input `require-reviewed-plan` is set
 */
export async function checkReviewedPlan(stack: PlannedStack, { inputs, host }: Run): Promise<void> {
  const { log, event } = host;
  const api = await gitHub(inputs.githubToken, host);
  const reviewed = await findReviewed(api, event, stack).catch((error: unknown) => ({ why: String(error) }));
  if ('plan' in reviewed && reviewed.plan === stack.planHash) {
    log.info(`This is the plan that was reviewed in #${reviewed.pullRequest}`);
    return;
  }
  const message =
    'plan' in reviewed
      ? `what is about to be deployed is not the plan that was reviewed in #${reviewed.pullRequest}: plan ${stack.planHash.slice(0, 12)} instead of ${reviewed.plan.slice(0, 12)}`
      : `no reviewed plan was found: ${reviewed.why}`;
  if (inputs.requireReviewedPlan) {
    throw new ProblemError({
      subject: stack.stackName,
      message,
      next: 'Review the plan in a pull request that is up to date with the branch, or set require-reviewed-plan: false.',
    });
  }
  if ('plan' in reviewed) log.warning(`${stack.stackName}: ${message}`);
  else log.debug(message);
}

type Reviewed = { readonly plan: string; readonly pullRequest: number } | { readonly why: string };

async function findReviewed(
  api: GitHubApi | undefined,
  event: EventContext,
  stack: PlannedStack,
): Promise<Reviewed> {
  const { repository, sha } = event;
  if (!api || !repository || !sha) return { why: 'there is no pull request to look at here' };
  const pullRequest = await mergedPullRequest(api, repository, sha);
  if (pullRequest === undefined)
    return { why: `the commit ${sha.slice(0, 7)} came from no merged pull request` };
  const planOf = (body: string) =>
    parseMarker(body)?.stacks.find(
      (each) =>
        each.stack === stack.stackName &&
        (!stack.region || !each.region || each.region === stack.region) &&
        (!stack.stage || !each.stage || each.stage === stack.stage) &&
        (!stack.accountHash || !each.account || each.account === stack.accountHash) &&
        each.plan !== '',
    )?.plan;
  const body = await readComment(api, {
    repository,
    pullRequest,
    // Two jobs may have shown a plan of the same stack.
    match: (text) => {
      const shown = planOf(text);
      return shown === undefined ? 'none' : shown === stack.planHash ? 'good' : 'fair';
    },
  });
  const plan = body && planOf(body);
  return plan ? { plan, pullRequest } : { why: `#${pullRequest} has no comment with a plan of this stack` };
}
