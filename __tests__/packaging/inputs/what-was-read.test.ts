import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ToolchainBuild } from '../../../src/packaging/toolchains/build.ts';
import { withoutGo } from '../../support/go.ts';
import { isBuiltAgain, makeProject, type Project, whyBuiltAgain } from '../support.ts';

/** One kind of build, and which files of its workspace it reads. */
interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly spec: (root: string) => ToolchainBuild;
  readonly prepare?: (root: string) => void;
  /** Names of files whose change must lead to a new build. */
  readonly read: readonly string[];
  /** Names of files that were not there; that they come to be must lead to a new build. */
  readonly added?: Readonly<Record<string, string>>;
  /** Names of files whose change must not. */
  readonly unread: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const made: Project[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const has = (program: string, ...args: string[]): boolean => spawnSync(program, args).error === undefined;
const traced = process.platform === 'linux' && has('strace', '--version');
if (!traced) console.warn('that commands are not run again without need is not tested: there is no strace');

const esbuild: Case = {
  files: {
    'fn/package.json': '{"name":"fn"}',
    'fn/tsconfig.json':
      '{ // settings\n"extends": "../tsconfig.base.json", "compilerOptions": { "paths": { "@lib/*": ["../first/*", "../lib/*"] } } }',
    'tsconfig.base.json':
      '{"extends":["./tsconfig.root", "settings/node.json"],"compilerOptions":{"jsx":"react"}}',
    'tsconfig.root.json': '{"compilerOptions":{"target":"es2022"}}',
    'node_modules/settings/package.json': '{"name":"settings"}',
    'node_modules/settings/node.json': '{"compilerOptions":{"useDefineForClassFields":true}}',
    'fn/app.ts': `import { rate } from '../common/rate';
import { lib } from '@lib/deep/lib';
import { helper } from './helper';
import data from './data.json';
import text from './note.txt';
import pkg from 'pkg';
let more;
try { more = require('../generated/more'); } catch {}
const say = (language: string) => import(\`../texts/\${language}/hello.json\`);
export const handler = async () => [rate, lib, helper, data, text, pkg, more, say];
`,
    'texts/en/hello.json': '[]',
    'fn/helper/index.ts': 'export const helper = 1;',
    'fn/data.json': '[1]',
    'fn/note.txt': 'note',
    'common/rate.ts': 'export const rate = "OLD";',
    'common/other.ts': 'export const other = 1;',
    'lib/deep/lib.ts': 'export const lib = "lib";',
    'node_modules/pkg/package.json': '{"name":"pkg","main":"main.js"}',
    'node_modules/pkg/main.js': 'module.exports = 1;',
    'node_modules/pkg/unused.js': 'module.exports = 2;',
    'fn/app.test.ts': 'import "./app";',
    'fn/README.md': 'read me',
    'other/app.ts': 'export const other = 1;',
    'package-lock.json': '{}',
  },
  prepare: linkEsbuild,
  spec: (root) => ({
    kind: 'node',
    directory: join(root, 'fn'),
    entries: ['app.ts'],
    runtime: 'nodejs24.x',
    minify: false,
    sourceMap: false,
    externalAwsSdk: false,
    external: [],
  }),
  read: [
    ...[
      'fn/app.ts',
      'fn/helper/index.ts',
      'fn/data.json',
      'fn/note.txt',
      'fn/package.json',
      'fn/tsconfig.json',
    ],
    ...[
      'package-lock.json',
      'texts/en/hello.json',
      'common/rate.ts',
      'lib/deep/lib.ts',
      'tsconfig.base.json',
      'tsconfig.root.json',
    ],
    ...['node_modules/settings/node.json', 'node_modules/pkg/package.json', 'node_modules/pkg/main.js'],
  ],
  added: {
    'common/rate.tsx': 'export const rate = "NEW";',
    'fn/helper.ts': 'export const helper = 2;',
    'first/deep/lib.ts': 'export const lib = "first";',
    'fn/node_modules/pkg/index.js': 'module.exports = 3;',
    'common/tsconfig.json': '{}',
    'texts/de/hello.json': '[]',
    'generated/more.js': '1;',
    'package.json': '{"type":"module"}',
  },
  unread: ['common/other.ts', 'node_modules/pkg/unused.js', 'fn/app.test.ts', 'fn/README.md', 'other/app.ts'],
};

function linkEsbuild(root: string): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules', 'esbuild'), join(root, 'node_modules', 'esbuild'));
}

