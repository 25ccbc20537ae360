import type { GitHubApi } from '../api.ts';

/** Something that runs somewhere now. */
export interface DeploymentRecord {
  readonly name: string;
  readonly sha256: string;
  /** Such as `production`. */
  readonly environment: string;
  readonly region: string;
  /** What takes the place of what ran there before. */
  readonly deployment: string;
}

/** Most characters of the parts. Source: GitHub REST API, "Create an artifact deployment record". */
const LONGEST = { name: 256, place: 128 };

/**
 * Tells an organisation, on its page of linked artifacts, what runs where.
 *
 * @param repository `owner/name`
 * @throws GitHubError where the job may not, or the owner is no organisation
 */
export async function recordDeployment(
  api: GitHubApi,
  repository: string,
  { name, sha256, environment, region, deployment }: DeploymentRecord,
): Promise<void> {
  const [owner, github_repository] = repository.split('/');
  await api.request('POST', `/orgs/${owner}/artifacts/metadata/deployment-record`, {
    name: name.slice(0, LONGEST.name),
    digest: `sha256:${sha256}`,
    status: 'deployed',
    logical_environment: environment.slice(0, LONGEST.place),
    physical_environment: region,
    deployment_name: deployment.slice(0, LONGEST.name),
    github_repository,
    return_records: false,
  });
}
