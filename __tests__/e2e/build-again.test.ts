import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { unzip } from '../../src/packaging/archive/unzip.ts';
import { type CacheServer, startCache } from '../support/cache-server.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { makeWorkspace, runAction, runPost, type StepResult } from '../support/runner.ts';

const root = resolve(import.meta.dirname, '../..');

type Workspace = Awaited<ReturnType<typeof makeWorkspace>>;
const made: Workspace[] = [];
afterEach(async () => {
  for (const each of made.splice(0)) await each.remove();
});

/** A checkout, with this repository's esbuild installed in it. */
async function checkOut(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const workspace = await makeWorkspace(files);
  made.push(workspace);
  await mkdir(join(workspace.path, 'node_modules'), { recursive: true });
  for (const each of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', each), join(workspace.path, 'node_modules', each));
  return workspace;
}

const preview = (
  { path }: Workspace,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
) =>
  runAction({
    workspace: path,
    inputs: { 'stack-name': 'built', noop: 'true', comment: 'false', ...inputs },
    env: { ...GO_SETTINGS, ...env },
  });

/** What is packaged for a function, unpacked. */
async function unpacked({ path }: Workspace, id: string, sparta = '.sparta'): Promise<string> {
  const { stacks } = JSON.parse(await readFile(join(path, sparta, 'assembly.json'), 'utf8')) as {
    stacks: { assets: { path: string; targets: { path?: string[] }[] }[] }[];
  };
  const asset = stacks
    .flatMap(({ assets }) => assets)
    .find(({ targets }) => targets.some((target) => target.path?.[1] === id));
  expect(asset).toBeDefined();
  const folder = await mkdtemp(join(tmpdir(), 'unpacked-'));
  made.push({ path: folder, remove: () => rm(folder, { recursive: true }) });
  await unzip(resolve(path, sparta, asset?.path ?? ''), folder);
  return folder;
}

/** What the handler answers. */
function answer(folder: string, module: string): string {
  const script = `import(${JSON.stringify(join(folder, module))}).then(async (m) => console.log(await (m.handler ?? m.default.handler)()))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim();
}

const SAM = (id: string, properties: string, metadata: string) => `Transform: AWS::Serverless-2016-10-31
Resources:
  ${id}:
    Type: AWS::Serverless::Function
    Properties: { ${properties} }
    Metadata: { ${metadata} }
`;
const NODE = 'Handler: app.handler, Runtime: nodejs22.x';

interface Stale {
  readonly files: Readonly<Record<string, string>>;
  readonly id: string;
  readonly module: string;
  /** The only file that changes; `OLD` in it becomes `NEW`. */
  readonly changed: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly sparta?: string;
}

const CASES: Readonly<Record<string, Stale>> = {
  'a module beside the folder, imported by esbuild': {
    files: {
      'template.yaml': SAM(
        'Hello',
        `CodeUri: fn, ${NODE}`,
        'BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts], Minify: false }',
      ),
      'fn/package.json': '{"name":"fn","version":"1.0.0"}',
      'fn/app.ts': `import { rate } from '../common/rate';\nexport const handler = async () => rate;\n`,
      'common/rate.ts': 'export const rate = "OLD";\n',
    },
    id: 'Hello',
    module: 'app.js',
    changed: 'common/rate.ts',
  },
  'a module beside the folder of a service definition': {
    files: {
      'service/sparta.config.yml': 'name: svc\nfunctions:\n  hello: { handler: src/hello.ts }\n',
      'service/package.json': '{"name":"svc","version":"1.0.0"}',
      'service/src/hello.ts': `import { rate } from '../../common/rate';\nexport const handler = async () => rate;\n`,
      'common/rate.ts': 'export const rate = "OLD";\n',
    },
    id: 'Hello',
    module: 'hello.js',
    changed: 'common/rate.ts',
    inputs: { 'working-directory': 'service' },
    sparta: 'service/.sparta',
  },
  'a tsconfig.json that another extends': {
    files: {
      'service/sparta.config.yml': 'name: svc\nfunctions:\n  hello: { handler: src/hello.ts }\n',
      'service/tsconfig.json': '{ "extends": "../tsconfig.base.json" }',
      'tsconfig.base.json': '{ "compilerOptions": { "paths": { "rate": ["./rates/OLD.ts"] } } }',
      'service/src/hello.ts': `import { rate } from 'rate';\nexport const handler = async () => rate;\n`,
      'rates/OLD.ts': 'export const rate = "OLD";\n',
      'rates/NEW.ts': 'export const rate = "NEW";\n',
    },
    id: 'Hello',
    module: 'hello.js',
    changed: 'tsconfig.base.json',
    inputs: { 'working-directory': 'service' },
    sparta: 'service/.sparta',
  },
  'what a Makefile copies from beside the folder': {
    files: {
      'template.yaml': SAM('Hello', `CodeUri: fn, ${NODE}`, 'BuildMethod: makefile'),
      'fn/Makefile': 'build-Hello:\n\tcp app.js ../common/rate.js $(ARTIFACTS_DIR)/\n',
      'fn/app.js': 'exports.handler = async () => require("./rate.js");\n',
      'common/rate.js': 'module.exports = "OLD";\n',
    },
    id: 'Hello',
    module: 'app.js',
    changed: 'common/rate.js',
  },
  'what a command reads': {
    files: {
      'sparta.config.yml': `name: svc
functions:
  hello:
    handler: app.handler
    runtime: nodejs22.x
    build: { kind: command, directory: fn, output: dist, command: "mkdir dist && cat ../common/*.js > dist/app.js" }
`,
      'fn/package.json': '{}',
      'common/rate.js': 'exports.handler = async () => "OLD";\n',
    },
    id: 'Hello',
    module: 'app.js',
    changed: 'common/rate.js',
  },
  'a package of the workspace, installed by npm': {
    files: {
      'template.yaml': SAM('Hello', `CodeUri: fn, ${NODE}`, 'BuildMethod: nodejs22.x'),
      'fn/package.json': '{"name":"fn","version":"1.0.0","dependencies":{"shared":"file:../shared"}}',
      'fn/app.js': 'exports.handler = async () => require("shared").rate;\n',
      'shared/package.json': '{"name":"shared","version":"1.0.0","main":"index.js"}',
      'shared/index.js': 'exports.rate = "OLD";\n',
    },
    id: 'Hello',
    module: 'app.js',
    changed: 'shared/index.js',
  },
  'a package of the workspace, bundled by esbuild': {
    files: {
      'template.yaml': SAM(
        'Hello',
        `CodeUri: fn, ${NODE}`,
        'BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.js], Minify: false }',
      ),
      'fn/package.json': '{"name":"fn","version":"1.0.0","dependencies":{"shared":"file:../shared"}}',
      'fn/package-lock.json':
        '{"name":"fn","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"fn","version":"1.0.0","dependencies":{"shared":"file:../shared"}},"../shared":{"version":"1.0.0"},"node_modules/shared":{"resolved":"../shared","link":true}}}',
      'fn/app.js': 'exports.handler = async () => require("shared").rate;\n',
      'shared/package.json': '{"name":"shared","version":"1.0.0","main":"index.js"}',
      'shared/index.js': 'exports.rate = "OLD";\n',
    },
    id: 'Hello',
    module: 'app.js',
    changed: 'shared/index.js',
  },
};

describe('what a build reads outside of its folder', () => {
  it.each(Object.entries(CASES))('%s: a change is built and packaged', async (_, each) => {
    const { files, id, module, changed, inputs, sparta } = each;
    const workspace = await checkOut(files);
    const first = await preview(workspace, inputs);
    expect(first.errors).toEqual([]);
    expect(answer(await unpacked(workspace, id, sparta), module)).toBe('OLD');
    const same = await preview(workspace, inputs);
    expect(same.stdout).toMatch(/unchanged since an earlier run/);
    const path = join(workspace.path, changed);
    await writeFile(path, (await readFile(path, 'utf8')).replace('OLD', 'NEW'));
    const second = await preview(workspace, inputs);
    expect(second.errors).toEqual([]);
    expect(second.stdout).toContain(`as ${changed} has changed`);
    expect(answer(await unpacked(workspace, id, sparta), module)).toBe('NEW');
  });

  it('a local Python project: a change is built and packaged', async () => {
    const backend = `import zipfile, pathlib
def build_wheel(folder, *args, **more):
    with zipfile.ZipFile(folder + '/ordlib-1.0-py3-none-any.whl', 'w') as z:
        z.writestr('ordlib/__init__.py', pathlib.Path('src/ordlib/__init__.py').read_text())
        z.writestr('ordlib-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: ordlib\\nVersion: 1.0\\n')
        z.writestr('ordlib-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        z.writestr('ordlib-1.0.dist-info/RECORD', 'ordlib/__init__.py,,\\n')
    pathlib.Path('left-behind.txt').write_text('x')
    return 'ordlib-1.0-py3-none-any.whl'
`;
    const workspace = await checkOut({
      'template.yaml': SAM(
        'Hello',
        'CodeUri: fn, Handler: app.handler, Runtime: python3.11',
        'BuildMethod: python3.11',
      ),
      'fn/requirements.txt': '../lib\n',
      'fn/app.py': 'def handler(e, c): return 1\n',
      'lib/src/ordlib/__init__.py': 'RATE = "OLD"\n',
      'lib/backend.py': backend,
      'lib/pyproject.toml':
        '[project]\nname = "ordlib"\nversion = "1.0"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    });
    const rate = async () =>
      readFile(join(await unpacked(workspace, 'Hello'), 'ordlib', '__init__.py'), 'utf8');
    const before = treeOf(workspace.path);
    expect((await preview(workspace)).errors).toEqual([]);
    expect(await rate()).toBe('RATE = "OLD"\n');
    expect(treeOf(workspace.path)).toEqual(before);
    await writeFile(join(workspace.path, 'lib/src/ordlib/__init__.py'), 'RATE = "NEW"\n');
    expect((await preview(workspace)).errors).toEqual([]);
    expect(await rate()).toBe('RATE = "NEW"\n');
  });
});

describe('a variable of the environment', () => {
  const files = (line: string) => ({
    'template.yaml': SAM('Hello', `CodeUri: fn, ${NODE}`, 'BuildMethod: makefile'),
    'fn/Makefile': `build-Hello:\n\techo "exports.handler = async () => '${line}'" > $(ARTIFACTS_DIR)/app.js\n`,
  });

  it('that a build sees has it built again', async () => {
    const workspace = await checkOut(files('$(RATE)'));
    for (const RATE of ['OLD', 'NEW']) {
      expect((await preview(workspace, {}, { RATE })).errors).toEqual([]);
      expect(answer(await unpacked(workspace, 'Hello'), 'app.js')).toBe(RATE);
    }
  });

  it('that differs in each run is given to a build that names it, and to no other', async () => {
    const named = await checkOut(files('run $(GITHUB_RUN_ID)'));
    const other = await checkOut(files('run $(shell env | grep -c RUN_ID)'));
    for (const GITHUB_RUN_ID of ['41', '42']) {
      await preview(named, {}, { GITHUB_RUN_ID });
      expect(answer(await unpacked(named, 'Hello'), 'app.js')).toBe(`run ${GITHUB_RUN_ID}`);
    }
    await preview(other, {}, { GITHUB_RUN_ID: '41' });
    expect(answer(await unpacked(other, 'Hello'), 'app.js')).toBe('run 0');
    expect((await preview(other, {}, { GITHUB_RUN_ID: '42' })).stdout).toContain(
      'unchanged since an earlier run',
    );
  });
});

/** Everything in a folder, as it is, but for what is ours. */
function treeOf(folder: string, at = folder): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of readdirSync(at, { withFileTypes: true })) {
    const path = join(at, item.name);
    if (item.name === '.sparta') continue;
    const { mode, mtimeMs } = lstatSync(path);
    const content = item.isSymbolicLink()
      ? readlinkSync(path)
      : item.isFile()
        ? createHash('sha256').update(readFileSync(path)).digest('hex')
        : '';
    found[relative(folder, path)] = `${mode} ${item.isDirectory() ? '' : mtimeMs} ${content}`;
    if (item.isDirectory()) Object.assign(found, treeOf(folder, path));
  }
  return found;
}

describe('the workspace', () => {
  it('stays as it is, whatever builds do in their folders; builds of one folder do not see each other', async () => {
    const make = (id: string) =>
      `build-${id}:\n\techo 'exports.handler = async () => "${id.toUpperCase()}"' > app.js\n\tsleep 0.3\n\tcp app.js $(ARTIFACTS_DIR)/\n`;
    const resource = (id: string, folder: string, more: string, metadata: string) =>
      `  ${id}:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: ${folder}, ${more} }\n    Metadata: { ${metadata} }\n`;
    const workspace = await checkOut({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31\nResources:\n${[
        resource('Alpha', 'src', NODE, 'BuildMethod: makefile'),
        resource('Beta', 'src', NODE, 'BuildMethod: makefile'),
        resource('Gamma', 'src', NODE, 'BuildMethod: makefile'),
        resource('All', 'all', NODE, 'BuildMethod: makefile'),
        resource('Plain', 'plain', NODE, 'BuildMethod: nodejs22.x'),
        resource('Installed', 'installed', NODE, 'BuildMethod: nodejs22.x'),
        resource(
          'Bundled',
          'bundled',
          NODE,
          'BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts], Minify: false }',
        ),
        ...(withoutGo
          ? []
          : [resource('Go', 'go', 'Handler: bootstrap, Runtime: provided.al2023', 'BuildMethod: go1.x')]),
        resource('Snake', 'snake', 'Handler: app.handler, Runtime: python3.13', 'BuildMethod: python3.13'),
      ].join('')}`,
      'src/Makefile': ['Alpha', 'Beta', 'Gamma'].map(make).join(''),
      'src/app.js': 'exports.handler = async () => "SOURCE";\n',
      'all/Makefile':
        'build-All:\n\tcp -r . $(ARTIFACTS_DIR)\n\techo 1 > ../beside.txt\n\tcd $(ARTIFACTS_DIR) && npm install --no-save --ignore-scripts ./\n',
      'all/app.js': 'exports.handler = async () => "ALL";\n',
      'plain/app.js': 'exports.handler = async () => "PLAIN";\n',
      'installed/package.json':
        '{"name":"installed","version":"1.0.0","scripts":{"postinstall":"echo 1 > ran.txt"}}',
      'installed/app.js': 'exports.handler = async () => "INSTALLED";\n',
      'bundled/app.ts': 'export const handler = async () => "BUNDLED";\n',
      'go/go.mod': 'module example.com/hello\n\ngo 1.24\n',
      'go/main.go': 'package main\n\nfunc main() {}\n',
      'snake/app.py': 'def handler(e, c): return 1\n',
      'snake/requirements.txt': '',
      // What npm would do here where a function has no package.json of its own.
      'package.json':
        '{"name":"root","version":"1.0.0","private":true,"scripts":{"postinstall":"echo ran > ran.txt"},"dependencies":{"nothing-that-is-there":"7.0.0"}}',
    });
    const before = treeOf(workspace.path);
    const { errors } = await preview(workspace);
    expect(errors).toEqual([]);
    expect(treeOf(workspace.path)).toEqual(before);
    const answers = await Promise.all(
      ['Alpha', 'Beta', 'Gamma', 'All', 'Plain', 'Installed', 'Bundled'].map(async (id) =>
        answer(await unpacked(workspace, id), 'app.js'),
      ),
    );
    expect(answers).toEqual(['ALPHA', 'BETA', 'GAMMA', 'ALL', 'PLAIN', 'INSTALLED', 'BUNDLED']);
    expect(readdirSync(await unpacked(workspace, 'Plain'))).toEqual(['app.js']);
  });
});

