import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { builder } from '../../src/packaging/toolchains/build.ts';
import type { NpmBuild } from '../../src/packaging/toolchains/spec.ts';
import { isBuiltAgain, makeProject, type Project, whyBuiltAgain } from '../packaging/support.ts';
import { type PackageIndex, startPackageIndex } from '../support/package-index.ts';

const root = resolve(import.meta.dirname, '../..');

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

/** A program of our own node_modules, by the name that its users call it by. */
const script = (path: string) => `#!/bin/sh\nexec node ${join(root, 'node_modules', path)} "$@"\n`;
const programs = makeProject({
  'pnpm/pnpm': script('pnpm/bin/pnpm.cjs'),
  'yarn-classic/yarn': script('yarn/bin/yarn.js'),
  'yarn/yarn': script('@yarnpkg/cli-dist/bin/yarn.js'),
});

let index: PackageIndex;
beforeAll(async () => {
  const versions = (name: string, ...all: string[]) =>
    all.map((version) => ({ name, version, source: `module.exports = '${name} ${version}';` }));
  index = await startPackageIndex({
    node: [
      { name: 'shared', version: '99.0.0', source: "module.exports = ['a stranger'];" },
      { name: '@acme/deeper', version: '99.0.0', source: "module.exports = 'a stranger';" },
      ...versions('helper', '1.0.0', '2.0.0'),
      ...versions('only-for-tests', '1.0.0'),
    ],
  });
});
afterAll(() => {
  index.stop();
  programs.remove();
});

/** A function, a member that it needs with another version of what it needs itself, and one that it does not need. */
const files = (own: string) => ({
  'package.json': '{ "name": "all", "private": true, "workspaces": ["fn", "libs/*"] }',
  'fn/package.json': JSON.stringify({
    name: 'fn',
    version: '1.0.0',
    dependencies: { shared: own, helper: '2.0.0' },
    devDependencies: { 'only-for-tests': '1.0.0' },
  }),
  'fn/app.js':
    "const helper = require('helper');\nexports.handler = () => [...require('shared'), helper].join(', ');\n",
  'libs/shared/package.json': JSON.stringify({
    name: 'shared',
    version: '1.0.0',
    main: 'main.js',
    dependencies: { helper: '1.0.0', '@acme/deeper': own },
  }),
  'libs/shared/main.js': "module.exports = [require('@acme/deeper'), require('helper')];\n",
  'libs/deeper/package.json': '{ "name": "@acme/deeper", "version": "1.0.0" }',
  'libs/deeper/index.js': "module.exports = 'the author';\n",
  'libs/other/package.json':
    '{ "name": "other", "version": "1.0.0", "dependencies": { "only-for-tests": "1.0.0" } }',
  'libs/other/index.js': '',
});

const spec = ({ root: folder }: Project): NpmBuild => ({
  kind: 'npm',
  directory: join(folder, 'fn'),
  runtime: 'nodejs22.x',
  architecture: 'arm64',
});

