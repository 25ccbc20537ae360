import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { NodeBuild, NpmBuild } from '../../../src/packaging/toolchains/spec.ts';
import { isBuiltAgain, makeProject, type Project } from '../support.ts';

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const spec = (directory: string, changes: Partial<NpmBuild> = {}): NpmBuild => ({
  kind: 'npm',
  directory,
  architecture: 'x86_64',
  runtime: 'nodejs24.x',
  ...changes,
});

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...more });

const FILES = {
  'fn/package.json': manifest('fn', { dependencies: { shared: 'file:../shared' } }),
  'fn/app.js': "exports.handler = () => require('shared').words();\n",
  'fn/lib/own.js': '',
  'shared/package.json': manifest('shared', {
    dependencies: { words: 'file:./words', deep: 'file:../deep' },
  }),
  'shared/index.js': "exports.words = () => require('words') + require('deep');\n",
  // npm packs what `files` names; a link has all.
  'shared/words/package.json': manifest('words', { files: ['none'] }),
  'shared/words/index.js': "module.exports = 'one ';\n",
  'deep/package.json': manifest('deep'),
  'deep/index.js': "module.exports = 'two';\n",
  'unrelated/x': '',
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => !each.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

const answer = async (path: string): Promise<unknown> =>
  ((await import(join(path, 'app.js'))) as { default: { handler: () => unknown } }).default.handler();

describe('npm', () => {
  it('installs local packages with what they need, wherever the build happens', async () => {
    const { root, output, context } = project(FILES);
    const { path } = await builder(output, context)(spec(join(root, 'fn')));
    expect(filesIn(path)).toEqual([
      'app.js',
      'lib/own.js',
      'node_modules/shared/index.js',
      'node_modules/shared/node_modules/deep/index.js',
      'node_modules/shared/node_modules/deep/package.json',
      'node_modules/shared/node_modules/words/index.js',
      'node_modules/shared/node_modules/words/package.json',
      'node_modules/shared/package.json',
      'node_modules/shared/words/index.js',
      'node_modules/shared/words/package.json',
      'package.json',
    ]);
    expect(await answer(path)).toBe('one two');
    // Nothing was written beside the sources.
    expect(filesIn(root).filter((name) => !name.startsWith('.sparta'))).toEqual(Object.keys(FILES).sort());
  });

  it('builds again when a local package changes, and not for anything else', async () => {
    const each = project(FILES);
    const build = spec(join(each.root, 'fn'));
    expect(await isBuiltAgain(each, build)).toBe(true);
    each.write({ 'unrelated/x': 'changed' });
    expect(await isBuiltAgain(each, build)).toBe(false);
    for (const name of ['deep/index.js', 'fn/.npmrc', 'shared/new.js']) {
      each.write({ [name]: '// changed' });
      expect([name, await isBuiltAgain(each, build)]).toEqual([name, true]);
    }
    expect(await isBuiltAgain(each, { ...build, architecture: 'arm64' })).toBe(true);
  });

  it('keeps what a layer holds below the folder of its language, credentials left out', async () => {
    const { root, output, context } = project({
      'layer/package.json': manifest('layer'),
      'layer/index.js': '',
      'layer/lib/hi.js': '',
      'layer/.npmrc': '//registry.example.com/:_authToken=secret',
      'layer/package-lock.json': '{}',
      'layer/node_modules/old/index.js': '',
    });
    const { path } = await builder(output, context)(spec(join(root, 'layer'), { into: 'nodejs' }));
    expect(filesIn(path)).toEqual(['nodejs/index.js', 'nodejs/lib/hi.js', 'nodejs/package.json']);
  });

  it('does nothing without a package.json, whatever is above', async () => {
    const { root, output, context } = project({
      'package.json': manifest('root', {
        scripts: { postinstall: 'echo ran > ran.txt' },
        dependencies: { ms: '2.1.3' },
      }),
      'fn/app.js': '',
      'fn/node_modules/vendored/index.js': '',
    });
    const { path } = await builder(output, context)(spec(join(root, 'fn')));
    expect(filesIn(path)).toEqual(['app.js', 'node_modules/vendored/index.js']);
    expect(existsSync(join(root, 'ran.txt'))).toBe(false);
  });

  it('runs scripts of the project in a copy, and takes what they make', async () => {
    const { root, output, context } = project({
      'fn/package.json': manifest('fn', { scripts: { postinstall: 'node make.js' } }),
      'fn/make.js': "require('fs').writeFileSync('made.json', '{}');\n",
    });
    const { path } = await builder(output, context)(spec(join(root, 'fn')));
    expect(filesIn(path)).toEqual(['made.json', 'make.js', 'package.json']);
    expect(existsSync(join(root, 'fn', 'made.json'))).toBe(false);
  });

  it('follows the settings of the project, and says whose it does not', async () => {
    const { root, output, context } = project({
      'fn/package.json': manifest('fn', { dependencies: { ms: '2.1.3' } }),
      'fn/.npmrc': 'registry=http://127.0.0.1:9/\nfetch-retries=0\n',
      'yarn/package.json': manifest('yarn'),
      'yarn/yarn.lock': '',
      'yarn/.yarnrc.yml': '',
    });
    await expect(builder(output, context)(spec(join(root, 'fn')))).rejects.toThrow(
      /npm install failed .*127\.0\.0\.1:9\/ms.*\(fn\/package\.json\)/,
    );
    const { warnings } = await builder(output, context)(spec(join(root, 'yarn')));
    expect(warnings.map(({ message }) => message)).toEqual([
      'yarn.lock and .yarnrc.yml are not followed: npm installs what package.json allows',
    ]);
  });

  it('takes nothing from outside of the workspace', async () => {
    const { root, output, context } = project({
      'fn/package.json': manifest('fn', { dependencies: { out: 'file:../../secret', gone: 'file:../gone' } }),
    });
    await expect(builder(output, context)(spec(join(root, 'fn')))).rejects.toThrow(
      /out: "\.\.\/\.\.\/secret" leads out of the workspace.*\n.*gone: there is no file or folder "\.\.\/gone"/,
    );
  });

  it('refuses what packages compile for another machine', async () => {
    const { root, output, context } = project({
      'fn/package.json': manifest('fn', { dependencies: { native: 'file:./native' } }),
      'fn/native/package.json': manifest('native', { scripts: { install: 'node make.js' } }),
      // As node-gyp does it: the file is for the machine that it runs on.
      'fn/native/make.js': `const fs = require('fs');
fs.mkdirSync('build/Release', { recursive: true });
const elf = Buffer.alloc(64);
elf.writeUInt32BE(0x7f454c46, 0);
elf[4] = 2; elf[5] = 1;
elf.writeUInt16LE(process.arch === 'arm64' ? 183 : 62, 18);
fs.writeFileSync('build/Release/native.node', elf);
`,
      'fn/native/index.js': '',
    });
    const [here, other] =
      process.arch === 'arm64' ? (['arm64', 'x86_64'] as const) : (['x86_64', 'arm64'] as const);
    await builder(output, context)(spec(join(root, 'fn'), { architecture: here }));
    await expect(builder(output, context)(spec(join(root, 'fn'), { architecture: other }))).rejects.toThrow(
      `native/build/Release/native.node, as npm made it here, is for ${here}, and the function runs on ${other}`,
    );
  });
});

describe('a bundle whose packages are not installed', () => {
  const bundle = (directory: string, changes: Partial<NodeBuild> = {}): NodeBuild => ({
    kind: 'node',
    directory,
    entries: ['app.js'],
    runtime: 'nodejs24.x',
    format: 'cjs',
    minify: false,
    sourceMap: true,
    externalAwsSdk: false,
    external: [],
    install: true,
    ...changes,
  });

  function withEsbuild(files: Readonly<Record<string, string>>): Project {
    const each = project(files);
    symlinkSync(join(process.cwd(), 'node_modules'), join(each.root, 'node_modules'));
    return each;
  }

  it('has them installed for it, the same in any place', async () => {
    const texts: string[] = [];
    for (const folder of ['.', 'deep/er']) {
      const each = withEsbuild(
        Object.fromEntries(Object.entries(FILES).map(([name, text]) => [join(folder, name), text])),
      );
      const { path } = await builder(each.output, each.context)(bundle(join(each.root, folder, 'fn')));
      expect(await answer(path)).toBe('one two');
      texts.push(`${readFileSync(join(path, 'app.js'))}${readFileSync(join(path, 'app.js.map'))}`);
      expect(existsSync(join(each.root, folder, 'fn', 'node_modules'))).toBe(false);
      expect(await isBuiltAgain(each, bundle(join(each.root, folder, 'fn')))).toBe(false);
      writeFileSync(join(each.root, folder, 'deep', 'index.js'), "module.exports = 'three';\n");
      expect(await isBuiltAgain(each, bundle(join(each.root, folder, 'fn')))).toBe(true);
    }
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0]).not.toMatch(/tmp/);
  });
});
