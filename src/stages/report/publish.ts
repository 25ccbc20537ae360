import type { GitHubApi } from '../../github/api.ts';
import { type Match, writeComment } from '../../github/comment.ts';
import { connectGitHub } from '../../github/connect.ts';
import type { EventContext } from '../../github/context.ts';
import { mergedPullRequest, openPullRequest } from '../../github/merged.ts';
import { SUMMARY_LIMIT, writeSummary } from '../../github/summary.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { Host } from '../../host.ts';
import type { Log } from '../../log.ts';
import { COMMENT_LIMIT, renderMarkdown } from '../../report/markdown.ts';
import {
  type Author,
  looksAlike,
  type Marker,
  markerOf,
  parseMarker,
  renderMarker,
  sameComment,
} from '../../report/marker.ts';
import type { Report } from '../../report/model.ts';
import { redactReport } from '../../report/redact.ts';
import { hasChanges } from '../../report/verdict.ts';

export interface PublishOptions {
  readonly comment: 'auto' | 'true' | 'false';
  readonly api: GitHubApi | undefined;
}

/**
 * Stage 19: the pull request comment and the job summary, from one model. Failing at either never fails a deployment.
 *
 * @returns the address of the comment, where there is one
 */
export async function publish(
  whole: Report,
  { comment, api }: PublishOptions,
  host: Host,
  log: Log,
): Promise<string | undefined> {
  const report = redactReport(whole, log.redact);
  await writeSummary(
    host.env.GITHUB_STEP_SUMMARY,
    log.redact(renderMarkdown(report, { limit: SUMMARY_LIMIT - 4096 })),
    log,
  );
  if (comment === 'false' || report.summaryOnly) return undefined;
  const { event } = host;
  const pullRequest = await pullRequestOf(event, api).catch(() => undefined);
  if (!event.repository || pullRequest === undefined) {
    if (comment === 'true')
      log.warning('There is no pull request to comment on; the report is in the job summary');
    return undefined;
  }
  if (!api) {
    log.info('No pull request comment, because there is no github-token; the report is in the job summary');
    return undefined;
  }
  // Who may see the repository need not see what its functions write.
  const withoutLogs = { ...report, stacks: report.stacks.map(({ logs: _, ...stack }) => stack) };
  const own = markerOf(report, authorOf(report, event));
  let isAmbiguous = false;
  let isFirst = false;
  const body = (existing: string | undefined) => {
    isFirst ||= existing === undefined;
    return log.redact(commentBody(isAmbiguous ? toldApart(withoutLogs) : withoutLogs, own, existing));
  };
  const match = (text: string): Match => {
    const found = parseMarker(text);
    if (found === undefined) return 'none';
    if (sameComment(found, own)) return found.job === own.job ? 'good' : 'fair';
    if (looksAlike(found, own)) isAmbiguous = true;
    return 'none';
  };
  const quiet =
    report.state !== 'failed' && !report.stacks.some((stack) => hasChanges(stack) || stack.smokeTests);
  const address = { repository: event.repository, pullRequest, match };
  const result = await writeComment(api, address, body, { onlyUpdate: quiet });
  // Jobs that run at the same time write their first comments without having seen each other: the later one sees both.
  if (result.kind === 'written' && isFirst && !isAmbiguous)
    await writeComment(api, address, body, { onlyUpdate: true });
  switch (result.kind) {
    case 'none':
      log.info('No changes, so there is no comment');
      return undefined;
    case 'forbidden': {
      const why = event.pullRequest?.isFork
        ? 'the pull request comes from a fork, whose token may only read'
        : result.reason;
      const message = `No pull request comment: ${why}. The report is in the job summary. Comments need \`pull-requests: write\``;
      if (comment === 'true') log.warning(message);
      else log.info(message);
      return undefined;
    }
    case 'failed':
      log.warning(
        `The pull request comment could not be written: ${result.reason}. The report is in the job summary`,
      );
      return undefined;
    default:
      log.info(`Comment ${result.kind}: ${result.url}`);
      return result.url;
  }
}

const LAST_PLAN = [
  '<details><summary>The plan that was reviewed</summary>',
  '</details><!-- plan -->',
] as const;

/**
 * Only a preview shows a plan for review: whatever follows keeps its marker, which is what a deployment is compared
 * with, and a failure keeps the plan itself, folded, as far as there is room for it.
 */
function commentBody(report: Report, own: Marker, existing: string | undefined): string {
  if (report.state === 'preview' || existing === undefined)
    return renderMarkdown(report, { limit: COMMENT_LIMIT, marker: renderMarker(own) });
  const former = parseMarker(existing);
  const marker = renderMarker(former?.stacks.length ? { ...own, stacks: former.stacks } : own);
  const body = renderMarkdown(report, { limit: COMMENT_LIMIT, marker });
  if (report.state !== 'failed') return body;
  const plan = reviewedPlan(existing.slice(existing.indexOf('\n') + 1));
  const whole = plan === undefined ? body : [body, LAST_PLAN[0], '', plan, '', LAST_PLAN[1], ''].join('\n');
  return Buffer.byteLength(whole) <= COMMENT_LIMIT ? whole : body;
}

/** Smoke tests alone have a comment of their own: that of a plan stays as it was reviewed. */
function authorOf({ state }: Report, { workflow, run, job, runner, isPreview }: EventContext): Author {
  const instance = runner === '' ? '' : sha256(runner).slice(0, 12);
  const shows = state === 'preview' || (state === 'failed' && isPreview) ? 'plan' : 'result';
  return { workflow: state === 'tested' ? `${workflow} / smoke tests` : workflow, run, job, instance, shows };
}

/** Where another comment has the same headline, the account is named by its hash. */
function toldApart(report: Report): Report {
  const told = (stage: string | undefined, accountHash: string) =>
    stage ?? (accountHash === '' ? undefined : `account ${accountHash}`);
  const stacks = report.stacks.map((stack) => ({ ...stack, stage: told(stack.stage, stack.accountHash) }));
  const { target, warnings } = report;
  const named = { ...target, stage: told(target.stage, target.accountHash) };
  return { ...report, stacks, target: named, warnings: [...warnings, ALIKE] };
}

const ALIKE =
  'Another job previews a stack of the same name, region and stage: the input stage tells their comments apart.';

/** The plan in a comment: folded in that of a failure, else all of it. */
function reviewedPlan(body: string): string | undefined {
  const [open, close] = LAST_PLAN;
  const start = body.indexOf(open);
  if (start >= 0) return body.slice(start + open.length, body.lastIndexOf(close)).trim();
  return body.includes('❌') ? undefined : body.trim();
}

/** The pull request itself, that of the run which started this one, or the merged one that a pushed commit came from. */
async function pullRequestOf(event: EventContext, api: GitHubApi | undefined): Promise<number | undefined> {
  if (event.pullRequest) return event.pullRequest.number;
  if (api && event.repository && event.startedBy)
    return openPullRequest(api, event.repository, event.startedBy);
  if (!api || !event.repository || !event.sha || event.name !== 'push') return undefined;
  return mergedPullRequest(api, event.repository, event.sha);
}

/** The API, where there is a token and a repository. */
export async function gitHub(token: string | undefined, host: Host): Promise<GitHubApi | undefined> {
  if (!token || !host.event.repository) return undefined;
  return connectGitHub(token, host.event.apiUrl, host.signal);
}
