import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSync } from 'esbuild';
import { pythonTools } from '../../../scripts/venv.ts';
import { createArchive } from '../../../src/packaging/archive/archive.ts';
import { goCodeSizes } from '../../../src/packaging/archive/packages/go-sizes.ts';
import { comparePackages, type ListedArchive } from '../../../src/packaging/archive/packages/index.ts';
import { listArchive } from '../../../src/packaging/archive/zip-reader.ts';
import { walk } from '../../../src/packaging/workspace/walk.ts';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';
import { describeWithGo } from '../../support/go.ts';

const root = resolve(import.meta.dirname, '../../..');
let scratch: string;
let counter = 0;
beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'packages-')));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

async function archive(files: Files, more: (folder: string) => void = () => {}): Promise<ListedArchive> {
  const folder = join(scratch, String(counter++));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  more(folder);
  const space = workspace(scratch, false);
  const { path } = await createArchive(space, walk(space, folder), join(scratch, 'assets'));
  return { path, entries: await listArchive(path) };
}
const between = async (before: Files, after: Files) =>
  comparePackages(await archive(before), await archive(after));
const manifest = (name: string, version: string, more: object = {}): string =>
  JSON.stringify({ name, version, ...more });

describe('packages of npm', () => {
  it('are compared by name, with their size and licence', async () => {
    const same = { 'index.mjs': '1', 'node_modules/same/package.json': manifest('same', '1.0.0') };
    const changes = await between(
      {
        ...same,
        'node_modules/express/package.json': manifest('express', '4.21.2', { license: 'MIT' }),
        'node_modules/express/index.js': 'x'.repeat(1000),
        'node_modules/@acme/gone/package.json': manifest('@acme/gone', '0.1.0', { license: { type: 'BSD' } }),
      },
      {
        ...same,
        'index.mjs': '2',
        'node_modules/express/package.json': manifest('express', '5.1.0', { license: 'MIT' }),
        'node_modules/express/index.js': 'x'.repeat(500),
        'node_modules/express/node_modules/depd/package.json': manifest('depd', '2.0.0'),
        'node_modules/native/package.json': manifest('native', '3.0.0', {
          licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }],
          scripts: { postinstall: 'node x.js' },
        }),
      },
    );
    const size = (version: string, rest: number) =>
      manifest('express', version, { license: 'MIT' }).length + rest;
    expect(changes).toEqual([
      expect.objectContaining({ kind: 'removed', name: '@acme/gone', before: '0.1.0', licence: 'BSD' }),
      expect.objectContaining({ kind: 'added', ecosystem: 'npm', name: 'depd', after: '2.0.0' }),
      {
        kind: 'updated',
        ecosystem: 'npm',
        name: 'express',
        before: '4.21.2',
        after: '5.1.0',
        licence: 'MIT',
        sizeBefore: size('4.21.2', 1000),
        sizeAfter: size('5.1.0', 500),
      },
      expect.objectContaining({ kind: 'added', name: 'native', licence: 'MIT, Apache-2.0', installs: true }),
    ]);
  });

  it('that merely lie elsewhere are the same, and folders in them are none', async () => {
    expect(
      await between(
        { 'node_modules/a/node_modules/b/package.json': manifest('b', '1.0.0') },
        {
          'node_modules/b/package.json': manifest('b', '1.0.0'),
          'node_modules/b/esm/package.json': manifest('inner', '9.9.9'),
          'node_modules/.package-lock.json/package.json': manifest('hidden', '1.0.0'),
        },
      ),
    ).toEqual([]);
  });

  it.each([
    ['an install script that an update brings', { scripts: { install: 'x' } }, {}, true],
    ['a binding.gyp, which npm builds', {}, { 'node_modules/a/binding.gyp': '{}' }, true],
    [
      'a binding.gyp that npm leaves alone',
      { gypfile: false },
      { 'node_modules/a/binding.gyp': '{}' },
      undefined,
    ],
    ['scripts for its own development', { scripts: { prepare: 'x', test: 'x' } }, {}, undefined],
  ])('run a program or not: %s', async (_what, more, files, expected) => {
    const [change] = await between(
      { 'node_modules/a/package.json': manifest('a', '1.0.0') },
      { 'node_modules/a/package.json': manifest('a', '1.1.0', more), ...files },
    );
    expect(change?.installs).toBe(expected);
  });

  it('of this repository are read as npm installed them', async () => {
    const real = await archive({}, (folder) => {
      for (const name of ['yaml', 'esbuild', 'unrs-resolver'])
        cpSync(
          join(root, 'node_modules', name, 'package.json'),
          join(folder, 'node_modules', name, 'package.json'),
        );
    });
    const changes = await comparePackages(await archive({ 'index.js': '' }), real);
    expect(changes).toMatchObject([
      { kind: 'added', name: 'esbuild', licence: 'MIT', installs: true },
      { kind: 'added', name: 'unrs-resolver', licence: 'MIT', installs: true },
      { kind: 'added', name: 'yaml', licence: 'ISC' },
    ]);
    expect(changes[2]).not.toHaveProperty('installs');
  });

  it.each([['[]'], ['null'], ['{"name": 1, "version": {}}'], ['{'], ['{"name": "a"}']])(
    'with a manifest like %s are passed over',
    async (text) => {
      expect(await between({ x: '1' }, { 'node_modules/a/package.json': text })).toEqual([]);
    },
  );
});