const go: Case = {
  files: {
    'go.work': 'go 1.24\n\nuse (\n\t./svc\n\t./unused\n)\n',
    'svc/go.mod':
      'module example.com/svc\n\ngo 1.24\n\nrequire example.com/shared v0.0.0\nreplace example.com/shared => ../shared\n',
    'svc/cmd/main.go': `package main

import (
	_ "embed"
	"example.com/shared/rate"
	"example.com/svc/inner"
)

//go:embed data/*.txt
var text string

func main() { println(rate.Rate, text, inner.Inner) }
`.replace('//go:embed data/*.txt\nvar text string', '//go:embed data/a.txt\nvar text string'),
    'svc/cmd/data/a.txt': 'a',
    'svc/cmd/linux.go': '//go:build linux\n\npackage main\n',
    'svc/cmd/never.go': '//go:build never\n\npackage main\n',
    'svc/cmd/main_test.go': 'package main\n',
    'svc/inner/inner.go': 'package inner\n\nconst Inner = 1\n',
    'svc/apart/apart.go': 'package apart\n',
    'shared/go.mod': 'module example.com/shared\n\ngo 1.24\n',
    'shared/rate/rate.go': 'package rate\n\nconst Rate = "OLD"\n',
    'shared/other/other.go': 'package other\n',
    'unused/go.mod': 'module example.com/unused\n\ngo 1.24\n',
    'unused/x.go': 'package unused\n',
    'README.md': 'read me',
  },
  spec: (root) => ({
    kind: 'go',
    directory: join(root, 'svc'),
    package: './cmd',
    architecture: 'x86_64',
    tags: [],
    ldflags: '',
    generate: false,
    environment: {},
  }),
  read: [
    ...[
      'go.work',
      'svc/go.mod',
      'svc/cmd/main.go',
      'svc/cmd/data/a.txt',
      'svc/cmd/linux.go',
      'svc/cmd/never.go',
    ],
    ...['svc/inner/inner.go', 'shared/go.mod', 'shared/rate/rate.go', 'unused/go.mod'],
  ],
  added: {
    'svc/cmd/more.go': 'package main\n',
    'shared/rate/more.go': 'package rate\n',
    'svc/cmd/data/b.txt': 'b',
  },
  unread: ['svc/cmd/main_test.go', 'svc/apart/apart.go', 'shared/other/other.go', 'unused/x.go', 'README.md'],
};

const generated: Case = {
  files: {
    'svc/go.mod': 'module example.com/svc\n\ngo 1.24\n',
    'svc/main.go': 'package main\n\n//go:generate sh ../make.sh\n\nfunc main() { println(made) }\n',
    'make.sh': `printf 'package main\n\nconst made = "%s"\n' "$(head -n 1 ../common/name.txt)" > made.go\n`,
    'common/name.txt': 'name',
    'README.md': 'read me',
  },
  spec: (root) => ({
    kind: 'go',
    directory: join(root, 'svc'),
    architecture: 'x86_64',
    tags: [],
    ldflags: '',
    generate: true,
    environment: {},
  }),
  read: ['svc/go.mod', 'svc/main.go', 'make.sh', 'common/name.txt'],
  unread: traced ? ['README.md'] : [],
};

const npm: Case = {
  files: {
    'fn/package.json':
      '{"name":"fn","version":"1.0.0","dependencies":{"shared":"file:../shared"},"scripts":{"postinstall":"cp app.js made.js"}}',
    'fn/app.js': 'exports.handler = async () => 1;',
    'fn/.npmrc': 'fund=false\n',
    'fn/data/x.bin': 'x',
    'shared/package.json': '{"name":"shared","version":"1.0.0","dependencies":{"deep":"file:../deep"}}',
    'shared/index.js': 'exports.x = 1;',
    'deep/package.json': '{"name":"deep","version":"1.0.0"}',
    'deep/index.js': 'exports.x = 1;',
    'fn/node_modules/old/index.js': 'x',
    'other/index.js': 'x',
    'README.md': 'x',
  },
  spec: (root) => ({
    kind: 'npm',
    directory: join(root, 'fn'),
    architecture: 'x86_64',
    runtime: 'nodejs22.x',
  }),
  read: [
    ...[
      'fn/package.json',
      'fn/app.js',
      'fn/.npmrc',
      'fn/data/x.bin',
      'shared/package.json',
      'shared/index.js',
    ],
    ...['deep/package.json', 'deep/index.js'],
  ],
  added: {
    'fn/package-lock.json': '{}',
    'fn/more.js': '1;',
    'shared/deep/more.js': '1;',
    'package.json': '{"name":"root","private":true,"workspaces":["*"]}',
  },
  unread: ['other/index.js', 'README.md', 'fn/node_modules/old/index.js'],
};