interface Manager {
  readonly name: string;
  /** How one member says that it wants another. */
  readonly own: string;
  /** Makes a lock file. */
  readonly lock: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

const MANAGERS: readonly Manager[] = [
  { name: 'npm', own: '*', lock: ['npm', 'install', '--package-lock-only', '--no-audit', '--no-fund'] },
  {
    name: 'pnpm',
    own: 'workspace:*',
    lock: ['pnpm', 'install', '--lockfile-only'],
    files: { 'pnpm-workspace.yaml': 'packages:\n  - fn\n  - libs/*\n' },
  },
  { name: 'yarn-classic', own: '1.0.0', lock: ['yarn', 'install', '--non-interactive'] },
  {
    name: 'yarn',
    own: 'workspace:^',
    lock: ['yarn', 'install', '--mode=update-lockfile'],
    // Packages are archives beside the sources, as is the default; Lambda needs them unpacked.
    files: { '.yarnrc.yml': 'enableGlobalCache: false\nunsafeHttpWhitelist: ["127.0.0.1"]\n' },
  },
];

const settings = (name: string): Readonly<Record<string, string | undefined>> => ({
  ...process.env,
  PATH: `${join(programs.root, name)}:${process.env.PATH}`,
  HOME: programs.root,
  CI: '',
  npm_config_registry: index.registry,
  npm_config_cache: join(programs.root, 'npm-cache'),
  YARN_NPM_REGISTRY_SERVER: index.registry,
  YARN_REGISTRY: index.registry,
  YARN_ENABLE_TELEMETRY: '0',
  YARN_CACHE_FOLDER: join(programs.root, 'yarn-cache'),
});

/** Only the lock file stays of it: what some install as well is not what a checkout has. */
async function lock(each: Project, { name, lock: [program = '', ...args] }: Manager): Promise<void> {
  // Yarn's first version takes an archive from its cache that is another one by now.
  const env = { ...settings(name), YARN_CACHE_FOLDER: join(each.root, '..', randomUUID()) };
  await promisify(execFile)(program, args, { cwd: each.root, env }).catch((error) => {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  });
  for (const folder of ['.', 'fn', 'libs/shared', 'libs/deeper', 'libs/other'])
    rmSync(join(each.root, folder, 'node_modules'), { recursive: true, force: true });
}

/** What the handler answers, from nothing but the folder that would be packaged. */
const answer = (folder: string): string =>
  spawnSync('node', ['-e', 'console.log(require("./app.js").handler())'], { cwd: folder, encoding: 'utf8' })
    .stdout;

describe.each(MANAGERS)('Packages of the author in a workspace of $name', (manager) => {
  it('are packaged with what they need, and none of a stranger is taken', async () => {
    const each = project({ ...files(manager.own), ...manager.files });
    await lock(each, manager);
    const before = readdirSync(each.root, { recursive: true });
    const context = { ...each.context, env: settings(manager.name) };
    index.forget();
    const { path, warnings } = await builder(each.output, context)(spec(each));
    expect(answer(path)).toBe('the author, helper 1.0.0, helper 2.0.0\n');
    expect(warnings).toEqual([]);
    expect(index.taken.filter((name) => /shared|deeper/.test(name))).toEqual([]);
    // One version at the top, the other beside whoever needs it; nothing of tests and of other members.
    const packages = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('package.json'))
      .sort();
    expect(packages).toEqual([
      'node_modules/@acme/deeper/package.json',
      'node_modules/helper/package.json',
      'node_modules/shared/node_modules/helper/package.json',
      'node_modules/shared/package.json',
      'package.json',
    ]);
    expect(
      readdirSync(each.root, { recursive: true }).filter((name) => !/^\.sparta/.test(String(name))),
    ).toEqual(before);
    expect(await isBuiltAgain(each, spec(each), { env: context.env })).toBe(false);
    each.write({ 'libs/other/index.js': 'changed' });
    expect(await isBuiltAgain(each, spec(each), { env: context.env })).toBe(false);
    each.write({ 'libs/deeper/index.js': "module.exports = 'the author again';\n" });
    const again = await builder(each.output, { ...context, answers: new Map() })(spec(each));
    expect(answer(again.path)).toBe('the author again, helper 1.0.0, helper 2.0.0\n');
  });
});

/** By path, in each way that a package manager knows; what is beside the workspace is no member of it. */
const BY_PATH: Readonly<Record<string, readonly string[]>> = {
  npm: ['file:folder', 'file:archive.tgz'],
  pnpm: ['file:folder', 'link:linked', 'file:archive.tgz'],
  'yarn-classic': ['file:folder', 'link:linked', 'file:archive.tgz'],
  yarn: ['file:folder', 'link:linked', 'portal:portal', 'file:archive.tgz'],
};

const PATH_MANAGERS: readonly (readonly [name: string, manager: Manager | undefined])[] = [
  ['npm without a workspace', undefined],
  ...MANAGERS.map((manager) => [`a workspace of ${manager.name}`, manager] as const),
];

