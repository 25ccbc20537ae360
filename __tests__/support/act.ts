import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { goProgram } from '../../scripts/go-programs.ts';
import type { WorkflowEvent } from './github-event.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** A repository on this machine, whose workflows act runs. */
export interface Repository {
  readonly path: string;
  /** Writes files and commits them; answers with the commit. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  /** Runs all workflows that an event starts. */
  run(event: WorkflowEvent, env: Readonly<Record<string, string>>): Promise<WorkflowRun>;
  remove(): Promise<void>;
}

export interface WorkflowRun {
  readonly ok: boolean;
  readonly log: string;
}

/**
 * Stands in for aws-actions/configure-aws-credentials: of a role, the account's number is the key that the emulator takes
 * for that account.
 */
export const CREDENTIALS = `name: credentials
description: Gives the credentials of a role's account.
inputs:
  role-to-assume: { description: The role, required: true }
  aws-region: { description: The region, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        role='\${{ inputs.role-to-assume }}'
        account=\${role#arn:aws:iam::}
        echo "AWS_REGION=\${{ inputs.aws-region }}" >> "$GITHUB_ENV"
        echo "AWS_ACCESS_KEY_ID=\${account%%:*}" >> "$GITHUB_ENV"
        echo "AWS_SECRET_ACCESS_KEY=not-a-secret" >> "$GITHUB_ENV"
`;

/** What workflows use beside this action and that which gives credentials. */
export interface Surroundings {
  /** `action.yml` of actions that stand in for others, as `uses` names them. */
  readonly actions?: Readonly<Record<string, string>>;
  /** Labels of runners beside `ubuntu-latest`. */
  readonly runners?: readonly string[];
  /** A folder of programs that are found before all others. */
  readonly programs?: string;
  /** How the action that gives credentials gets them. */
  readonly signIn?: 'as account' | 'by web identity';
}

/**
 * Stands in for actions/checkout where a workflow asks for a commit; act itself takes the place of a checkout that does not.
 */
const CHECKOUT = `name: checkout
description: Checks out a commit of the repository on this machine.
inputs:
  ref: { description: The commit, required: true }
  persist-credentials: { description: None are kept }
  allow-unsafe-pr-checkout: { description: The workflow knows what it does }
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        git init --quiet .
        git fetch --quiet "$ACT_ORIGIN" '+refs/heads/*:refs/remotes/origin/*'
        git checkout --quiet '\${{ inputs.ref }}'
`;

/**
 * Stands in for aws-actions/configure-aws-credentials as far as STS goes: asks the emulator for the credentials of the role, with a token that has the subject
 * of this run. Who may assume the role, and what it may do, the emulator decides.
 */
const WEB_IDENTITY = `name: credentials
description: Assumes a role as a workflow does.
inputs:
  role-to-assume: { description: The role, required: true }
  aws-region: { description: The region, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        ROLE: \${{ inputs.role-to-assume }}
        REGION: \${{ inputs.aws-region }}
      run: node "$GITHUB_ACTION_PATH/assume.mjs" >> "$GITHUB_ENV"
`;
const ASSUME = `const { ROLE, REGION, GITHUB_REPOSITORY, GITHUB_EVENT_NAME, GITHUB_REF, AWS_ENDPOINT_URL } = process.env;
const context = GITHUB_EVENT_NAME === 'pull_request' ? 'pull_request' : 'ref:' + GITHUB_REF;
const claims = { iss: 'https://token.actions.githubusercontent.com', aud: 'sts.amazonaws.com', sub: 'repo:' + GITHUB_REPOSITORY + ':' + context };
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = [part({ alg: 'RS256', typ: 'JWT' }), part(claims), 'signature'].join('.');
const body = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: ROLE, RoleSessionName: 'workflow', WebIdentityToken: token });
const reply = await fetch(AWS_ENDPOINT_URL, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'sts.amazonaws.com', authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request' } });
const text = await reply.text();
if (!reply.ok) { console.error(text); process.exit(1); }
const of = (name) => new RegExp('<' + name + '>([^<]*)<').exec(text)?.[1];
console.log(['AWS_REGION=' + REGION, 'AWS_ACCESS_KEY_ID=' + of('AccessKeyId'), 'AWS_SECRET_ACCESS_KEY=' + of('SecretAccessKey'), 'AWS_SESSION_TOKEN=' + of('SessionToken')].join('\\n'));
`;

