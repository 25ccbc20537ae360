/** The rules of CONTRIBUTING.md for where things live in src/, as far as a machine can tell. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { circlesOf, forbiddenImports, parseSource, reachedFrom, readSources } from './support/sources.ts';

const root = resolve(import.meta.dirname, '..');
const sources = readSources(resolve(root, 'src'));
const imports = new Map([...sources].map(([file, source]) => [file, source.imports] as const));

/** What everything may know. */
const GROUND = [
  'problem.ts',
  'log.ts',
  'version.ts',
  'limits.ts',
  'runtimes.ts',
  'regions.ts',
  'text/',
  'order/',
  'hash/',
];

/** The few things about a run that all acts know. */
const RUN = ['host.ts', 'inputs.ts', 'outcome.ts'];

/** Below the stages: none of these knows a stage, a command or an input. */
const BELOW = [
  ...GROUND,
  'template/',
  'sam/',
  'service/',
  'sources/',
  'assembly/',
  'packaging/',
  'aws/',
  'github/',
  'local/',
  'console/',
  'report/',
  'picture/',
  'parse/',
  'environments/',
  'policies/',
  'targets/',
];

/** For each place, which others it may know; nobody else. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  // The ways in translate.
  'entry.ts': ['main.ts', 'post.ts', 'cli.ts', 'server.ts'],
  'main.ts': [
    ...GROUND,
    ...RUN,
    'failed-outcome.ts',
    'failure-text.ts',
    'process-end.ts',
    'read-inputs.ts',
    'commands/index.ts',
    'github/log.ts',
    'stages/report/tell-runner.ts',
  ],
  'cli.ts': [
    ...GROUND,
    ...RUN,
    'failure-text.ts',
    'process-end.ts',
    'read-inputs.ts',
    'commands/index.ts',
    'report/',
    'terminal/',
  ],
  'post.ts': [...GROUND, 'outcome.ts', 'github/', 'local/server/'],
  'server.ts': [...GROUND, 'local/server/'],

  // What everything knows, and what makes it.
  'problem.ts': [],
  'log.ts': ['problem.ts'],
  'version.ts': [],
  'limits.ts': [],
  'runtimes.ts': [],
  'regions.ts': [],
  'text/': [],
  'order/': [],
  'hash/': [],
  'inputs.ts': [...GROUND, 'parse/'],
  'outcome.ts': [...GROUND, 'report/model.ts'],
  'failed-outcome.ts': [...GROUND, ...RUN, 'report/model.ts'],
  'host.ts': [
    ...GROUND,
    'process-end.ts',
    'github/context.ts',
    'terminal/progress.ts',
    'packaging/workspace/',
  ],
  'process-end.ts': [...GROUND, 'sources/service/user-error.ts'],
  'read-inputs.ts': [...GROUND, 'inputs.ts', 'parse/', 'packaging/workspace/'],
  'failure-text.ts': [...GROUND, 'process-end.ts', 'aws/connection/'],

  // No disk, no AWS, no GitHub.
  'template/': GROUND,
  'sam/': [...GROUND, 'template/'],
  'sam/data/': [],
  'service/': [...GROUND, 'template/', 'targets/definition.ts'],
  'targets/': [...GROUND, 'template/', 'service/schema/', 'parse/'],
  'environments/': ['hash/'],
  'parse/': [...GROUND, 'template/'],
  'policies/': [...GROUND, 'template/', 'parse/modes.ts'],
  'assembly/': [...GROUND, 'template/', 'parse/'],
  'picture/': [...GROUND, 'template/'],
  'report/': [...GROUND, 'template/', 'picture/', 'parse/', 'terminal/colours.ts'],

  // The disk and programs, but neither AWS nor GitHub.
  'packaging/': GROUND,
  'local/': [...GROUND, 'template/', 'sam/', 'assembly/', 'packaging/'],
  'console/': [...GROUND, 'template/types.ts', 'local/server/'],
  'sources/': [...GROUND, 'template/', 'service/', 'targets/', 'parse/', 'assembly/', 'packaging/'],

  // AWS and GitHub do not know each other.
  'aws/': GROUND,
  'github/': [...GROUND, 'packaging/archive/'],
  'terminal/': [...GROUND, 'inputs.ts', 'template/types.ts'],

  // A program of its own, in AWS.
  'custom-resources/': [...GROUND, 'packaging/archive/'],

  // The acts know one way: index, then deploy, plan, assemble, upload.
  'stages/index.ts': [...BELOW, ...RUN, 'stages/'],
  'stages/deploy/': [
    ...BELOW,
    ...RUN,
    'stages/plan/',
    'stages/upload/',
    'stages/report/',
    'stages/run.ts',
    'stages/enter-environment.ts',
    'terminal/progress.ts',
  ],
  'stages/plan/': [
    ...BELOW,
    ...RUN,
    'stages/assemble/',
    'stages/upload/',
    'stages/report/',
    'stages/run.ts',
    'stages/enter-environment.ts',
  ],
  'stages/assemble/': [...BELOW, ...RUN, 'stages/upload/', 'stages/run.ts', 'stages/trust.ts'],
  'stages/upload/': [...BELOW, ...RUN, 'stages/run.ts', 'stages/enter-environment.ts'],
  'stages/here/': [...BELOW, ...RUN, 'stages/report/', 'stages/run.ts', 'stages/trust.ts'],
  'stages/report/': [...BELOW, ...RUN, 'stages/run.ts'],
  'stages/attest/': [...BELOW, ...RUN, 'stages/report/', 'stages/run.ts'],
  'stages/environment/': [...BELOW, ...RUN, 'stages/report/', 'stages/run.ts', 'stages/enter-environment.ts'],
  'stages/stack-set/': [
    ...BELOW,
    ...RUN,
    'stages/assemble/check-template.ts',
    'stages/deploy/reviewed-plan.ts',
    'stages/plan/',
    'stages/upload/',
    'stages/report/',
    'stages/run.ts',
  ],
  'stages/each-stack.ts': [...BELOW, ...RUN, 'stages/report/', 'stages/run.ts'],
  'stages/enter-environment.ts': [...BELOW, ...RUN, 'stages/run.ts'],
  'stages/trust.ts': [...BELOW, ...RUN, 'stages/run.ts'],
  'stages/run.ts': [...BELOW, ...RUN],

  // Commands translate between inputs and stages.
  'commands/': [...BELOW, ...RUN, 'read-inputs.ts', 'stages/', 'server.ts'],
};

/** The provisioning flow: each stage and its file. A hook call of one line has none. */
const STAGES: readonly (readonly [stage: string, file: string])[] = [
  ['load source', 'assemble/load-source.ts'],
  ['verify roles', 'assemble/verify-roles.ts'],
  ['hooks PreBuild, PostBuild, PreMarshall', 'assemble/hooks.ts'],
  ['compile', 'assemble/compile.ts'],
  ['package archives', 'assemble/package-archives.ts'],
  ['package images', 'assemble/package-images.ts'],
  ['hook Archive', 'assemble/archive-hook.ts'],
  ['package sites', 'assemble/package-site.ts'],
  ['upload archives and images', 'upload/images.ts'],
  ['upload S3 assets', 'upload/assets.ts'],
  ['marshal', 'assemble/marshal.ts'],
  ['lambda decorators', 'assemble/lambda-decorators.ts'],
  ['service decorator', 'assemble/service-decorator.ts'],
  ['hook PostMarshall, validators', 'assemble/template-hooks.ts'],
  ['check template', 'assemble/check-template.ts'],
  ['diff', 'plan/index.ts'],
  ['upload template', 'upload/template.ts'],
  ['create or update stack', 'deploy/change-set.ts'],
  ['update in place', 'deploy/in-place.ts'],
  ['wait', 'deploy/wait.ts'],
  ['report', 'report/publish.ts'],
];

