/** What started this run, as far as it matters here. */
export interface EventContext {
  /** `undefined` outside of GitHub Actions. */
  readonly name: string | undefined;
  /** Something is proposed rather than decided: `noop: auto` previews. */
  readonly isPreview: boolean;
  /** What happened to what the event is about: `opened`, `closed`. */
  readonly action: string | undefined;
  /** The label that was set just now, or taken away. */
  readonly label: string | undefined;
  readonly pullRequest: PullRequest | undefined;
  /** `owner/name` */
  readonly repository: string | undefined;
  /** The commit that people know: the head of the pull request, or what was pushed. */
  readonly sha: string | undefined;
  /** The commit that a pull request or a merge queue's attempt would change: what a preview compares with. */
  readonly baseSha: string | undefined;
  /** Of `workflow_run`: the run that ended before this one. */
  readonly startedBy: StartingRun | undefined;
  readonly workflow: string;
  /** `<id>/<attempt>`; empty outside of GitHub Actions. */
  readonly run: string;
  /** As the workflow names it: all jobs of a matrix have one name. */
  readonly job: string;
  /** What the runner says of itself: differs between jobs that run at the same time. */
  readonly runner: string;
  readonly runUrl: string | undefined;
  readonly apiUrl: string;
}

/** A run that started this one, as GitHub tells it; what it left behind may say anything. */
export interface StartingRun {
  readonly headSha: string;
  readonly headBranch: string;
  /** `owner/name` of the repository that the branch is in. */
  readonly headRepository: string;
  readonly url: string | undefined;
}

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly headBranch: string;
  readonly baseSha: string;
  /** The head is in another repository: the token may only read. */
  readonly isFork: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

const PREVIEW_EVENTS = new Set(['pull_request', 'pull_request_target', 'merge_group']);

/**
 * Reads the event that started this run. Source: GitHub's documentation of default variables and webhook payloads.
 *
 * @param payload content of the file at GITHUB_EVENT_PATH, as far as it could be read
 */
export function eventContext(env: Env, payload: unknown): EventContext {
  const name = env.GITHUB_EVENT_NAME;
  const pullRequest = readPullRequest(payload);
  const { GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = env;
  return {
    name,
    isPreview: name !== undefined && PREVIEW_EVENTS.has(name),
    action: text(field(payload, 'action')),
    label: text(field(field(payload, 'label'), 'name')),
    pullRequest,
    repository,
    sha: pullRequest?.headSha ?? env.GITHUB_SHA,
    baseSha: pullRequest?.baseSha ?? text(field(field(payload, 'merge_group'), 'base_sha')),
    startedBy: startingRun(payload),
    workflow: env.GITHUB_WORKFLOW ?? '',
    run: run ? `${run}/${env.GITHUB_RUN_ATTEMPT ?? '1'}` : '',
    job: env.GITHUB_JOB ?? '',
    runner: [env.RUNNER_NAME, env.RUNNER_TRACKING_ID].filter(Boolean).join(' '),
    runUrl: server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
  };
}

function readPullRequest(payload: unknown): PullRequest | undefined {
  const found = field(payload, 'pull_request');
  const number = field(found, 'number');
  const headSha = field(field(found, 'head'), 'sha');
  const baseSha = field(field(found, 'base'), 'sha');
  if (typeof number !== 'number' || typeof headSha !== 'string' || typeof baseSha !== 'string')
    return undefined;
  const from = field(field(field(found, 'head'), 'repo'), 'full_name');
  const to = field(field(field(found, 'base'), 'repo'), 'full_name');
  const headBranch = text(field(field(found, 'head'), 'ref')) ?? '';
  return { number, headSha, headBranch, baseSha, isFork: from !== to };
}

function startingRun(payload: unknown): StartingRun | undefined {
  const run = field(payload, 'workflow_run');
  const [headSha, headBranch] = [text(field(run, 'head_sha')), text(field(run, 'head_branch'))];
  const headRepository = text(field(field(run, 'head_repository'), 'full_name'));
  if (headSha === undefined || headBranch === undefined || headRepository === undefined) return undefined;
  return { headSha, headBranch, headRepository, url: text(field(run, 'html_url')) };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
