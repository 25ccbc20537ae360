import { type GitHubApi, GitHubError, PAGE_SIZE } from './api.ts';

/** What became of a comment. None of these fails a deployment. */
export type CommentResult =
  | { readonly kind: 'written' | 'unchanged'; readonly url: string }
  /** There was nothing to say and no comment to correct. */
  | { readonly kind: 'none' }
  | { readonly kind: 'forbidden' | 'failed'; readonly reason: string };

/** A comment as the API gives it. */
interface IssueComment {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | null;
  readonly user: { readonly login: string; readonly type?: string } | null;
}

/** Which comment is meant: on what, and how it is known. */
export interface CommentAddress {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  /** Whether a body is that of the comment that is meant: it holds our hidden marker. */
  readonly isOurs: (body: string) => boolean;
}

/** Pages that are searched at most: 10,000 comments. */
const PAGES = 100;

/**
 * Keeps one comment up to date: found by its hidden marker and its author over all pages, changed in place, written
 * again when someone deleted it meanwhile.
 *
 * @param bodyAfter the new body, given the one that stands there
 * @param onlyUpdate a comment that is there is corrected, but none is created
 */
export async function writeComment(
  api: GitHubApi,
  address: CommentAddress,
  bodyAfter: (existing: string | undefined) => string,
  { onlyUpdate }: { readonly onlyUpdate: boolean },
): Promise<CommentResult> {
  const comments = `/repos/${address.repository}/issues/${address.pullRequest}/comments`;
  const create = () => api.request<IssueComment>('POST', comments, { body: bodyAfter(undefined) });
  try {
    const existing = await findComment(api, address);
    if (!existing) {
      if (onlyUpdate) return { kind: 'none' };
      return { kind: 'written', url: (await create()).html_url };
    }
    const body = bodyAfter(existing.body ?? undefined);
    if (existing.body === body) return { kind: 'unchanged', url: existing.html_url };
    try {
      const path = `/repos/${address.repository}/issues/comments/${existing.id}`;
      return { kind: 'written', url: (await api.request<IssueComment>('PATCH', path, { body })).html_url };
    } catch (error) {
      if (!(error instanceof GitHubError) || (error.status !== 404 && error.status !== 410)) throw error;
      return onlyUpdate ? { kind: 'none' } : { kind: 'written', url: (await create()).html_url };
    }
  } catch (error) {
    const { status, message: reason } =
      error instanceof GitHubError ? error : { status: 0, message: String(error) };
    return { kind: status === 401 || status === 403 || status === 404 ? 'forbidden' : 'failed', reason };
  }
}

/** The body of our comment, if there is one. */
export async function readComment(api: GitHubApi, address: CommentAddress): Promise<string | undefined> {
  return (await findComment(api, address))?.body ?? undefined;
}

async function findComment(api: GitHubApi, address: CommentAddress): Promise<IssueComment | undefined> {
  const isAuthor = await ownLogin(api);
  for (let page = 1; page <= PAGES; page++) {
    const comments = await api.page<IssueComment>(
      `/repos/${address.repository}/issues/${address.pullRequest}/comments`,
      page,
    );
    const ours = comments.find(({ body, user }) => body && user && address.isOurs(body) && isAuthor(user));
    if (ours) return ours;
    if (comments.length < PAGE_SIZE) return undefined;
  }
  return undefined;
}

/**
 * Who the token speaks for. A workflow's own token may not ask; its comments are written by an app's bot, which nobody
 * can sign in as, so that a marker copied into somebody's comment is not taken for ours.
 */
async function ownLogin(api: GitHubApi): Promise<(user: { login: string; type?: string }) => boolean> {
  try {
    const { login } = await api.request<{ login: string }>('GET', '/user');
    return (user) => user.login === login;
  } catch (error) {
    if (
      error instanceof GitHubError &&
      (error.status === 403 || error.status === 401 || error.status === 404)
    ) {
      return (user) => user.type === 'Bot';
    }
    throw error;
  }
}

/** The pull request that a commit came from, when it was merged. */
export async function mergedPullRequest(
  api: GitHubApi,
  repository: string,
  sha: string,
): Promise<number | undefined> {
  const pulls = await api.page<{ number: number; merged_at?: string | null }>(
    `/repos/${repository}/commits/${sha}/pulls`,
    1,
  );
  return pulls.find((pull) => pull.merged_at)?.number;
}
