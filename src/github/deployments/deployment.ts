import type { GitHubApi } from '../api.ts';

/** A deployment in GitHub's list, as the API gives it. */
interface GitHubDeployment {
  readonly id: number;
  readonly task?: string;
}

interface DeploymentStatus {
  readonly state: string;
  readonly log_url?: string;
  readonly target_url?: string;
}

/** What GitHub is told of a deployment. */
export interface DeploymentNews {
  readonly state: 'in_progress' | 'success' | 'failure' | 'inactive';
  readonly description: string;
  /** Where what is deployed answers. */
  readonly url?: string | undefined;
}

/** Which deployments are meant. */
export interface DeploymentAddress {
  /** `owner/name` */
  readonly repository: string;
  /** Such as `pr-7`. */
  readonly environment: string;
  /** Tells apart what several services deploy to environments of one name. */
  readonly task: string;
}

export interface NewDeployment extends DeploymentAddress {
  readonly commit: string;
  /** It goes with its pull request. */
  readonly isTransient: boolean;
  readonly isProduction: boolean;
  /** Of the run. */
  readonly logUrl: string | undefined;
}

/** Characters that a description may have. Source: GitHub REST API, "Create a deployment status". */
const LONGEST_DESCRIPTION = 140;

/** A deployment that statuses are added to. */
export interface OpenDeployment {
  tell(news: DeploymentNews): Promise<void>;
}

/** Makes a deployment that is in progress. */
export async function openDeployment(api: GitHubApi, about: NewDeployment): Promise<OpenDeployment> {
  const { repository, commit, environment, task, isTransient, isProduction, logUrl } = about;
  const { id } = await api.request<GitHubDeployment>('POST', `/repos/${repository}/deployments`, {
    ref: commit,
    environment,
    task,
    description: 'sparta-action',
    auto_merge: false,
    // What is deployed was decided already: that it is not checked any more must not stop its being told.
    required_contexts: [],
    transient_environment: isTransient,
    production_environment: isProduction,
  });
  const deployment: OpenDeployment = { tell: (news) => addStatus(api, { repository, id, logUrl }, news) };
  await deployment.tell({ state: 'in_progress', description: 'Deploying' });
  return deployment;
}

async function addStatus(
  api: GitHubApi,
  {
    repository,
    id,
    logUrl,
  }: { readonly repository: string; readonly id: number; readonly logUrl: string | undefined },
  { state, description, url }: DeploymentNews,
): Promise<void> {
  const short =
    description.length > LONGEST_DESCRIPTION
      ? `${description.slice(0, LONGEST_DESCRIPTION - 1)}…`
      : description;
  await api.request('POST', `/repos/${repository}/deployments/${id}/statuses`, {
    state,
    description: short,
    ...(url !== undefined && { environment_url: url }),
    ...(logUrl !== undefined && { log_url: logUrl }),
  });
}

/**
 * The deployment that GitHub itself made for a run, because its job names an environment; `undefined` where there is none.
 * A status of GitHub's names the run.
 *
 * @param commit that the run is of
 */
export async function deploymentOfJob(
  api: GitHubApi,
  repository: string,
  { commit, runUrl }: { readonly commit: string; readonly runUrl: string },
): Promise<OpenDeployment | undefined> {
  for await (const deployments of api.pages<GitHubDeployment>(
    `/repos/${repository}/deployments?sha=${commit}`,
  )) {
    for (const { id, task } of deployments) {
      if (task?.startsWith(TASK)) continue;
      const [newest] = await api.request<readonly DeploymentStatus[]>(
        'GET',
        `/repos/${repository}/deployments/${id}/statuses`,
      );
      const from = newest?.log_url || newest?.target_url || '';
      if (newest?.state === 'in_progress' && `${from}/`.startsWith(`${runUrl}/`))
        return { tell: (news) => addStatus(api, { repository, id, logUrl: from }, news) };
    }
  }
  return undefined;
}

/** What tasks of ours begin with. */
export const TASK = 'deploy:';

/**
 * Says of all deployments to an environment that they are gone, or of all but the newest that another one has taken their
 * place. Those that are inactive already are older still.
 *
 * @param keep how many of the newest stay as they are
 */
export async function deactivate(
  api: GitHubApi,
  { repository, environment, task }: DeploymentAddress,
  keep: number,
): Promise<number> {
  const query = `environment=${encodeURIComponent(environment)}&task=${encodeURIComponent(task)}`;
  let seen = 0;
  let ended = 0;
  for await (const deployments of api.pages<GitHubDeployment>(`/repos/${repository}/deployments?${query}`)) {
    for (const { id } of deployments) {
      if (seen++ < keep) continue;
      const [newest] = await api.request<readonly DeploymentStatus[]>(
        'GET',
        `/repos/${repository}/deployments/${id}/statuses`,
      );
      if (newest?.state === 'inactive') return ended;
      await addStatus(
        api,
        { repository, id, logUrl: undefined },
        { state: 'inactive', description: keep > 0 ? 'Deployed anew' : 'Deleted' },
      );
      ended++;
    }
  }
  return ended;
}