describe('packages of Python', () => {
  it('are read as pip installed them', async () => {
    const tools = await pythonTools('zizmor');
    if ('missing' in tools) throw new Error(tools.missing);
    const lib = join(tools.bin, '..', 'lib');
    const site = join(lib, readdirSync(lib)[0] ?? '', 'site-packages');
    const [info = ''] = readdirSync(site).filter((name) => name.startsWith('zizmor-'));
    const real = await archive({}, (folder) =>
      cpSync(join(site, info), join(folder, 'python', info), { recursive: true }),
    );
    const [change, ...rest] = await comparePackages(await archive({ 'app.py': '' }), real);
    expect(rest).toEqual([]);
    expect(change).toMatchObject({
      kind: 'added',
      ecosystem: 'PyPI',
      name: 'zizmor',
      after: '1.32.0',
      licence: 'MIT',
    });
    expect(change?.sizeAfter).toBeGreaterThan(1000);
  });

  it.each([
    ['License-Expression: MIT OR Apache-2.0\nLicense: whatever', 'MIT OR Apache-2.0'],
    ['License: BSD', 'BSD'],
    [`License: ${'long '.repeat(40)}\nClassifier: License :: OSI Approved :: MIT License`, 'MIT License'],
    ['License: UNKNOWN', undefined],
    ['\nLicense: in the description', undefined],
  ])('have the licence of %j', async (lines, licence) => {
    const metadata = `Metadata-Version: 2.4\nName: Some.Package_name\nVersion: 1.0\n${lines}\n\ntext`;
    const [change] = await between({ x: '1' }, { 'Some.dist-info/METADATA': metadata });
    expect(change).toMatchObject({ name: 'some-package-name', after: '1.0' });
    expect(change?.licence).toBe(licence);
    expect(change).not.toHaveProperty('sizeAfter');
  });

  it('are as large as the files of their list', async () => {
    const files = {
      'a-1.dist-info/METADATA': 'Name: a\nVersion: 1\n',
      'a/__init__.py': 'x'.repeat(100),
      'b.py': 'x',
    };
    const record = 'a/__init__.py,sha256=x,100\n"a-1.dist-info/METADATA",,\na/__pycache__/x.pyc,,\n';
    const [change] = await between({ x: '1' }, { ...files, 'a-1.dist-info/RECORD': record });
    expect(change?.sizeAfter).toBe(100 + files['a-1.dist-info/METADATA'].length);
  });
});

