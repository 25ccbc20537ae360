import type { GitHubApi } from './api.ts';
import { GitHubError } from './error.ts';

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
  readonly user: { readonly login: string } | null;
}

/** Which comment is meant: on what, and how it is known. */
export interface CommentAddress {
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  /** Whether a body is that of a comment that is meant: it holds our hidden marker. */
  readonly match: (body: string) => Match;
}

/** `good` is as good as it gets; `fair` is what is meant where there is nothing better. */
export type Match = 'good' | 'fair' | 'none';

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
  try {
    const existing = await findComment(api, address);
    const updated = existing && (await update(api, address, existing, bodyAfter(existing.body ?? undefined)));
    if (updated) return updated;
    return onlyUpdate ? { kind: 'none' } : await create(api, address, bodyAfter(undefined));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof GitHubError && error.isForbidden ? 'forbidden' : 'failed', reason };
  }
}

/** The body of our comment, if there is one. */
export async function readComment(api: GitHubApi, address: CommentAddress): Promise<string | undefined> {
  return (await findComment(api, address))?.body ?? undefined;
}

async function create(api: GitHubApi, address: CommentAddress, body: string): Promise<CommentResult> {
  const find = () => findComment(api, address);
  const { html_url: url } = await api.request<IssueComment>('POST', commentsOf(address), { body }, find);
  return { kind: 'written', url };
}

/** @returns `undefined` when the comment was deleted meanwhile */
async function update(
  api: GitHubApi,
  { repository }: CommentAddress,
  existing: IssueComment,
  body: string,
): Promise<CommentResult | undefined> {
  if (sameText(existing.body ?? '', body)) return { kind: 'unchanged', url: existing.html_url };
  try {
    const path = `/repos/${repository}/issues/comments/${existing.id}`;
    const { html_url: url } = await api.request<IssueComment>('PATCH', path, { body });
    return { kind: 'written', url };
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
}

async function findComment(api: GitHubApi, address: CommentAddress): Promise<IssueComment | undefined> {
  let fair: IssueComment | undefined;
  for await (const comments of api.pages<IssueComment>(commentsOf(address))) {
    let good: IssueComment | undefined;
    for (const comment of comments) {
      const { body, user } = comment;
      const match = body && user ? address.match(body) : 'none';
      // A marker can be copied into anybody's comment.
      if (match === 'none' || !user || !(await api.identity())(user)) continue;
      if (match === 'good') good ??= comment;
      else fair ??= comment;
    }
    if (good) return good;
  }
  return fair;
}

const commentsOf = ({ repository, pullRequest }: CommentAddress): string =>
  `/repos/${repository}/issues/${pullRequest}/comments`;

/** As servers keep text: with any line ends, and without white space around it. */
const sameText = (a: string, b: string): boolean => normalised(a) === normalised(b);

const normalised = (text: string): string => text.replaceAll('\r\n', '\n').trim();
