/** A repository, as its tokens name it. */
export interface TrustedRepository {
  readonly owner: string;
  readonly name: string;
  /** Of repositories whose subjects hold them, so that nobody gets the rights by taking over a name. */
  readonly ids: { readonly owner: number; readonly repository: number } | undefined;
  /** Host of the server: `github.com`, or that of an enterprise. */
  readonly host: string;
}

/** When a workflow's token is accepted. */
export type TrustedRun =
  | { readonly kind: 'pull request' }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'environment'; readonly environment: string };

/**
 * The exact subject of a token. Source: GitHub's documentation, "OpenID Connect reference"; since 2026-07-15 the subjects of
 * new and renamed repositories hold the IDs of owner and repository.
 */
export function subjectOf({ owner, name, ids }: TrustedRepository, run: TrustedRun): string {
  const repository = ids ? `${owner}@${ids.owner}/${name}@${ids.repository}` : `${owner}/${name}`;
  const context =
    run.kind === 'pull request'
      ? 'pull_request'
      : run.kind === 'branch'
        ? `ref:refs/heads/${run.branch}`
        : // Colons would end the name.
          `environment:${encodeURIComponent(run.environment).replaceAll('%20', ' ').replaceAll('%2F', '/')}`;
  return `repo:${repository}:${context}`;
}

/** Where tokens come from, without `https://`. Source: the same, and GitHub Enterprise Server's "OpenID Connect". */
export function issuerOf({ host }: Pick<TrustedRepository, 'host'>): string {
  if (host === 'github.com') return 'token.actions.githubusercontent.com';
  return host.endsWith('.ghe.com') ? `token.actions.${host}` : `${host}/_services/token`;
}

/** What tokens for AWS are made for. */
export const AUDIENCE = 'sts.amazonaws.com';
