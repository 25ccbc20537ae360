import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { NodeBuild } from '../../../src/packaging/toolchains/spec.ts';
import { makeProject, type Project } from '../support.ts';

const made: Project[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

/** A project that has this repository's esbuild installed. */
function project(files: Readonly<Record<string, string>>): Project {
  const each = makeProject(files);
  made.push(each);
  mkdirSync(join(each.root, 'node_modules'), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules', 'esbuild'), join(each.root, 'node_modules', 'esbuild'));
  return each;
}

const FILES = {
  'svc/package.json': '{"type":"module"}',
  'svc/src/app.ts': `import { greet } from '../../shared/greet.ts';
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async (event: { name: string }): Promise<string> => greet(event.name) + typeof S3Client;
`,
  'shared/greet.ts': `export enum Mood { Good = 'good' }
export const greet = (name: string): string => 'hello ' + name + ' ' + Mood.Good;
`,
  'package-lock.json': '{}',
};

const spec = (directory: string, changes: Partial<NodeBuild> = {}): NodeBuild => ({
  kind: 'node',
  directory,
  entries: ['src/app.ts'],
  runtime: 'nodejs24.x',
  minify: true,
  sourceMap: true,
  externalAwsSdk: true,
  external: [],
  ...changes,
});

describe('Node', () => {
  it('bundles the same in any place, with a map beside it', async () => {
    const results = [];
    for (const each of [project(FILES), project(FILES)]) {
      const { path, from } = await builder(each.output, each.context)(spec(join(each.root, 'svc')));
      expect(from).toBe('toolchain');
      expect(readdirSync(path)).toEqual(['app.mjs', 'app.mjs.map']);
      const map = JSON.parse(readFileSync(join(path, 'app.mjs.map'), 'utf8')) as { sources: string[] };
      expect(map.sources).toEqual(['../shared/greet.ts', 'src/app.ts']);
      results.push(readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8')));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[0]?.[0]).toContain('from"@aws-sdk/client-s3"');
  });

  it('makes CommonJS unless the package says otherwise; the bundle runs', async () => {
    const { root, output, context } = project({
      'src/app.ts': "import { sep } from 'node:path';\nexport const handler = () => sep;\n",
    });
    const { path } = await builder(output, context)(spec(root, { sourceMap: false }));
    expect(readdirSync(path)).toEqual(['app.js']);
    const run = spawnSync('node', ['-p', `require(${JSON.stringify(join(path, 'app.js'))}).handler()`], {
      encoding: 'utf8',
    });
    expect(run.stdout).toBe('/\n');
  });

  it('gives CommonJS packages their require inside of an ES module', async () => {
    const { root, output, context } = project({
      'app.mts': "import old from './old.cjs';\nexport const handler = () => old;\n",
      'old.cjs': "const name = 'node:os';\nmodule.exports = require(name).EOL;\n",
    });
    const { path } = await builder(output, context)(spec(root, { entries: ['app.mts'] }));
    const script = `console.log(JSON.stringify((await import(${JSON.stringify(join(path, 'app.mjs'))})).handler()))`;
    expect(spawnSync('node', ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout).toBe(
      '"\\n"\n',
    );
  });

  it('tells errors with their places', async () => {
    const { root, output, context } = project({
      ...FILES,
      'svc/src/app.ts': "import 'nope';\nexport const handler = ;\n",
    });
    await expect(builder(output, context)(spec(join(root, 'svc')))).rejects.toMatchObject({
      problems: expect.arrayContaining([
        { message: 'Unexpected ";"', place: { file: 'svc/src/app.ts', line: 2, column: 23 } },
      ]),
    });
  });

  it('bundles several entries, each in its folder as far as these differ', async () => {
    const { root, output, context } = project({
      'src/api/orders.ts': 'export const handler = () => 1;',
      'src/jobs/clean.ts': 'export const handler = () => 2;',
    });
    const entries = ['src/api/orders.ts', 'src/jobs/clean.ts'];
    const { path } = await builder(output, context)(spec(root, { entries, sourceMap: false }));
    expect(readdirSync(path, { recursive: true }).sort()).toEqual([
      'api',
      'api/orders.js',
      'jobs',
      'jobs/clean.js',
    ]);
  });

  it('takes options in place of its own, and writes nothing beside the sources', async () => {
    const cache = '{ "first_": "x" }';
    const { root, output, context } = project({
      'app.ts': 'export const handler = (e?: { first_: number }) => e?.first_ ?? 0;\n',
      'names.json': cache,
    });
    const own =
      "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
    const options = [
      '--target=es2019',
      '--sourcemap=inline',
      '--out-extension:.js=.mjs',
      `--banner:js=${own}`,
      '--mangle-props=_$',
      '--mangle-cache=names.json',
    ];
    const changes = { entries: ['app.ts'], format: 'esm', minify: false, options } as const;
    const { path } = await builder(output, context)(spec(root, changes));
    expect(readdirSync(path)).toEqual(['app.mjs']);
    const text = readFileSync(join(path, 'app.mjs'), 'utf8');
    // A second declaration of `require` would be a syntax error.
    expect(text.startsWith(own)).toBe(true);
    expect(text.match(/const require/g)).toHaveLength(1);
    expect(text).toContain('e.x');
    expect(text).not.toContain('?.');
    const map = Buffer.from(text.split('base64,')[1] ?? '', 'base64').toString();
    expect(JSON.parse(map)).toMatchObject({ sources: ['app.ts'] });
    expect(readFileSync(join(root, 'names.json'), 'utf8')).toBe(cache);
  });

  it('installs its own esbuild once where the project has none', async () => {
    if (spawnSync('npm', ['ping'], { timeout: 120_000 }).status !== 0) {
      console.warn('skipped: the npm registry cannot be reached');
      return;
    }
    const each = makeProject({ 'app.ts': 'export const handler = () => 1;' });
    made.push(each);
    const { path } = await builder(each.output, each.context)(spec(each.root, { entries: ['app.ts'] }));
    expect(existsSync(join(path, 'app.js'))).toBe(true);
    await builder(each.output, each.context)(spec(each.root, { entries: ['app.ts'], minify: false }));
    expect(each.context.log.lines.filter((line) => line.startsWith('info Installing esbuild'))).toHaveLength(
      1,
    );
  });
});
