import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { repositoryFacts } from '../../../src/commands/setup/repository.ts';
import { writeFiles } from '../../../src/commands/setup/write-files.ts';
import type { Host } from '../../../src/host.ts';
import { lines } from '../../aws/support.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'setup-')));
  execFileSync('git', ['init', '--quiet', '--initial-branch', 'trunk', folder]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

const remote = (url: string) => execFileSync('git', ['-C', folder, 'remote', 'add', 'origin', url]);
const host = (more: Partial<Host> = {}): Host => ({
  log: lines(),
  workspace: folder,
  env: { GITHUB_API_URL: 'http://127.0.0.1:9' },
  signal: new AbortController().signal,
  event: {} as Host['event'],
  progress: undefined,
  confirm: async () => false,
  background: false,
  ...more,
});

/** A stand-in for GitHub's API. */
async function api(createdAt: string): Promise<string> {
  const answers: Readonly<Record<string, object>> = {
    '/repos/acme/orders': { id: 345, created_at: createdAt, default_branch: 'main', owner: { id: 12 } },
    '/repos/acme/orders/environments': { environments: [{ name: 'production' }, { name: 'staging' }] },
  };
  server = createServer(({ url = '' }, outgoing) => {
    const answer = answers[url];
    outgoing.writeHead(answer ? 200 : 404).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each([
  ['2026-07-14T23:59:59Z', undefined],
  ['2026-07-15T00:00:00Z', { owner: 12, repository: 345 }],
])('knows of a repository made at %s whether its subjects hold IDs', async (createdAt, ids) => {
  remote('git@github.com:acme/orders.git');
  const facts = await repositoryFacts(host({ env: { GITHUB_API_URL: await api(createdAt) } }));
  expect(facts).toEqual({
    root: folder,
    host: 'github.com',
    owner: 'acme',
    name: 'orders',
    defaultBranch: 'main',
    environments: ['production', 'staging'],
    ids,
    doubts: [],
  });
});

it.each([
  'https://github.com/acme/orders',
  'ssh://git@github.com:22/acme/orders.git',
  'git@github.com:acme/orders',
  'ssh://git@ssh.github.com:443/acme/orders.git',
  'https://www.GitHub.com/acme/orders.git',
  'https://x-access-token:secret@github.com/acme/orders.git',
])('reads %s, and says what it could not ask', async (url) => {
  remote(url);
  const { host: server, owner, name, defaultBranch, doubts } = await repositoryFacts(host());
  expect([server, owner, name, defaultBranch]).toEqual(['github.com', 'acme', 'orders', 'trunk']);
  expect(doubts).toHaveLength(1);
});

it('doubts a server that it does not know, which may be a name of the SSH configuration', async () => {
  remote('github-work:acme/orders.git');
  const { host: server, doubts } = await repositoryFacts(host());
  expect(server).toBe('github-work');
  expect(doubts[0]).toContain('github-work is taken for a GitHub Enterprise Server');
});

it.each([
  'git@gitlab.com:acme/orders.git',
  'https://acme@dev.azure.com/acme/orders/_git/orders',
  'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/orders',
])('refuses %s, which is no repository of GitHub', async (url) => {
  remote(url);
  await expect(repositoryFacts(host())).rejects.toThrow('is no repository of GitHub');
});

it('does not show the token of a remote', async () => {
  remote('https://me:glpat-verysecret@gitlab.com/acme/orders.git');
  await expect(repositoryFacts(host())).rejects.not.toThrow('verysecret');
});

it('wants a remote', async () => {
  await expect(repositoryFacts(host())).rejects.toThrow('the repository has no remote named origin');
});

it('overwrites no file without asking, and writes nothing where the answer is no', async () => {
  writeFileSync(join(folder, 'b.yml'), 'mine');
  const files = [
    { path: '.github/a.yml', text: 'a' },
    { path: 'b.yml', text: 'b' },
  ];
  const asked: string[] = [];
  const confirm = (answer: boolean) => async (question: string) => {
    asked.push(question);
    return answer;
  };
  await expect(writeFiles(files, host({ confirm: confirm(false) }))).rejects.toThrow('says something else');
  expect(() => readFileSync(join(folder, '.github/a.yml'))).toThrow();
  await writeFiles(files, host({ confirm: confirm(true) }));
  expect(readFileSync(join(folder, 'b.yml'), 'utf8')).toBe('b');
  await writeFiles(files, host({ confirm: confirm(false) }));
  expect(asked).toHaveLength(2);
});
