import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { straceReader } from '../../../src/packaging/inputs/strace-output.ts';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { CommandBuild } from '../../../src/packaging/toolchains/spec.ts';
import { isBuiltAgain, makeProject, type Project } from '../support.ts';

const traced = process.platform === 'linux' && spawnSync('strace', ['--version']).error === undefined;
if (!traced) console.warn('traces are not tested: there is no strace here');
const describeTraced = traced ? describe : describe.skip;

const made: Project[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});
function project(files: Readonly<Record<string, string>>): Project {
  const each = makeProject(files);
  made.push(each);
  return each;
}

const spec = ({ root }: Project, command: string): CommandBuild => ({
  kind: 'command',
  directory: join(root, 'fn'),
  command,
  output: { variable: 'OUT' },
  environment: {},
});

const FILES = { 'fn/a.txt': 'a', 'fn/unread.txt': 'x', 'common/unread.txt': 'x' };

describe('a command that cannot be traced', () => {
  it.each(['common/unread.txt', 'fn/unread.txt', 'new.txt'])(
    'is run again when %s has changed',
    async (name) => {
      const each = project(FILES);
      const again = () =>
        isBuiltAgain(each, spec(each, 'cp a.txt $OUT'), {
          answers: new Map([['strace', Promise.resolve(false)]]),
        });
      expect(await again()).toBe(true);
      expect(await again()).toBe(false);
      each.write({ [name]: 'changed' });
      expect(await again()).toBe(true);
    },
  );

  it('is run again when a program on the PATH has changed', async () => {
    const each = project({ ...FILES, '../bin/tool': '#!/bin/sh\necho 1\n' });
    const env = { ...process.env, PATH: `${join(each.root, '..', 'bin')}:${process.env.PATH}` };
    const again = () =>
      isBuiltAgain(each, spec(each, 'tool > $OUT/made'), {
        env,
        answers: new Map([['strace', Promise.resolve(false)]]),
      });
    expect(await again()).toBe(true);
    expect(await again()).toBe(false);
    each.write({ '../bin/tool': '#!/bin/sh\necho 22\n' });
    expect(await again()).toBe(true);
  });
});