describe('the cache', () => {
  let cache: CacheServer | undefined;
  afterEach(async () => {
    await cache?.stop();
    cache = undefined;
  });

  const files = {
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: fn, ${NODE} }
    Metadata: { BuildMethod: makefile }
  Bundled:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: bundled, ${NODE} }
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts], Minify: false } }
  Plain:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: plain, ${NODE} }
`,
    'fn/Makefile': 'build-Hello:\n\tcp app.js ../common/rate.js $(ARTIFACTS_DIR)/\n',
    'fn/app.js': 'exports.handler = async () => require("./rate.js");\n',
    'common/rate.js': 'module.exports = "OLD";\n',
    'bundled/app.ts': 'export const handler = async () => "BUNDLED";\n',
    'plain/app.js': 'exports.handler = async () => "PLAIN";\n',
  };

  it('is shared by checkouts in different folders, and says what it had and what not', async () => {
    cache = await startCache();
    const env = { ...cache.env };
    const one = await checkOut(files);
    const first = await preview(one, {}, env);
    expect(first.stdout).toContain('No entry of this service was found');
    expect(first.stdout).toContain('Hello: not found, nothing is kept of it');
    await post(one, first, env);
    expect(cache.entries.size).toBe(1);

    const two = await checkOut(files);
    expect(dirname(two.path)).toBe(dirname(one.path));
    const second = await preview(two, {}, env);
    expect(second.errors).toEqual([]);
    expect(second.stdout).toMatch(/Found sparta-3-/);
    for (const each of ['Hello', 'Bundled', 'plain']) expect(second.stdout).toContain(`${each}: found`);
    expect(second.stdout.match(/unchanged since an earlier run/g)).toHaveLength(2);
    expect(second.state.cache).toBeUndefined();
    expect(answer(await unpacked(two, 'Hello'), 'app.js')).toBe('OLD');

    const three = await checkOut({ ...files, 'common/rate.js': 'module.exports = "NEW";\n' });
    const third = await preview(three, {}, env);
    expect(third.stdout).toContain('Hello: not found, common/rate.js has changed');
    expect(third.stdout).toContain('Bundled: found');
    expect(answer(await unpacked(three, 'Hello'), 'app.js')).toBe('NEW');
    await post(three, third, env);
    expect(cache.entries.size).toBe(2);
  });

  it('is believed in nothing: what it gives is compared with its digest, and with what is here', async () => {
    cache = await startCache();
    const env = { ...cache.env };
    const one = await checkOut(files);
    await post(one, await preview(one, {}, env), env);
    const two = await checkOut(files);
    // Somebody who can write to the cache changes a result, but not what is noted of it.
    const restored = await preview(two, {}, env);
    expect(restored.stdout).toContain('unchanged since an earlier run');
    const builds = join(two.path, '.sparta', 'build');
    for (const name of readdirSync(builds)) {
      for (const file of readdirSync(join(builds, name, 'content')))
        await writeFile(join(builds, name, 'content', file), 'exports.handler = async () => "EVIL";\n');
    }
    const again = await preview(two);
    expect(again.stdout).toContain('what was kept of it is damaged');
    expect(answer(await unpacked(two, 'Hello'), 'app.js')).toBe('OLD');
  });

  const post = (workspace: Workspace, main: StepResult, env: Readonly<Record<string, string>>) =>
    runPost({ workspace: workspace.path, env }, main);
});
