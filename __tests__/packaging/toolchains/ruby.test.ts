import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { RubyBuild } from '../../../src/packaging/toolchains/spec.ts';
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

const [version = ''] =
  /\d+\.\d+/.exec(spawnSync('ruby', ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? [];
const withoutRuby =
  version !== '' &&
  spawnSync('bundle', ['--version']).status === 0 &&
  spawnSync('ruby', ['-e', 'require "mkmf"'], { cwd: tmpdir() }).status === 0
    ? undefined
    : 'Ruby is not tested: there is no ruby with bundler and its header files here';
if (withoutRuby) console.warn(withoutRuby);

const spec = (directory: string, changes: Partial<RubyBuild> = {}): RubyBuild => ({
  kind: 'ruby',
  directory,
  runtime: `ruby${version}`,
  architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
  layer: false,
  ...changes,
});

const gemspec = (name: string, rest = '') =>
  `Gem::Specification.new { |s| s.name='${name}'; s.version='1.0'; s.summary='x'; s.authors=['x']; s.files=Dir['**/*.{rb,c}']; ${rest} }\n`;

/** What rubygems.org would be: gems and their index, as files. */
let gems: Project;
let server: Server;
let source: string;
beforeAll(async () => {
  gems = makeProject({
    'plain/plain.gemspec': gemspec('plain'),
    'plain/lib/plain.rb': 'PLAIN = 1\n',
    'native/native.gemspec': gemspec('native', `s.extensions=['ext/extconf.rb']`),
    'native/ext/extconf.rb': `require 'mkmf'; create_makefile('native')\n`,
    'native/ext/native.c': '#include <ruby.h>\nvoid Init_native(void) {}\n',
  });
  if (withoutRuby) return;
  const run = (command: string, cwd: string) =>
    expect(spawnSync('sh', ['-c', command], { cwd }).status).toBe(0);
  for (const name of ['plain', 'native']) {
    run(
      `gem build -q ${name}.gemspec && mkdir -p ../site/gems && mv *.gem ../site/gems`,
      join(gems.root, name),
    );
  }
  run('gem generate_index -d .', join(gems.root, 'site'));
  server = createServer((request, response) => {
    const path = join(gems.root, 'site', request.url ?? '');
    const found = existsSync(path) && (request.url ?? '/').length > 1;
    response.writeHead(found ? 200 : 404).end(found ? readFileSync(path) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server?.close();
  gems.remove();
});

const tree = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => join(item.parentPath, item.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  );

(withoutRuby ? describe.skip : describe)('Ruby', () => {
  it('puts gems where Lambda looks for them, the same in any place, without those of groups for development', async () => {
    const trees = [];
    for (const folder of ['.', 'another/place']) {
      const each = project({
        [`${folder}/Gemfile`]: `source '${source}'\ngem 'plain'\ngroup(:test) { gem 'native' }\n`,
        [`${folder}/app.rb`]: "require 'plain'\nputs PLAIN\n",
      });
      const build = spec(join(each.root, folder));
      const { path } = await builder(each.output, each.context)(build);
      trees.push(tree(path));
      const env = { PATH: process.env.PATH, GEM_PATH: `${path}/vendor/bundle/ruby/${version}.0` };
      expect(spawnSync('ruby', ['app.rb'], { cwd: path, encoding: 'utf8', env }).stdout).toBe('1\n');
      expect(await isBuiltAgain(each, build)).toBe(false);
      // Neither a lock file nor a setting is written beside the sources.
      expect(
        readdirSync(join(each.root, folder)).filter((name) => !/^(another|\.sparta)$/.test(name)),
      ).toEqual(['Gemfile', 'app.rb']);
    }
    expect(trees[1]).toEqual(trees[0]);
    const names = Object.keys(trees[0] ?? {}).join('\n');
    expect(names).toContain('.bundle/config');
    expect(names).not.toMatch(/native|\.gem\n/);
  });

  it('refuses what was compiled here for another machine, gems that would be left behind, and another Ruby', async () => {
    const each = project({ Gemfile: `source '${source}'\ngem 'native'\n` });
    const build = builder(each.output, each.context);
    const other = process.arch === 'arm64' ? 'x86_64' : 'arm64';
    await expect(build(spec(each.root, { architecture: other }))).rejects.toThrow(
      `the function runs on ${other}`,
    );
    each.write({
      'fn/Gemfile': "gem 'plain', path: '../plain'\n",
      'fn/Gemfile.lock': 'PATH\n  remote: ../plain\n  specs:\n    plain (1.0)\n',
    });
    await expect(build(spec(join(each.root, 'fn')))).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining('../plain'), place: { file: 'fn/Gemfile.lock' } }],
    });
    await expect(build(spec(each.root, { runtime: 'ruby1.0' }))).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining('ruby1.0 needs Ruby 1.0'),
          next: expect.stringContaining('ruby/setup-ruby'),
        },
      ],
    });
    const env = { ...each.context.env, PATH: '/nowhere' };
    await expect(
      builder(each.output, { ...each.context, env, answers: new Map() })(spec(each.root)),
    ).rejects.toMatchObject({
      problems: [{ message: expect.stringMatching(/^(ruby|bundle) was not found$/) }],
    });
  });

  it('of a layer is below ruby/lib, and sources need no Gemfile', async () => {
    const each = project({ 'a.rb': '' });
    const { path } = await builder(each.output, each.context)(spec(each.root, { layer: true }));
    expect(Object.keys(tree(path))).toEqual(['ruby/lib/a.rb']);
  });
});
