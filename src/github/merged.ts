import type { GitHubApi } from './api.ts';
import type { StartingRun } from './context.ts';

/** A pull request that a commit belongs to, as the API gives it. */
interface AssociatedPull {
  readonly number: number;
  readonly merged_at?: string | null;
  readonly merge_commit_sha?: string | null;
}

/**
 * The pull request that a commit came from, when it was merged. A commit may have passed through several (stacked
 * ones, or one into another branch first): the one that it is the merge of, else the one that was merged last.
 */
export async function mergedPullRequest(
  api: GitHubApi,
  repository: string,
  sha: string,
): Promise<number | undefined> {
  const merged: AssociatedPull[] = [];
  for await (const pulls of api.pages<AssociatedPull>(`/repos/${repository}/commits/${sha}/pulls`)) {
    merged.push(...pulls.filter(({ merged_at }) => merged_at));
  }
  const latest = (a: AssociatedPull, b: AssociatedPull) =>
    (a.merged_at ?? '') < (b.merged_at ?? '') ? b : a;
  const own = merged.find(({ merge_commit_sha }) => merge_commit_sha === sha);
  return (own ?? (merged.length > 0 ? merged.reduce(latest) : undefined))?.number;
}

/** A pull request, as far as it tells what its head is. */
interface OpenPull {
  readonly number: number;
  readonly head: { readonly sha: string };
}

/**
 * The open pull request that a run was about: the one of its branch whose head is its commit still. The event itself
 * names none where the branch is in a fork.
 */
export async function openPullRequest(
  api: GitHubApi,
  repository: string,
  { headSha, headBranch, headRepository }: StartingRun,
): Promise<number | undefined> {
  const [owner = ''] = headRepository.split('/');
  const head = encodeURIComponent(`${owner}:${headBranch}`);
  for await (const pulls of api.pages<OpenPull>(`/repos/${repository}/pulls?state=open&head=${head}`)) {
    const found = pulls.find((pull) => pull.head.sha === headSha);
    if (found) return found.number;
  }
  return undefined;
}