describe.each(PATH_MANAGERS)('Packages that are named by path, in %s', (_, manager) => {
  const wanted = Object.fromEntries(
    (BY_PATH[manager?.name ?? 'npm'] ?? []).map((each) => [
      each.replace(/^.*:|\.tgz$/g, ''),
      each.replace(':', ':../beside/'),
    ]),
  );
  const said = (each: Project, word: string, names = Object.keys(wanted)): void => {
    for (const name of names.filter((other) => other !== 'archive'))
      each.write({ [`beside/${name}/index.js`]: `module.exports = '${name} ${word}';\n` });
    if (!names.includes('archive')) return;
    each.write({
      'packed/package/package.json': '{ "name": "archive", "version": "1.0.0" }',
      'packed/package/index.js': `module.exports = 'archive ${word}';\n`,
    });
    spawnSync('tar', ['-czf', '../beside/archive.tgz', 'package'], { cwd: join(each.root, 'packed') });
  };

  it('are packaged, and built again when one changes', async () => {
    const member = manager && files(manager.own);
    const each = project({
      ...member,
      ...manager?.files,
      'fn/package.json': JSON.stringify({ name: 'fn', version: '1.0.0', dependencies: wanted }),
      'fn/app.js': `exports.handler = () => ${JSON.stringify(Object.keys(wanted))}.map((name) => require(name)).join(', ');\n`,
      ...Object.fromEntries(
        Object.keys(wanted).map((name) => [
          `beside/${name}/package.json`,
          `{ "name": "${name}", "version": "1.0.0" }`,
        ]),
      ),
    });
    said(each, 'old');
    if (manager) await lock(each, manager);
    const context = { ...each.context, env: settings(manager?.name ?? 'npm') };
    const answers = async () =>
      answer((await builder(each.output, { ...context, answers: new Map() })(spec(each))).path).trim();
    const all = (word: string) =>
      Object.keys(wanted)
        .map((name) => `${name} ${word}`)
        .join(', ');
    expect(await answers()).toBe(all('old'));
    const why = () => whyBuiltAgain({ ...each, context: { ...context, answers: new Map() } }, spec(each));
    expect(await why()).toBeUndefined();
    for (const name of Object.keys(wanted)) {
      said(each, 'new', [name]);
      expect(await why()).toContain(`beside/${name}`);
      said(each, 'old', [name]);
    }
    said(each, 'new');
    // The hash of the archive is in it.
    for (const file of ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'])
      rmSync(join(each.root, file), { force: true });
    if (manager) await lock(each, manager);
    expect(await answers()).toBe(all('new'));
  });
});

describe('Packages of the author in Node', () => {
  it('that no workspace has are refused, whatever a registry has', async () => {
    const each = project({
      'package.json': '{ "name": "all" }',
      'fn/package.json': '{ "name": "fn", "dependencies": { "shared": "workspace:*" } }',
      'fn/app.js': '',
    });
    index.forget();
    const context = { ...each.context, env: settings('npm') };
    await expect(builder(each.output, context)(spec(each))).rejects.toMatchObject({
      problems: [
        {
          subject: 'shared',
          message: expect.stringContaining('wanted as workspace:*'),
          place: { file: 'fn/package.json' },
        },
      ],
    });
    expect(index.taken).toEqual([]);
  });

  it('that are in the repository, but out of reach, are refused', async () => {
    const each = project({ ...files('*'), '.git/HEAD': '' });
    const space = { ...each.context.space, root: join(each.root, 'fn') };
    index.forget();
    const context = { ...each.context, space, env: settings('npm') };
    await expect(builder(each.output, context)(spec(each))).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining('member of the workspace in ..'),
          place: { file: 'package.json' },
        },
      ],
    });
    expect(index.taken).toEqual([]);
  });

  it('say which package manager is missing', async () => {
    const each = project({ ...files('workspace:*'), 'pnpm-workspace.yaml': 'packages: [fn, "libs/*"]\n' });
    const without = (process.env.PATH ?? '').split(':').filter((folder) => !existsSync(join(folder, 'pnpm')));
    const env = { ...settings('npm'), PATH: without.join(':') };
    await expect(builder(each.output, { ...each.context, env })(spec(each))).rejects.toMatchObject({
      problems: [{ message: 'pnpm was not found', next: expect.stringContaining('pnpm/action-setup') }],
    });
  });

  it('are installed by the lock file of the root, also where a member takes nothing of the others', async () => {
    const fn = (version: string) =>
      `{ "name": "fn", "version": "1.0.0", "dependencies": { "helper": "${version}" } }`;
    const each = project({
      ...files('*'),
      'fn/package.json': fn('1.0.0'),
      'fn/app.js': "exports.handler = () => require('helper');\n",
    });
    const [npm] = MANAGERS;
    if (npm) await lock(each, npm);
    // A newer version is there, and allowed.
    each.write({ 'fn/package.json': fn('*') });
    const context = { ...each.context, env: settings('npm') };
    const { path } = await builder(each.output, context)(spec(each));
    expect(answer(path)).toBe('helper 1.0.0\n');
  });

  it('are part of a bundle, the same in any place, where nothing is installed yet', async () => {
    const bundles: string[] = [];
    for (const folder of ['.', 'deep/er']) {
      const each = project(
        Object.fromEntries(Object.entries(files('*')).map(([name, text]) => [join(folder, name), text])),
      );
      const tools = join(each.root, folder, 'fn', 'node_modules');
      mkdirSync(tools);
      for (const name of ['esbuild', '@esbuild'])
        symlinkSync(join(root, 'node_modules', name), join(tools, name));
      const context = { ...each.context, env: settings('npm') };
      index.forget();
      const { path } = await builder(
        each.output,
        context,
      )({
        kind: 'node',
        directory: join(each.root, folder, 'fn'),
        entries: ['app.js'],
        runtime: 'nodejs22.x',
        format: 'cjs',
        minify: false,
        sourceMap: false,
        externalAwsSdk: false,
        external: [],
        install: true,
      });
      expect(answer(path)).toBe('the author, helper 1.0.0, helper 2.0.0\n');
      expect(index.taken.filter((name) => /shared|deeper/.test(name))).toEqual([]);
      bundles.push(readFileSync(join(path, 'app.js'), 'utf8'));
    }
    expect(bundles[1]).toBe(bundles[0]);
    expect(bundles[0]).toContain('// ../libs/shared/main.js');
  });
});
