import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { actProgram } from '../../scripts/act.ts';
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
const CREDENTIALS = `name: credentials
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

/** Makes a repository with an action that gives credentials and this one, as `uses` names them. */
export async function makeRepository(files: Readonly<Record<string, string>>): Promise<Repository> {
  const act = await actProgram();
  if ('missing' in act) throw new Error(act.missing);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'act-')));
  const path = join(folder, 'repository');
  const credentials = join(folder, 'credentials');
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
  for (const cwd of [path, credentials]) {
    await mkdir(cwd);
    await git(cwd, 'init', '--quiet', '--initial-branch', 'main');
  }
  await git(path, 'remote', 'add', 'origin', 'https://github.com/acme/orders.git');
  await commit(credentials, { 'action.yml': CREDENTIALS });
  await commit(path, files);
  return {
    path,
    commit: (all) => commit(path, all),
    async run({ name, payload }, env) {
      const event = join(folder, 'event.json');
      await writeFile(event, JSON.stringify(payload));
      const args = [
        name,
        ...['--eventpath', event, '--platform', 'ubuntu-latest=-self-hosted'],
        ...['--local-repository', `aws-actions/configure-aws-credentials@v6=${credentials}`],
        ...['--local-repository', `org/sparta-action@v1=${root}`],
        ...['--secret', 'GITHUB_TOKEN=token-canary', '--no-cache-server'],
        ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
        ...['--var', 'AWS_ROLE=arn:aws:iam::000000000000:role/deploy'],
      ];
      const child = spawn(act.program, args, {
        cwd: path,
        // The runtime of the action is the Node that runs the tests.
        env: { HOME: folder, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
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
  const found = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml).filter(which);
  const [only, ...more] = found;
  if (only === undefined || more.length > 0)
    throw new Error(`${page} has ${found.length} workflows of that kind`);
  return only;
}
