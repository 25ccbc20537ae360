/** A plan of many targets, jobs that deploy one of them each, and what is made of their reports. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeUploadBucket, stacksIn } from '../support/environment-case.ts';
import { pullRequestEvent, pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { buildsIn, FILES, gitIn, REGIONS, SERVICES, SHARED } from '../support/monorepo.ts';
import { makeWorkspace, runAction, type StepResult } from '../support/runner.ts';

let aws: Emulator;
let github: GitHubServer;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
let base: string;
let log: string;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
  workspace = await makeWorkspace(FILES);
  log = `${workspace.path}.log`;
  base = gitIn(workspace.path).commit();
});
afterEach(async () => {
  await github.stop();
  await workspace.remove();
  await rm(log, { force: true });
  expect(github.violations).toEqual([]);
});

const write = (name: string, text: string) => writeFile(join(workspace.path, name), text);
const read = (name: string) => readFile(join(workspace.path, name), 'utf8');

/** @param head of a pull request; a push without one */
function run(inputs: Record<string, string>, commit: string, head?: string): Promise<StepResult> {
  return runAction({
    workspace: workspace.path,
    inputs: { targets: 'sparta.targets.yml', 'github-token': 'token', ...inputs },
    env: { ...aws.env, GITHUB_API_URL: github.url, GITHUB_SHA: commit, BUILD_LOG: log },
    event:
      head === undefined ? pushEvent(commit, base) : pullRequestEvent(7, { headSha: head, baseSha: base }),
  });
}

interface Planned {
  readonly matrix: { readonly include: readonly Record<string, string>[] } | undefined;
  readonly waves: readonly { readonly include: readonly { readonly target: string }[] }[];
  readonly because: Readonly<Record<string, readonly string[]>>;
}

function planned({ outputs: { matrix = '', waves = '[]', because = '{}' } }: StepResult): Planned {
  return {
    matrix: matrix === '' ? undefined : (JSON.parse(matrix) as Planned['matrix']),
    waves: JSON.parse(waves) as Planned['waves'],
    because: JSON.parse(because) as Planned['because'],
  };
}

