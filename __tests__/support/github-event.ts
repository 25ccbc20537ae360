/** What started a workflow: the name in GITHUB_EVENT_NAME and the content of the file at GITHUB_EVENT_PATH. */
export interface WorkflowEvent {
  readonly name: string;
  readonly payload: unknown;
}

const OURS = 'acme/orders';

interface Commits {
  readonly headSha: string;
  readonly baseSha: string;
  /** The head is in the repository of somebody else. */
  readonly fork?: boolean;
  /** `synchronize` by default. */
  readonly action?: string;
  /** The label that was set. */
  readonly label?: string;
  /** `change` by default. */
  readonly branch?: string;
}

const pullRequest = (
  number: number,
  { headSha, baseSha, fork = false, action = 'synchronize', label, branch = 'change' }: Commits,
) => ({
  action,
  ...(label !== undefined && { label: { name: label } }),
  number,
  pull_request: {
    number,
    state: 'open',
    head: { ref: branch, sha: headSha, repo: { full_name: fork ? 'stranger/orders' : OURS, fork } },
    base: { ref: 'main', sha: baseSha, repo: { full_name: OURS, fork: false } },
  },
  repository: { full_name: OURS, default_branch: 'main' },
});

/** A push to a pull request. */
export const pullRequestEvent = (number: number, commits: Commits): WorkflowEvent => ({
  name: 'pull_request',
  payload: pullRequest(number, commits),
});

/** The same, run with the rights of the base branch. */
export const pullRequestTargetEvent = (number: number, commits: Commits): WorkflowEvent => ({
  name: 'pull_request_target',
  payload: pullRequest(number, commits),
});

/** A push to the main branch. */
export const pushEvent = (after: string, before: string): WorkflowEvent => ({
  name: 'push',
  payload: { ref: 'refs/heads/main', before, after, repository: { full_name: OURS, default_branch: 'main' } },
});

/** A workflow on a fork's pull request has ended. */
export const workflowRunEvent = (headSha: string, branch: string): WorkflowEvent => ({
  name: 'workflow_run',
  payload: {
    action: 'completed',
    workflow_run: {
      id: 41,
      event: 'pull_request',
      head_sha: headSha,
      head_branch: branch,
      head_repository: { full_name: 'stranger/orders' },
      html_url: 'https://github.com/acme/orders/actions/runs/41',
      pull_requests: [],
    },
    repository: { full_name: OURS, default_branch: 'main' },
  },
});

/** A merge queue tries what would be merged. */
export const mergeGroupEvent = (number: number, { headSha, baseSha }: Commits): WorkflowEvent => ({
  name: 'merge_group',
  payload: {
    action: 'checks_requested',
    merge_group: {
      head_sha: headSha,
      head_ref: `refs/heads/gh-readonly-queue/main/pr-${number}-${baseSha}`,
      base_sha: baseSha,
      base_ref: 'refs/heads/main',
    },
    repository: { full_name: OURS, default_branch: 'main' },
  },
});
