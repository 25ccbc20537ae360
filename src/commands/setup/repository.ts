import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Host } from '../../host.ts';
import type { TrustedRepository } from '../../policies/trust.ts';
import { ProblemError } from '../../problem.ts';
import { isObject } from '../../template/types.ts';

const execute = promisify(execFile);

/** What a repository is, as far as git and GitHub tell. */
export interface RepositoryFacts extends TrustedRepository {
  /** Its folder here, absolute: where workflows are. */
  readonly root: string;
  readonly defaultBranch: string;
  /** Names of its environments, where GitHub tells them. */
  readonly environments: readonly string[];
  /** What could not be found out, for people. */
  readonly doubts: readonly string[];
}

/** Subjects of repositories that are made from then on hold IDs. Source: GitHub's changelog of that day. */
const SUBJECTS_WITH_IDS = Date.parse('2026-07-15T00:00:00Z');

/**
 * Looks at the repository of a folder: its remote `origin`, and what GitHub says of it.
 *
 * @throws ProblemError where it has no remote on a GitHub server
 */
export async function repositoryFacts({ workspace, env, signal }: Host): Promise<RepositoryFacts> {
  const git = async (...args: string[]): Promise<string> =>
    (await execute('git', ['-C', workspace, ...args], { signal })).stdout.trim();
  const url = await git('remote', 'get-url', 'origin').catch(() => '');
  const [, found = '', owner, name] =
    /^(?:https?:\/\/|ssh:\/\/)?(?:[^@/]+@)?([\w.-]+)(?::\d+)?[:/]([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(url) ??
    [];
  const host = hostOf(found);
  if (owner === undefined || name === undefined || OTHERS.test(host))
    throw new ProblemError({
      message:
        url === ''
          ? 'the repository has no remote named origin'
          : `the remote ${url.replace(/\/\/[^@/]*@/, '//')} is no repository of GitHub`,
      next: 'Push it to GitHub first: git remote add origin https://github.com/OWNER/NAME.git',
    });
  const ask = askOf({ host, env, signal });
  const [told, environments] = await Promise.all([
    ask(`/repos/${owner}/${name}`),
    ask(`/repos/${owner}/${name}/environments`),
  ]);
  const branch = textIn(told, 'default_branch') ?? (await headBranch(git));
  return {
    root: await git('rev-parse', '--show-toplevel'),
    host,
    owner,
    name,
    defaultBranch: branch,
    environments: namesIn(environments),
    ids: idsOf(told),
    doubts: told
      ? []
      : [
          ...(host === 'github.com' || host.endsWith('.ghe.com')
            ? []
            : [
                `${host} is taken for a GitHub Enterprise Server: if it is a name in your SSH configuration, give the remote the server's own name`,
              ]),
          `GitHub does not tell about ${owner}/${name} (set GITHUB_TOKEN if it is private): its branch is taken from git, and the roles trust the subject of repositories from before 2026-07-15; see docs/setup.md`,
        ],
  };
}

/** Servers of others, which have no workflows of GitHub. */
const OTHERS =
  /(^|\.)(gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com|visualstudio\.com)$|^git-codecommit\./;

/** The server of a remote; names are the same in any case. SSH over the port of HTTPS has a name of its own. */
const hostOf = (host: string): string => host.toLowerCase().replace(/^(ssh|www)\.github\.com$/, 'github.com');

const headBranch = (git: (...args: string[]) => Promise<string>): Promise<string> =>
  git('symbolic-ref', '--short', 'refs/remotes/origin/HEAD')
    .then((head) => head.replace(/^origin\//, ''))
    .catch(() => git('symbolic-ref', '--short', 'HEAD'))
    .catch(() => 'main');

function idsOf(found: unknown): TrustedRepository['ids'] {
  if (!isObject(found) || Date.parse(String(found.created_at)) < SUBJECTS_WITH_IDS) return undefined;
  const { id, owner } = found;
  return typeof id === 'number' && isObject(owner) && typeof owner.id === 'number'
    ? { owner: owner.id, repository: id }
    : undefined;
}

/** GitHub's API, which may not be reached, or not tell. */
function askOf({ host, env, signal }: Pick<Host, 'env' | 'signal'> & { readonly host: string }) {
  const api =
    env.GITHUB_API_URL ?? (host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`);
  const token = env.GITHUB_TOKEN ?? env.GH_TOKEN;
  return async (path: string): Promise<unknown> => {
    try {
      const reply = await fetch(`${api}${path}`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
        headers: {
          accept: 'application/vnd.github+json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
      });
      return reply.ok ? await reply.json() : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };
}

const textIn = (found: unknown, key: string): string | undefined => {
  const value = isObject(found) ? found[key] : undefined;
  return typeof value === 'string' ? value : undefined;
};

const namesIn = (found: unknown): readonly string[] => {
  const list = isObject(found) && Array.isArray(found.environments) ? found.environments : [];
  return list.flatMap((each) => textIn(each, 'name') ?? []);
};