const LONGEST_FILE = 350;
/** Made by scripts. */
const GENERATED = [
  'template/diff/impact-data.ts',
  'policies/data/arn-data.ts',
  'policies/data/handler-data.ts',
];
/** A line for each thing. */
const TABLES = ['template/iam/data/protections.ts'];

const MOST_FILES = 18;
/** A file for each step of a list that is longer. */
const LONGER_LISTS: Readonly<Record<string, number>> = { 'stages/assemble': 20 };

const MOST_PARAMETERS = 5;

const folderOf = (file: string): string => file.split('/').slice(0, -1).join('/');
const nameOf = (file: string): string => file.split('/').at(-1) ?? file;

/** Keys that several entries share, with those entries. */
const sharedBy = (entries: readonly (readonly [key: string, file: string])[]): Record<string, string[]> =>
  Object.fromEntries(
    [...Map.groupBy(entries, ([key]) => key)]
      .filter(([, found]) => found.length > 1)
      .map(([key, found]) => [key, found.map(([, file]) => file)]),
  );

describe('src/', () => {
  it('imports only what the rules allow', () => {
    expect(forbiddenImports(imports, RULES)).toEqual([]);
  });

  it('imports in no circle, but for the type of services: its hooks are given the service', () => {
    expect(circlesOf(imports)).toEqual([
      ['service/api-types.ts', 'service/function-types.ts', 'service/hook-types.ts', 'service/types.ts'],
    ]);
  });

  it('has no rule for what is gone', () => {
    const gone = Object.entries(RULES)
      .flatMap(([place, allowed]) => [place, ...allowed])
      .filter(
        (place) =>
          ![...sources.keys()].some(
            (file) => file === place || (place.endsWith('/') && file.startsWith(place)),
          ),
      );
    expect(gone).toEqual([]);
  });

  it('has short files', () => {
    const long = [...sources].filter(
      ([file, { lines }]) => lines > LONGEST_FILE && ![...GENERATED, ...TABLES].includes(file),
    );
    expect(long.map(([file, { lines }]) => `${file}: ${lines} lines`)).toEqual([]);
  });

  it('has small folders', () => {
    const counts = Map.groupBy(sources.keys(), folderOf);
    const large = [...counts].filter(
      ([folder, files]) => files.length > (LONGER_LISTS[folder] ?? MOST_FILES),
    );
    expect(large.map(([folder, { length }]) => `${folder}: ${length} files`)).toEqual([]);
  });

  it('has functions that take no long lists of parameters', () => {
    const many = [...sources].filter(([, { parameters }]) => parameters > MOST_PARAMETERS);
    expect(many.map(([file, { parameters }]) => `${file}: ${parameters}`)).toEqual([]);
  });

  it('means one thing by the name of a type', () => {
    expect(
      sharedBy([...sources].flatMap(([file, { types }]) => types.map((type) => [type, file] as const))),
    ).toEqual({});
  });

  it('calls no two files of the flow the same', () => {
    const flow = [...sources.keys()].filter(
      (file) => file.startsWith('stages/') && nameOf(file) !== 'index.ts',
    );
    expect(sharedBy(flow.map((file) => [nameOf(file), file]))).toEqual({});
  });

  describe('as CONTRIBUTING.md describes it', () => {
    const page = readFileSync(resolve(root, 'CONTRIBUTING.md'), 'utf8');
    const files = [...sources.keys()];

    it('has no file and no folder that the page leaves out', () => {
      const places = new Set(files.map((file) => file.replace(/\/.*/, '/')));
      expect([...places].filter((place) => !page.includes(`\`src/${place}\``))).toEqual([]);
    });

    it('has no folder in these that their rows leave out', () => {
      const folders = new Set(files.flatMap((file) => /^[^/]+\/[^/]+\//.exec(file)?.[0] ?? []));
      const untold = [...folders].filter((folder) => {
        const [outer, inner] = folder.split('/');
        const row = page.split('\n').find((line) => line.startsWith(`| \`src/${outer}/\` `));
        return !page.includes(`\`src/${folder}\``) && !row?.includes(`\`${inner}/\``);
      });
      expect(untold).toEqual([]);
    });

    it('has everything that the page names', () => {
      const named = [...page.matchAll(/`src\/([\w/.-]+)`/g)].map(([, place = '']) => place);
      expect(named.filter((place) => !files.some((file) => file.startsWith(place)))).toEqual([]);
    });
  });
});

describe('the provisioning flow', () => {
  const reached = reachedFrom(['stages/index.ts', 'stages/report/tell-runner.ts'], imports);

  it.each(STAGES)('%s is stages/%s', (_, file) => {
    expect(reached).toContain(`stages/${file}`);
  });

  it('has no file that it does not lead to', () => {
    // A page has its script in it, which nothing imports.
    const isOurs = (file: string) => file.startsWith('stages/') && !file.startsWith('stages/report/page/');
    expect([...sources.keys()].filter((file) => isOurs(file) && !reached.has(file))).toEqual([]);
  });
});

describe('these rules', () => {
  const graph = new Map([
    ['a/one.ts', ['a/two.ts', 'b/one.ts']],
    ['a/two.ts', ['a/one.ts', 'c.ts']],
    ['b/one.ts', ['b/deep/two.ts']],
    ['b/deep/two.ts', ['b/one.ts', 'a/two.ts']],
    ['c.ts', ['c.ts']],
    ['d.ts', []],
  ]);

  it('tell every import that is not allowed, and every file without a rule', () => {
    const rules = { 'a/': ['b/'], 'b/': ['b/deep/'], 'b/deep/': ['b/one.ts'], 'c.ts': [] };
    expect(forbiddenImports(graph, rules)).toEqual([
      'a/two.ts -> c.ts',
      'b/deep/two.ts -> a/two.ts',
      'd.ts has no rule',
    ]);
    expect(
      forbiddenImports(graph, { ...rules, 'a/': ['b/', 'c.ts'], 'b/deep/': ['b/', 'a/'], 'd.ts': [] }),
    ).toEqual([]);
  });

  it('would tell an import that is added to src/', () => {
    const added = (from: string, to: string) =>
      forbiddenImports(new Map([...imports, [from, [...(imports.get(from) ?? []), to]]]), RULES);
    expect(added('template/types.ts', 'assembly/types.ts')).toEqual([
      'template/types.ts -> assembly/types.ts',
    ]);
    expect(added('aws/roles.ts', 'github/api.ts')).toEqual(['aws/roles.ts -> github/api.ts']);
    expect(added('stages/upload/index.ts', 'stages/plan/index.ts')).toEqual([
      'stages/upload/index.ts -> stages/plan/index.ts',
    ]);
    expect(added('aws/roles.ts', 'aws/connection/clients.ts')).toEqual([]);
  });

  it('find circles of any length, also of one', () => {
    expect(circlesOf(graph)).toEqual([['c.ts'], ['a/one.ts', 'a/two.ts', 'b/deep/two.ts', 'b/one.ts']]);
    expect(
      circlesOf(
        new Map([
          ['a.ts', ['b.ts']],
          ['b.ts', ['c.ts']],
          ['c.ts', ['b.ts']],
        ]),
      ),
    ).toEqual([['b.ts', 'c.ts']]);
  });

  it('follow imports from where they start', () => {
    expect([...reachedFrom(['b/one.ts'], graph)].sort()).toEqual([
      'a/one.ts',
      'a/two.ts',
      'b/deep/two.ts',
      'b/one.ts',
      'c.ts',
    ]);
  });

  it('read every way of importing, and nothing from texts and comments', () => {
    const text = `
      import a from './a.ts';
      import type { B } from './b.ts';
      import './c.ts';
      export { d } from './d.ts';
      export * from './e.ts';
      // import './not.ts';
      const text = "import './not.ts'";
      const f = () => import(/* webpackMode: "eager" */ './f.ts');
      type G = import('./g.ts').G;
      type H = typeof import('./h.ts');
      export interface One { call(a: string, b: string, c: string): void }
      export type Two = string;
      export class Three { method(a: number, b: number) {} }
      export const four = (a: number, { b, c }: { b: number; c: number }, ...rest: number[]) => rest;
    `;
    const { specifiers, types, parameters } = parseSource(text);
    expect(specifiers).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `./${name}.ts`));
    expect(types).toEqual(['One', 'Two', 'Three']);
    expect(parameters).toBe(3);
  });
});