const python: Case = {
  files: {
    'fn/app.py': 'x = 1\n',
    'fn/data.bin': 'x',
    'fn/requirements.txt': '-r ../common.txt\n--constraint=../limits.txt\n',
    'common.txt': '-r deep/more.txt\n',
    'deep/more.txt': '# none\n',
    'limits.txt': '# none\n',
    'pyproject.toml': '[tool.uv]\n',
    'fn/__pycache__/app.pyc': 'x',
    'fn/.venv/x.py': 'x = 1\n',
    'README.md': 'read me',
    'other/app.py': 'x = 1\n',
  },
  spec: (root) => ({
    kind: 'python',
    directory: join(root, 'fn'),
    runtime: 'python3.13',
    architecture: 'arm64',
  }),
  read: [
    'fn/app.py',
    'fn/data.bin',
    'fn/requirements.txt',
    'common.txt',
    'deep/more.txt',
    'limits.txt',
    'pyproject.toml',
  ],
  added: { 'fn/more.py': 'x = 1\n', 'fn/deep/more.py': 'x = 1\n' },
  unread: ['fn/__pycache__/app.pyc', 'fn/.venv/x.py', 'README.md', 'other/app.py'],
};

/** A build backend of the project's own, so that no index is needed. */
const BACKEND = `import zipfile, pathlib
def build_wheel(folder, *args, **more):
    name = 'ordlib-1.0-py3-none-any.whl'
    with zipfile.ZipFile(folder + '/' + name, 'w') as z:
        rate = pathlib.Path('src/ordlib.py').read_text() + pathlib.Path('../rates.txt').read_text()
        pathlib.Path('built.txt').write_text('beside the sources')
        z.writestr('ordlib.py', rate)
        z.writestr('ordlib-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: ordlib\\nVersion: 1.0\\n')
        z.writestr('ordlib-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        z.writestr('ordlib-1.0.dist-info/RECORD', 'ordlib.py,,\\n')
    return name
`;

const pythonLocal: Case = {
  files: {
    'fn/app.py': 'import ordlib\n',
    'fn/requirements.txt': '../lib\n',
    'lib/pyproject.toml':
      '[project]\nname = "ordlib"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    'lib/backend.py': BACKEND,
    'lib/src/ordlib.py': 'RATE = "OLD"\n',
    'rates.txt': '# rates\n',
    'README.md': 'read me',
  },
  spec: (root) => ({
    kind: 'python',
    directory: join(root, 'fn'),
    runtime: 'python3.11',
    architecture: 'x86_64',
  }),
  read: [
    'fn/app.py',
    'fn/requirements.txt',
    'lib/pyproject.toml',
    'lib/backend.py',
    'lib/src/ordlib.py',
    'rates.txt',
  ],
  added: { 'lib/src/more.py': '' },
  unread: traced ? ['README.md'] : [],
};

const make: Case = {
  files: {
    'fn/Makefile': `include ../common.mk
build-Hello:
	cp app.js ../common/rate.js $(ARTIFACTS_DIR)/
	cat ../texts/*.txt > $(ARTIFACTS_DIR)/texts
	if [ -f ../flag ]; then echo 1 > $(ARTIFACTS_DIR)/flag; fi
	mv old.js $(ARTIFACTS_DIR)/
	ln -s $(CURDIR)/../linked $(ARTIFACTS_DIR)/linked
	sh ../scripts/more.sh > $(ARTIFACTS_DIR)/more
`,
    'common.mk': 'NAME = x\n',
    'fn/app.js': 'exports.handler = async () => require("./rate.js")',
    'fn/old.js': 'x',
    'common/rate.js': 'module.exports = "OLD"',
    'common/other.js': 'x',
    'texts/a.txt': 'a',
    'linked/file': 'x',
    'scripts/more.sh': 'cd ../common && wc -c < ../size/of && cat "$PWD/../größe.txt"\n',
    'size/of': 'x',
    'größe.txt': 'x',
    'README.md': 'read me',
    'fn/README.md': 'read me',
    flags: 'x',
  },
  spec: (root) => ({
    kind: 'command',
    directory: join(root, 'fn'),
    command: ['make', 'build-Hello'],
    output: { variable: 'ARTIFACTS_DIR' },
    environment: {},
  }),
  read: [
    ...['fn/Makefile', 'common.mk', 'fn/app.js', 'fn/old.js', 'common/rate.js', 'texts/a.txt', 'linked/file'],
    ...['scripts/more.sh', 'size/of', 'größe.txt'],
  ],
  added: {
    'texts/b.txt': 'b',
    flag: '',
    'linked/more': 'x',
    'fn/GNUmakefile': 'build-Hello:\n\techo 1 > $(ARTIFACTS_DIR)/x\n',
  },
  unread: traced ? ['common/other.js', 'README.md', 'fn/README.md', 'flags'] : [],
};