/** Makes a repository with an action that gives credentials and this one, as `uses` names them. */
export async function makeRepository(
  files: Readonly<Record<string, string>>,
  { actions = {}, runners = [], programs, signIn = 'as account' }: Surroundings = {},
): Promise<Repository> {
  const act = await goProgram('act');
  if ('missing' in act) throw new Error(act.missing);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'act-')));
  const path = join(folder, 'repository');
  const credentials = join(folder, 'credentials');
  const checkout = join(folder, 'checkout');
  const action = join(folder, 'action');
  const git = (cwd: string, ...args: string[]) =>
    run('git', ['-c', 'user.email=dev@example.com', '-c', 'user.name=Dev', ...args], { cwd });
  const write = async (cwd: string, all: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(all)) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      await writeFile(join(cwd, name), content);
    }
  };
  const commit = async (cwd: string, all: Readonly<Record<string, string>>): Promise<string> => {
    await write(cwd, all);
    await git(cwd, 'add', '-A');
    await git(cwd, 'commit', '--quiet', '--allow-empty', '-m', 'change');
    return (await git(cwd, 'rev-parse', 'HEAD')).stdout.trim();
  };
  for (const cwd of [path, credentials, checkout]) {
    await mkdir(cwd);
    await git(cwd, 'init', '--quiet', '--initial-branch', 'main');
  }
  // act copies an action in each run; all that a runner needs of this one are these.
  for (const name of ['action.yml', 'dist', 'package.json'])
    await cp(join(root, name), join(action, name), { recursive: true });
  await git(path, 'remote', 'add', 'origin', 'https://github.com/acme/orders.git');
  await commit(
    credentials,
    signIn === 'as account'
      ? { 'action.yml': CREDENTIALS }
      : { 'action.yml': WEB_IDENTITY, 'assume.mjs': ASSUME },
  );
  await commit(checkout, { 'action.yml': CHECKOUT });
  await commit(path, files);
  const others = Object.entries(actions).map(([uses, text], index) => ({
    uses,
    text,
    cwd: join(folder, `action-${index}`),
  }));
  for (const { text, cwd } of others) {
    await mkdir(cwd);
    await writeFile(join(cwd, 'action.yml'), text);
  }
  return {
    path,
    commit: (all) => commit(path, all),
    async run({ name, payload }, env) {
      const event = join(folder, 'event.json');
      await writeFile(event, JSON.stringify(payload));
      const args = [
        name,
        ...['--eventpath', event, '--platform', 'ubuntu-latest=-self-hosted'],
        ...runners.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
        ...['--local-repository', `aws-actions/configure-aws-credentials@v6=${credentials}`],
        ...['--local-repository', `actions/checkout@v7=${checkout}`, '--env', `ACT_ORIGIN=${path}`],
        ...['--local-repository', `org/sparta-action@v1=${action}`],
        // Those that a test brings along take the place of ours.
        ...others.flatMap(({ uses, cwd }) => ['--local-repository', `${uses}=${cwd}`]),
        ...['--secret', 'GITHUB_TOKEN=token-canary', '--no-cache-server'],
        ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
        ...['--var', 'AWS_ROLE=arn:aws:iam::000000000000:role/deploy'],
      ];
      const child = spawn(act.program, args, {
        cwd: path,
        // The runtime of the action is the Node that runs the tests.
        env: {
          HOME: folder,
          PATH: [programs, dirname(process.execPath), process.env.PATH].filter(Boolean).join(':'),
        },
      });
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      await new Promise((done) => child.once('close', done));
      const log = Buffer.concat(chunks).toString();
      return { ok: /Job succeeded/.test(log) && !/Job failed/.test(log), log };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A workflow of a page, by the words of its name. */
export async function workflowOf(page: string, which: (yaml: string) => boolean): Promise<string> {
  const text = await readFile(join(root, page), 'utf8');
  const found = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml).filter(which);
  const [only, ...more] = found;
  if (only === undefined || more.length > 0)
    throw new Error(`${page} has ${found.length} workflows of that kind`);
  return forAct(only);
}

/** A workflow without what act's schema does not know yet: queues, and act runs nothing at the same time. */
export const forAct = (yaml: string): string =>
  yaml.replaceAll(/^ *queue: max.*\n/gm, '').replaceAll(', queue: max', '');
