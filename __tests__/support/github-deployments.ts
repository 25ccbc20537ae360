import type { OpenApi, OperationKey } from './openapi.ts';

/** What the stand-in for GitHub has of deployments, check runs, pull requests and branches. */
export interface DeploymentState {
  readonly deployments: GitHubDeployment[];
  readonly checks: Record<string, unknown>[];
  /** Pull requests by number. */
  readonly pulls: Map<number, { state: 'open' | 'closed'; branch: string; fork?: boolean }>;
  readonly branches: Set<string>;
  /** What the token may not do. */
  readonly denied: Set<'deployments' | 'checks'>;
}

export interface GitHubDeployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly task: string;
  readonly transient_environment: boolean;
  readonly production_environment: boolean;
  /** Newest first, as GitHub lists them. */
  readonly statuses: Record<string, unknown>[];
}

export const newDeploymentState = (): DeploymentState => ({
  deployments: [],
  checks: [],
  pulls: new Map(),
  branches: new Set(['main']),
  denied: new Set(),
});

interface Request {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';
const STATUSES = `${DEPLOYMENTS}/{deployment_id}/statuses`;
const CHECKS = '/repos/{owner}/{repo}/check-runs';
const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}';
const BRANCH = '/repos/{owner}/{repo}/branches/{branch}';

const refuse = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
});
const DENIED = refuse(403, 'Resource not accessible by integration');
const ABSENT = refuse(404, 'Not Found');

/** The routes of GitHub's API about them. */
export function deploymentRoutes(
  openApi: OpenApi,
  state: DeploymentState,
): readonly { readonly operation: OperationKey; answer(request: Request): Answer }[] {
  let nextId = 1;
  const asDeployment = ({ statuses: _, ...deployment }: GitHubDeployment) => ({
    ...openApi.example(['get', DEPLOYMENTS], 200),
    ...deployment,
  });
  const asStatus = (status: Record<string, unknown>) => ({
    ...openApi.example(['get', STATUSES], 200),
    ...status,
  });
  const find = (id: string | undefined) => state.deployments.find((each) => each.id === Number(id));
  const may = (right: 'deployments' | 'checks', answer: (request: Request) => Answer) => (request: Request) =>
    state.denied.has(right) ? DENIED : answer(request);
  return [
    {
      operation: ['get', DEPLOYMENTS],
      answer: may('deployments', ({ query }) => ({
        status: 200,
        body: state.deployments
          .filter((each) =>
            (['environment', 'task', 'sha'] as const).every(
              (key) => !query.has(key) || query.get(key) === each[key],
            ),
          )
          .toReversed()
          .map(asDeployment),
      })),
    },
    {
      operation: ['post', DEPLOYMENTS],
      answer: may('deployments', ({ body }) => {
        const { ref: sha, ...given } = body as { ref: string } & Omit<
          GitHubDeployment,
          'id' | 'sha' | 'statuses'
        >;
        const deployment = { ...given, sha, id: nextId++, statuses: [] };
        state.deployments.push(deployment);
        return { status: 201, body: asDeployment(deployment) };
      }),
    },
    {
      operation: ['get', STATUSES],
      answer: may('deployments', ({ params }) => {
        const found = find(params[2]);
        return found ? { status: 200, body: found.statuses.map(asStatus) } : ABSENT;
      }),
    },
    {
      operation: ['post', STATUSES],
      answer: may('deployments', ({ params, body }) => {
        const found = find(params[2]);
        if (!found) return ABSENT;
        found.statuses.unshift(body as Record<string, unknown>);
        return { status: 201, body: asStatus(body as Record<string, unknown>) };
      }),
    },
    {
      operation: ['post', CHECKS],
      answer: may('checks', ({ body }) => {
        state.checks.push(body as Record<string, unknown>);
        const { name, head_sha, status, conclusion } = body as Record<string, unknown>;
        // The description's example is of a run that goes on.
        const base = openApi.example(['post', CHECKS], 201);
        return { status: 201, body: { ...base, name, head_sha, status, conclusion } };
      }),
    },
    {
      operation: ['get', PULL],
      answer({ params }) {
        const pull = state.pulls.get(Number(params[2]));
        if (!pull) return ABSENT;
        const base = openApi.example(['get', PULL], 200) as { head: { repo: object } };
        const full_name = pull.fork ? 'stranger/orders' : 'acme/orders';
        const head = { ...base.head, ref: pull.branch, repo: { ...base.head.repo, full_name } };
        const number = Number(params[2]);
        return { status: 200, body: { ...base, requested_teams: [], number, state: pull.state, head } };
      },
    },
    {
      operation: ['get', BRANCH],
      answer({ params }) {
        const name = decodeURIComponent(params[2] ?? '');
        if (!state.branches.has(name)) return ABSENT;
        return { status: 200, body: { ...openApi.example(['get', BRANCH], 200), name } };
      },
    },
  ];
}
