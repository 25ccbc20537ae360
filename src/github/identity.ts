import type { GitHubApi, TokenIdentity } from './api.ts';
import { GitHubError } from './error.ts';

/** Who writes with a workflow's own token on GitHub, Gitea and Forgejo. */
const WORKFLOW_USERS: ReadonlySet<string> = new Set([
  'github-actions[bot]',
  'gitea-actions',
  'forgejo-actions',
]);

/**
 * Who a token speaks for. Tokens of apps, a workflow's own among them, may ask by GraphQL only; where there is no
 * GraphQL, a token that may not ask at all is taken for the workflow's own.
 */
export async function identity(api: {
  readonly request: GitHubApi['request'];
  readonly graphql: <T>(query: string) => Promise<T>;
}): Promise<TokenIdentity> {
  const login =
    (await ifAllowed(() => api.graphql<{ viewer: { login: string } }>('{viewer{login}}')))?.viewer.login ??
    (await ifAllowed(() => api.request<{ login: string }>('GET', '/user')))?.login;
  return login === undefined ? (user) => WORKFLOW_USERS.has(user.login) : (user) => user.login === login;
}

/** @throws GitHubError when GitHub fails, as nothing is known then */
async function ifAllowed<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GitHubError && error.status < 500) return undefined;
    throw error;
  }
}
