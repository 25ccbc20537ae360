import type { GitHubApi } from '../api.ts';
import { GitHubError } from '../error.ts';

/** How a pull request is. */
export interface PullRequestState {
  readonly isOpen: boolean;
  /** The branch of its head, and whether that is in this repository. */
  readonly branch: string;
  readonly isFork: boolean;
}

interface FoundPull {
  readonly state: string;
  readonly head: { readonly ref: string; readonly repo: { readonly full_name: string } | null };
}

/** @returns `undefined` where there is no such pull request, or it may not be read */
export async function pullRequestState(
  api: GitHubApi,
  repository: string,
  number: number,
): Promise<PullRequestState | undefined> {
  const pull = await orUndefined(api.request<FoundPull>('GET', `/repos/${repository}/pulls/${number}`));
  if (!pull) return undefined;
  const { state, head } = pull;
  return { isOpen: state === 'open', branch: head.ref, isFork: head.repo?.full_name !== repository };
}

/** Whether a branch is there. */
export async function hasBranch(api: GitHubApi, repository: string, branch: string): Promise<boolean> {
  const path = `/repos/${repository}/branches/${encodeURIComponent(branch)}`;
  return (await orUndefined(api.request<unknown>('GET', path))) !== undefined;
}

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}