describeTraced('a command that is traced', () => {
  it('is run again when a program that it ran has changed', async () => {
    const each = project({ ...FILES, '../bin/tool': '#!/bin/sh\necho 1\n' });
    const env = { ...process.env, PATH: `${join(each.root, '..', 'bin')}:${process.env.PATH}` };
    const again = () => isBuiltAgain(each, spec(each, 'tool > $OUT/made'), { env });
    expect(await again()).toBe(true);
    expect(await again()).toBe(false);
    each.write({ '../bin/tool': '#!/bin/sh\necho 2\n' });
    expect(await again()).toBe(true);
  });

  it('has everything count when another program may read in its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'socket-'));
    const server = createServer((socket) => socket.end('read by another'));
    const path = join(folder, 'daemon');
    await new Promise<void>((done) => server.listen(path, done));
    try {
      const each = project(FILES);
      const ask = `node -e "require('node:net').connect('${path}').pipe(require('node:fs').createWriteStream(process.env.OUT + '/made'))"`;
      const again = () => isBuiltAgain(each, spec(each, ask));
      expect(await again()).toBe(true);
      expect(await again()).toBe(false);
      expect(each.context.log.lines.join('\n')).toContain(`it talked to another program at ${path}`);
      each.write({ 'common/unread.txt': 'changed' });
      expect(await again()).toBe(true);
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it('is run once more, and not traced, when it fails for being traced', async () => {
    const each = project(FILES);
    const { path } = await builder(
      each.output,
      each.context,
    )(spec(each, 'echo "$$" > $OUT/first && strace -o /dev/null cp a.txt $OUT/copied'));
    expect(readFileSync(join(path, 'copied'), 'utf8')).toBe('a');
  });

  it('may leave a program behind', async () => {
    const each = project(FILES);
    const start = performance.now();
    const { path } = await builder(
      each.output,
      each.context,
    )(spec(each, '(sleep 200 < /dev/null > /dev/null 2>&1 & echo $! > $OUT/pid); cp a.txt $OUT'));
    expect(performance.now() - start).toBeLessThan(100_000);
    const pid = Number(readFileSync(join(path, 'pid'), 'utf8'));
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
  });

  it('knows its exit code', async () => {
    const each = project(FILES);
    await expect(builder(each.output, each.context)(spec(each, 'exit 7'))).rejects.toThrow('(exit code 7)');
    await expect(builder(each.output, each.context)(spec(each, 'kill -9 $$'))).rejects.toThrow(
      '(exit code 137)',
    );
  });
});

describe('a command in a folder of a repository', () => {
  it('has the whole repository around it, and is run again for another commit only if it asks git', async () => {
    const each = project({ 'sub/fn/a.txt': 'a', 'common/b.txt': 'b', 'c.txt': 'c' });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', each.root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    const root = join(each.root, 'sub');
    const sub = {
      ...each,
      root,
      output: join(root, '.sparta', 'build'),
      context: { ...each.context, space: { root, allowOutside: false } },
    };
    const reading = spec(sub, 'cat a.txt ../../common/b.txt > $OUT/made');
    const asking = spec(sub, 'git rev-parse HEAD > $OUT/commit && git status --porcelain > $OUT/status');
    expect(await isBuiltAgain(sub, reading)).toBe(true);
    const { path } = await builder(sub.output, sub.context)(asking);
    expect(readFileSync(join(path, 'commit'), 'utf8').trim()).toBe(git('rev-parse', 'HEAD'));
    expect(readFileSync(join(path, 'status'), 'utf8')).toBe('');
    expect(await isBuiltAgain(sub, asking)).toBe(false);
    git('commit', '-qm', 'two', '--allow-empty');
    expect(await isBuiltAgain(sub, asking)).toBe(true);
    if (traced) expect(await isBuiltAgain(sub, reading)).toBe(false);
    writeFileSync(join(each.root, 'common/b.txt'), 'changed');
    expect(await isBuiltAgain(sub, reading)).toBe(true);
  });
});

describe('what strace writes', () => {
  const read = (...lines: string[]) => {
    const reader = straceReader('/w/fn');
    for (const each of lines) reader.line(each);
    return reader.end();
  };

  it('is understood: working folders, descriptors, escapes, and calls that others interrupt', () => {
    const { paths, listed, programs, blind } = read(
      '7  execve("/bin/make", ["make", "x"], 0x7ff /* 9 vars */) = 0',
      '7  openat(AT_FDCWD</w/fn>, "a", O_RDONLY) = 3</w/linked/a>',
      '7  openat(AT_FDCWD</w/fn>, "out", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 4</w/fn/out>',
      '7  access("gr\\303\\266\\303\\237e, \\"x\\"", F_OK) = -1 ENOENT (No such file or directory)',
      '7  chdir("../common") = 0',
      '7  clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f) = 8',
      '8  access("b", R_OK) = 0',
      '8  chdir("deep") = 0',
      '7  vfork( <unfinished ...>',
      '9  access("c", R_OK) = 0',
      '7  <... vfork resumed>) = 9',
      '8  access("d", R_OK) = 0',
      '7  getdents64(3</w/names>, 0x55 /* 5 entries */, 32768) = 128',
      '7  rename("e", "f") = 0',
      '7  symlink("../g", "h/i") = 0',
      '7  readlink("j", "k", 4096) = 1',
      '7  access("/secret", R_OK) = -1 EACCES (Permission denied)',
      '7  +++ exited with 0 +++',
    );
    expect([...blind]).toEqual([]);
    expect([...programs]).toEqual(['/bin/make']);
    expect([...listed]).toEqual(['/w/names']);
    expect([...paths].sort()).toEqual(
      [
        ...[
          '/bin/make',
          '/w/fn/a',
          '/w/linked/a',
          '/w/fn/größe, "x"',
          '/w/common',
          '/w/common/b',
          '/w/common/deep',
        ],
        ...[
          '/w/common/c',
          '/w/common/deep/d',
          '/w/common/e',
          '/w/common/f',
          '/w/common/h/i',
          '/w/common/g',
          '/w/common/j',
        ],
      ].sort(),
    );
  });

  it.each([
    ['what is no line of it', ['strace: something']],
    ['what is cut off', ['7  openat(AT_FDCWD</w/fn>, "a"']],
    ['a process that nobody started', ['7  access("a", R_OK) = 0', '9  access("b", R_OK) = 0']],
    ['another root', ['7  chroot("/jail") = 0']],
    [
      'a socket',
      ['7  connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/var/run/docker.sock"}, 110) = 0'],
    ],
    [
      'a port of this machine',
      [
        '7  connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
      ],
    ],
  ])('shows not everything: %s', (_, lines) => {
    expect(read(...lines).blind.size).toBe(1);
  });

  it.each([
    'connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = 0',
    'connect(3<socket:[1]>, {sa_family=AF_UNIX, sun_path="/var/run/docker.sock"}, 110) = -1 ENOENT (No such file or directory)',
    'connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
    'connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("104.16.0.1")}, 16) = 0',
  ])('is no reason to doubt: %s', (line) => {
    expect(read(`7  ${line}`).blind.size).toBe(0);
  });
});
