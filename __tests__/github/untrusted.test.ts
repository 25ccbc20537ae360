import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untrustedCode } from '../../src/github/untrusted.ts';

let root: string;
let repository: string;
let base: string;
let head: string;

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'untrusted-'));
  repository = join(root, 'repository');
  mkdirSync(join(repository, 'service'), { recursive: true });
  git(repository, 'init', '-q');
  writeFileSync(join(repository, 'service', 'a'), '1');
  git(repository, 'add', '.');
  git(repository, 'commit', '-qm', 'base');
  base = git(repository, 'rev-parse', 'HEAD');
  git(repository, 'commit', '-qm', 'pull request', '--allow-empty');
  head = git(repository, 'rev-parse', 'HEAD');
});
afterAll(() => rmSync(root, { recursive: true }));

const env = (event: string) => ({ GITHUB_EVENT_NAME: event, GITHUB_SHA: base });

describe.each(['pull_request_target', 'workflow_run'])('on %s', (event) => {
  it('code of the base branch may run, in any folder of it', async () => {
    git(repository, 'checkout', '-q', base);
    expect(await untrustedCode(env(event), repository)).toBeUndefined();
    expect(await untrustedCode(env(event), join(repository, 'service'))).toBeUndefined();
  });

  it('code of a pull request may not', async () => {
    git(repository, 'checkout', '-q', head);
    expect(await untrustedCode(env(event), join(repository, 'service'))).toContain(head.slice(0, 7));
  });

  it('a pull request checked out beside the base branch may not', async () => {
    git(repository, 'checkout', '-q', base);
    git(repository, 'worktree', 'add', '-q', '--force', join(repository, 'pr'), head);
    expect(await untrustedCode(env(event), join(repository, 'pr'))).toContain(head.slice(0, 7));
    git(repository, 'worktree', 'remove', '--force', join(repository, 'pr'));
  });

  it('what is not in git may not', async () => {
    const artifact = join(root, 'artifact');
    mkdirSync(artifact, { recursive: true });
    expect(await untrustedCode(env(event), artifact)).toContain('no commit');
  });

  it('a bare repository among the files does not vouch for them', async () => {
    const forged = join(root, `forged-${event}`);
    cpSync(join(repository, '.git'), forged, { recursive: true });
    renameSync(join(forged, 'HEAD'), join(forged, 'old'));
    writeFileSync(join(forged, 'HEAD'), `${base}\n`);
    git(forged, '--git-dir', '.', 'config', 'core.bare', 'true');
    expect(git(forged, 'rev-parse', 'HEAD')).toBe(base);
    expect(await untrustedCode(env(event), forged)).toContain('no commit');
  });
});

it.each(['push', 'pull_request', 'merge_group', 'workflow_dispatch', undefined])(
  'on %s the run has no more rights than its code',
  async (event) => {
    git(repository, 'checkout', '-q', head);
    expect(await untrustedCode({ GITHUB_EVENT_NAME: event, GITHUB_SHA: base }, repository)).toBeUndefined();
  },
);