it('plans what a pull request touches, deploys it from the same bytes, and collects reports', async () => {
  await write(SHARED, 'export const price = 2;\n');
  await write('README.md', 'The shop\n');
  const head = gitIn(workspace.path).commit();
  const plan = await run({ command: 'plan' }, head, head);
  expect(plan).toMatchObject({ exitCode: 0 });
  expect(buildsIn(log).toSorted()).toEqual(SERVICES.map((name) => `built ${name}`).toSorted());
  const { matrix, waves, because } = planned(plan);
  expect(matrix?.include).toHaveLength(4);
  expect(matrix?.include[0]).toEqual({
    target: 'orders-eu-central-1',
    service: 'services/orders',
    stage: '',
    region: 'eu-central-1',
    account: '000000000000',
    role: '',
    environment: '',
  });
  expect(waves.map(({ include }) => include.map(({ target }) => target))).toEqual(
    REGIONS.map((region) => ['orders', 'billing'].map((name) => `${name}-${region}`)),
  );
  expect(because['billing-us-east-1']).toEqual([`${SHARED} has changed (the build of Main)`]);
  expect(plan.stdout).toContain('stock-us-east-1: not touched');
  expect(plan.stdout).toContain('Nothing that is built reads README.md');
  expect(plan.summary).toContain('4 of 16 targets touched');

  // Another machine: nothing but what was handed on, and no tool that could build.
  for (const name of SERVICES)
    await rm(join(workspace.path, 'services', name, '.sparta'), { recursive: true });
  const folder = join(workspace.path, '.sparta', 'plan');
  const handed = JSON.parse(await readFile(join(folder, 'orders-eu-central-1.assembly.json'), 'utf8')) as {
    readonly stacks: readonly { readonly assets: readonly { readonly hash: string }[] }[];
  };
  const [hash = ''] = handed.stacks[0]?.assets.map((asset) => asset.hash) ?? [];
  for (const region of REGIONS) {
    await makeUploadBucket(aws, region);
    const target = `orders-${region}`;
    const job = await run({ target, noop: 'false', comment: 'false' }, head, head);
    expect(job).toMatchObject({ exitCode: 0, errors: [] });
    expect((await stacksIn(aws, region)).orders?.StackStatus).toBe('CREATE_COMPLETE');
    expect(await read(`services/orders/.sparta/targets/${target}/orders/deploy.yaml`)).toContain(hash);
    await mkdir(join(workspace.path, '.sparta/reports', target), { recursive: true });
    await cp(
      join(workspace.path, '.sparta/report.json'),
      join(workspace.path, '.sparta/reports', target, 'report.json'),
    );
  }
  expect(buildsIn(log)).toHaveLength(SERVICES.length);

  // A job that says something else than it is about, one that tells nonsense, and one that says nothing.
  const reports = join(workspace.path, '.sparta/reports');
  const report = await readFile(join(reports, 'orders-us-east-1/report.json'), 'utf8');
  await writeFile(
    join(reports, 'billing.json'),
    report.replace(/"target":"orders-us-east-1"/, '"target":"billing-us-east-1"'),
  );
  await writeFile(
    join(reports, 'other.json'),
    report.replace(/"target":"orders-us-east-1"/, '"target":"mail-us-east-1"'),
  );
  await writeFile(join(reports, 'nonsense.json'), '{"version":1,"report":[]}');
  const collected = await run({ command: 'collect' }, head, head);
  expect(collected.exitCode).toBe(1);
  expect(collected.stdout).toContain('A report of mail-us-east-1 is not used: the plan has no such target');
  expect(collected.stdout).toContain('nonsense.json');
  expect(collected.errors).toEqual(
    ['billing-eu-central-1', 'billing-us-east-1'].map((name) =>
      expect.stringContaining(`${name}: its job has left no report that can be used`),
    ),
  );
  const [comment, ...more] = github.comments.get(7) ?? [];
  expect(more).toEqual([]);
  expect(comment?.body).toContain(
    '| **services/orders** | ✅ deployed (3 added) | ✅ deployed (3 added) |\n| **services/billing** | ❌ failed | ❌ failed |',
  );
  expect(comment?.body).toContain('**billing-eu-central-1, billing-us-east-1**: its job has left no report');
  expect(comment?.body).not.toContain('plan —');
  expect(github.checks).toMatchObject([{ name: 'sparta / targets', conclusion: 'failure', head_sha: head }]);
});

it('says that nothing is touched, why all is, and what of the targets themselves has changed', async () => {
  await write('README.md', 'The shop\n');
  const docs = gitIn(workspace.path).commit();
  const none = await run({ command: 'plan' }, docs, docs);
  expect(none).toMatchObject({ exitCode: 0, outputs: { matrix: '', waves: '[]', touched: '[]' } });
  expect((await run({ command: 'collect' }, docs, docs)).exitCode).toBe(0);

  await write('sparta.targets.yml', `${FILES['sparta.targets.yml']}  tags: { team: shop }\n`);
  await write(
    'services/mail/sparta.config.yml',
    `${FILES['services/mail/sparta.config.yml']}tags: { a: b }\n`,
  );
  const head = gitIn(workspace.path).commit();
  const all = planned(await run({ command: 'plan' }, head, head));
  expect(all.matrix?.include).toHaveLength(16);
  expect(all.because['mail-us-east-1']).toEqual([
    'sparta.targets.yml says something else of it',
    'services/mail/sparta.config.yml has changed (the definition)',
  ]);
  const pushed = planned(await run({ command: 'plan' }, head));
  expect(pushed.because['audit-us-east-1']).toEqual(['this is no pull request, so that every target counts']);
  // No job takes the plan of another commit.
  const job = await run({ target: 'mail-us-east-1' }, docs, docs);
  expect(job.errors).toEqual([expect.stringContaining(`is that of ${head.slice(0, 7)}`)]);
});

