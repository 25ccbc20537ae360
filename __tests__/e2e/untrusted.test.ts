import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { pullRequestTargetEvent } from '../support/github-event.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const COMMITS = { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40), fork: true };

/** A run with the rights of the base branch, whose workspace holds a commit that nobody has merged. */
async function onTarget(files: Record<string, string>, inputs: Record<string, string>) {
  const workspace = await makeWorkspace(files);
  const git = (...args: string[]) =>
    execFileSync('git', [
      '-C',
      workspace.path,
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      ...args,
    ]);
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'a pull request');
  try {
    return await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo', noop: 'true', ...inputs },
      event: pullRequestTargetEvent(7, COMMITS),
    });
  } finally {
    await workspace.remove();
  }
}

const config = "console.log('ran'); process.exit(3);";
const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

const built = JSON.stringify({
  Resources: {
    Made: {
      Type: 'AWS::Lambda::Function',
      Metadata: { BuildMethod: 'makefile' },
      Properties: {
        Code: './code',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::1:role/r',
      },
    },
  },
});
const image = JSON.stringify({
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Image: {
      Type: 'AWS::Serverless::Function',
      Metadata: { DockerContext: './code', Dockerfile: 'Dockerfile' },
      Properties: { PackageType: 'Image' },
    },
  },
});

it.each<[string, Record<string, string>, Record<string, string>]>([
  ['a service definition', { 'sparta.config.js': config }, { 'stack-name': '' }],
  [
    'a definition that is named from a folder without code',
    { 'pr/sparta.config.js': config },
    { 'stack-name': '', source: 'pr/sparta.config.js' },
  ],
  ['a Makefile', { 'template.json': built, 'code/Makefile': 'build-Made:\n\techo ran\n' }, {}],
  ['a Dockerfile', { 'template.json': image, 'code/Dockerfile': 'FROM scratch\nCOPY Dockerfile /\n' }, {}],
  [
    'a Sparta application',
    {
      'go.mod': 'module a\n\nrequire github.com/mweagle/Sparta/v3 v3.0.0\n',
      'main.go': 'package main\n\nfunc main() { println("ran") }\n',
    },
    { 'stack-name': '' },
  ],
  ['functions that are run here', { 'template.json': template }, { command: 'invoke', function: 'Any' }],
  ['smoke tests', { 'template.json': template, 'events/a.json': '{}' }, { events: 'events/*.json' }],
])('%s is not run', async (_, files, inputs) => {
  const result = await onTarget(files, inputs);
  expect(result.exitCode).toBe(1);
  expect(result.errors.join('\n')).toContain('pull_request_target runs with the rights of the base branch');
  expect(result.stdout).not.toContain('ran\n');
});

it('runs what a person has allowed', async () => {
  const result = await onTarget(
    { 'sparta.config.js': "console.log('ran'); export default {};" },
    { 'stack-name': '', 'allow-untrusted-code': 'true' },
  );
  expect(result.stdout).toContain('ran\n');
});

it('a template is data, and previewed', async () => {
  const result = await onTarget({ 'template.json': template }, {});
  expect(result).toMatchObject({ exitCode: 0, outputs: { operation: 'preview', changed: 'true' } });
});
