import type { GitHubError } from './error.ts';

/** Calls of GitHub's API, as far as this action makes them. All of them throw {@link GitHubError}. */
export interface GitHubApi {
  /**
   * @param path such as `/repos/acme/orders`
   * @param alreadyDone for POST: finds what was made by a request whose answer was lost, so that it is not made twice
   */
  request<T>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: Readonly<Record<string, unknown>>,
    alreadyDone?: () => Promise<T | undefined>,
  ): Promise<T>;
  /** The pages of a list, one after another, as far as they are asked for. */
  pages<T>(path: string): AsyncIterable<readonly T[]>;
  /** Who the token speaks for. */
  readonly identity: () => Promise<TokenIdentity>;
}

/** Whether the token speaks for the user that wrote a comment. */
export type TokenIdentity = (user: { readonly login: string }) => boolean;