/** Linked statically, so that no library can be put in its way. */
const staticProgram: Case = {
  files: {
    'tool/go.mod': 'module example.com/tool\n\ngo 1.24\n',
    'tool/main.go': `package main

import "os"

func main() {
	rate, _ := os.ReadFile("../common/rate.txt")
	names, _ := os.ReadDir("../names")
	for _, each := range names {
		rate = append(rate, each.Name()...)
	}
	os.WriteFile(os.Args[1], rate, 0o644)
}
`,
    'common/rate.txt': 'OLD',
    'common/other.txt': 'x',
    'names/a': 'x',
    'fn/x': 'x',
  },
  prepare: (root) => {
    const built = spawnSync('go', ['build', '-o', join(root, 'fn', 'tool')], {
      cwd: join(root, 'tool'),
      env: { ...process.env, CGO_ENABLED: '0' },
    });
    expect(built.status).toBe(0);
  },
  spec: (root) => ({
    kind: 'command',
    directory: join(root, 'fn'),
    command: 'mkdir out && ./tool out/rate',
    output: 'out',
    environment: {},
  }),
  read: ['common/rate.txt', 'fn/tool'],
  added: { 'names/b': 'x' },
  unread: traced ? ['common/other.txt', 'tool/main.go', 'fn/x'] : [],
};

const declared: Case = {
  files: {
    'web/src/app.js': 'x',
    'web/src/deep/more.js': 'x',
    'web/config.json': '{}',
    'web/notes/a.md': 'x',
    'common/rate.js': 'x',
    'web/README.md': 'x',
    'web/notes/a.txt': 'x',
  },
  spec: (root) => ({
    kind: 'command',
    directory: join(root, 'web'),
    command:
      'mkdir dist && cat src/*.js config.json ../common/rate.js notes/*.md > dist/all && ls . > dist/names',
    output: 'dist',
    inputs: ['src', 'config.json', '../common/rate.js', 'notes/**/*.md'],
    environment: {},
  }),
  read: ['web/src/app.js', 'web/src/deep/more.js', 'web/config.json', 'web/notes/a.md', 'common/rate.js'],
  added: { 'web/src/b.js': 'x', 'web/notes/deep/b.md': 'x' },
  unread: ['web/README.md', 'web/notes/a.txt'],
};

const noMake = has('make', '--version') ? undefined : 'there is no make';
const cases: readonly (readonly [string, Case, string | undefined])[] = [
  ['esbuild', esbuild, undefined],
  ['go build', go, withoutGo],
  ['go generate', generated, withoutGo],
  ['npm', npm, undefined],
  ['pip', python, undefined],
  ['a local Python project', pythonLocal, undefined],
  ['make', make, noMake],
  ['a program that is linked statically', staticProgram, withoutGo],
  ['a command with inputs', declared, undefined],
];

describe.each(cases)('%s', (_name, { files, spec, prepare, read, added = {}, unread }, missing) => {
  if (missing) {
    it.skip(missing, () => undefined);
    return;
  }

  it('builds again when one file that it read has changed, and only then', async () => {
    const project = makeProject(files);
    made.push(project);
    prepare?.(project.root);
    const build = spec(project.root);
    const why = () => whyBuiltAgain(project, build);
    expect(await isBuiltAgain(project, build)).toBe(true);
    expect(await why()).toBeUndefined();
    const wrong: string[] = [];
    for (const name of [...read, ...unread]) {
      const path = join(project.root, name);
      const before = readFileSync(path);
      appendFileSync(path, meaningless(name));
      const expected = read.includes(name) ? `${name} has changed` : undefined;
      const found = await why();
      if (found !== expected) wrong.push(`${name}: ${found ?? 'stale'}`);
      writeFileSync(path, before);
      if ((await why()) !== undefined) wrong.push(`${name}: built again when it was as before`);
    }
    for (const [name, text] of Object.entries(added)) {
      project.write({ [name]: text });
      if ((await why()) === undefined) wrong.push(`${name} was added: stale`);
      rmSync(join(project.root, name));
    }
    expect(wrong).toEqual([]);
  });
});

/** What may be added to a file's end without a change of what it means. */
function meaningless(name: string): string {
  if (/\.(go|mod|work|ts|js)$/.test(name)) return '\n// changed\n';
  if (/(\.(py|txt|toml|sh|mk)|Makefile)$/.test(name)) return '\n# changed\n';
  return /\.json$/.test(name) ? '\n' : '!';
}