describeWithGo('modules of Go', () => {
  const OTHER = `package other

import "sort"

var Sorted = Sort(len(sort.StringSlice{}))

//go:noinline
func Sort(n int) (all []string) {
	for i := range n {
		all = append(all, string(rune('a'+i)))
	}
	sort.Strings(all)
	return all
}
`;
  const goEnvironment = {
    ...process.env,
    ...{ CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'arm64', GOFLAGS: '-mod=mod' },
  };
  const build = (
    folder: string,
    require: string,
    imported: string,
    from = join(scratch, `go-${counter++}`),
  ): void => {
    const files = {
      'go.mod': `module example.com/app\n\ngo 1.24\n\n${require}\n`,
      'main.go': `package main\n\nimport _ "example.com/lib"\n${imported}\nfunc main() {}\n`,
      'lib/go.mod': 'module example.com/lib\n\ngo 1.24\n',
      'lib/lib.go': 'package lib\n',
      'other/go.mod': 'module example.com/other\n\ngo 1.24\n',
      'other/other.go': OTHER,
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(from, name)), { recursive: true });
      writeFileSync(join(from, name), text);
    }
    const out = join(folder, 'bootstrap');
    execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', out, '.'], {
      cwd: from,
      env: goEnvironment,
    });
    chmodSync(out, 0o755);
  };
  const lib = (version: string) =>
    `require example.com/lib ${version}\nreplace example.com/lib ${version} => ./lib`;

  it('are read from the program, stripped as it is', async () => {
    const old = await archive({}, (folder) => build(folder, lib('v1.0.0'), ''));
    const both = `${lib('v1.0.0')}\nrequire example.com/other v0.3.0\nreplace example.com/other v0.3.0 => ./other`;
    const now = await archive({}, (folder) => build(folder, both, 'import _ "example.com/other"'));
    expect(await comparePackages(old, now)).toEqual([
      {
        kind: 'added',
        ecosystem: 'Go',
        name: 'example.com/other',
        after: './other',
        sizeAfter: expect.any(Number),
      },
    ]);
    const first = await comparePackages(await archive({ x: '1' }), old);
    expect(first).toMatchObject([
      { name: 'Go itself', after: expect.stringMatching(/^1\.\d+/) },
      { name: 'example.com/lib', after: './lib', sizeAfter: 0 },
    ]);
  });

  it("have as much machine code as Go's own tool finds in the program before it is stripped", async () => {
    const from = join(scratch, `go-${counter++}`);
    const folder = join(scratch, String(counter++));
    mkdirSync(folder);
    const require = 'require example.com/other v0.3.0\nreplace example.com/other v0.3.0 => ./other';
    build(folder, `${lib('v1.0.0')}\n${require}`, 'import _ "example.com/other"', from);
    const whole = join(scratch, 'whole');
    execFileSync('go', ['build', '-trimpath', '-o', whole, '.'], { cwd: from, env: goEnvironment });
    const symbols = execFileSync('go', ['tool', 'nm', '-size', '-type', whole]).toString().split('\n');
    const sizes = symbols.flatMap((line) => {
      const [, size, kind, name = ''] = line.trim().split(/\s+/);
      return /^t$/i.test(kind ?? '') && name.startsWith('example.com/other.') ? [Number(size)] : [];
    });
    const found = goCodeSizes(readFileSync(join(folder, 'bootstrap'))).get('example.com/other') ?? 0;
    const told = sizes.reduce((sum, size) => sum + size, 0);
    expect(told).toBeGreaterThan(0);
    // Between functions there is nothing for some bytes.
    expect(found).toBeGreaterThanOrEqual(told);
    expect(found).toBeLessThan(told + 64 * sizes.length);
  });
});

describe('packages in a bundle', () => {
  const bundle = (folder: string, answer: string): string => {
    const files = {
      'index.js': "import { one } from 'one'; import { two } from '@acme/two'; console.log(one(), two());\n",
      'node_modules/one/package.json': manifest('one', '1.0.0', { main: 'lib/index.js' }),
      'node_modules/one/lib/index.js': `exports.one = () => ${JSON.stringify(answer)};\n`,
      'node_modules/@acme/two/package.json': manifest('@acme/two', '2.0.0', { type: 'module' }),
      'node_modules/@acme/two/index.js': 'export const two = () => 2;\n',
    };
    const from = join(scratch, folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(from, name)), { recursive: true });
      writeFileSync(join(from, name), text);
    }
    const result = buildSync({
      ...{ absWorkingDir: from, entryPoints: ['index.js'], bundle: true, platform: 'node', write: false },
    });
    return result.outputFiles[0]?.text ?? '';
  };

  it('are told by what esbuild writes before their code, with its size', async () => {
    const [old, now] = [bundle('first', 'a'), bundle('second', 'a longer answer')];
    const first = await between({ x: '1' }, { 'index.js': old });
    expect(first.map(({ name, kind }) => [name, kind])).toEqual([
      ['@acme/two', 'added'],
      ['one', 'added'],
    ]);
    expect(first.every(({ sizeAfter = 0 }) => sizeAfter > 10)).toBe(true);
    const [change, ...others] = await between({ 'index.js': old }, { 'index.js': now });
    expect(others).toEqual([]);
    expect(change).toMatchObject({ kind: 'updated', ecosystem: 'npm', name: 'one' });
    expect((change?.sizeAfter ?? 0) - (change?.sizeBefore ?? 0)).toBe('a longer answer'.length - 1);
    expect(change?.before).toMatch(/^bundled [0-9a-f]{8}$/);
  });
});

it('an archive whose packages are the same is not read', async () => {
  const files = { 'node_modules/a/package.json': manifest('a', '1.0.0') };
  const [old, now] = [await archive({ ...files, x: '1' }), await archive({ ...files, x: '2' })];
  // There is nothing to read at these paths.
  expect(await comparePackages({ ...old, path: '/none' }, { ...now, path: '/none' })).toEqual([]);
});