it('passes no target whose job has failed, or has not told of a stack', async () => {
  await workspace.remove();
  const [commit, resources] = ['1'.repeat(40), { Topic: { Type: 'AWS::SNS::Topic' } }];
  const service = JSON.stringify({ name: 'shop', resources });
  const targets = ['told', 'failed', 'partly'].map((name) => ({ name, stage: name, stackName: name }));
  workspace = await makeWorkspace({ 'sparta.config.json': service });
  const about = { targets: JSON.stringify(targets) };
  expect(await run({ ...about, command: 'plan' }, commit)).toMatchObject({ exitCode: 0 });
  const plan = '.sparta/plan/plan.json';
  await write(plan, (await read(plan)).replace('"partly"\n      ]', '"partly",\n        "other"\n      ]'));
  for (const { name: target } of targets) {
    const job = await run({ ...about, target, noop: 'true' }, commit);
    expect(job.exitCode).toBe(0);
    const report = await read('.sparta/report.json');
    await mkdir(join(workspace.path, '.sparta/reports'), { recursive: true });
    // As where drift or smoke tests fail a job, whose stacks have not failed.
    const told = target === 'failed' ? report.replace('"failed":false', '"failed":true') : report;
    await write(`.sparta/reports/${target}.json`, told.replace('"diff":', '"timeline":5,"names":{},"diff":'));
  }
  const collected = await run({ ...about, command: 'collect' }, commit);
  expect(collected.exitCode).toBe(1);
  expect(collected.errors).toEqual([
    expect.stringMatching(/^partly: the report of its job does not tell of this stack/),
    expect.stringMatching(/^failed: its job has failed/),
  ]);
  expect(github.checks).toMatchObject([{ conclusion: 'failure' }]);
});

/** Services of other kinds than those of the monorepo. */
const KINDS = {
  '.gitignore': 'cdk.out\n.sparta\n',
  'shared/tags.ts': "export const tags = { team: 'shop' };\n",
  'services/code/sparta.config.ts': `import { tags } from '../../shared/tags.ts';
export default { name: 'code', tags, resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
`,
  'services/reading/sparta.config.ts': `import { readFileSync } from 'node:fs';
export default { name: String(readFileSync(new URL('name.txt', import.meta.url))).trim(), resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
`,
  'services/reading/name.txt': 'reading',
  'services/data/sparta.config.yml': 'name: data\nresources: { Topic: { Type: AWS::SNS::Topic } }\n',
  'services/hooks/sparta.config.yml':
    'name: hooks\nhooks: { preBuild: "true" }\nresources: { Topic: { Type: AWS::SNS::Topic } }\n',
  'services/template/template.yaml':
    "Resources:\n  Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: child.yaml } }\n",
  'services/template/child.yaml': 'Resources: { Topic: { Type: AWS::SNS::Topic } }\n',
  'services/cdk/cdk.out/manifest.json': JSON.stringify({
    version: '36.0.0',
    artifacts: { cdk: { type: 'aws:cloudformation:stack', properties: { templateFile: 'cdk.json' } } },
  }),
  'services/cdk/cdk.out/cdk.json': '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}',
};

it('knows what definitions import and templates name, and where nobody knows it', async () => {
  await workspace.remove();
  workspace = await makeWorkspace(KINDS);
  base = gitIn(workspace.path).commit();
  await write('shared/tags.ts', "export const tags = { team: 'other' };\n");
  await write('services/template/child.yaml', 'Resources: { Queue: { Type: AWS::SQS::Queue } }\n');
  const head = gitIn(workspace.path).commit();
  const targets = ['code', 'reading', 'data', 'hooks', 'cdk']
    .map((name) => `- { name: ${name}, service: services/${name} }\n`)
    .join('');
  const template = '- { name: template, service: services/template, stackName: template }\n';
  const plan = await run({ command: 'plan', targets: `${targets}${template}` }, head, head);
  expect(plan).toMatchObject({ exitCode: 0, errors: [] });
  expect(planned(plan).because).toEqual({
    code: ['shared/tags.ts has changed (the definition)'],
    reading: [
      'nobody knows what the definition reads: services/reading/sparta.config.ts, or what it imports, uses node:fs',
    ],
    hooks: ['nobody knows what the hook preBuild reads: it is a command'],
    cdk: [
      'services/cdk/cdk.out/cdk.json is not in git, so that nobody knows whether it has changed (the cloud assembly)',
      'services/cdk/cdk.out/manifest.json is not in git, so that nobody knows whether it has changed (the cloud assembly)',
      'services/cdk/cdk.out/cdk.json is not in git, so that nobody knows whether it has changed (the template)',
    ],
    template: ['services/template/child.yaml has changed (the templates)'],
  });
});
