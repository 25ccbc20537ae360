import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeWorkspace, runAction, runCli } from '../support/runner.ts';
import { startSilentAws } from '../support/silent-aws.ts';

let aws: Awaited<ReturnType<typeof startSilentAws>>;
beforeAll(async () => {
  aws = await startSilentAws();
});
afterAll(() => aws.stop());

const BODY = "name: 'x', resources: { T: { Type: 'AWS::SNS::Topic' } }";

describe('a definition or a hook that ends the run unseen is told, and fails it', () => {
  it.each([
    ['a definition that exits', `process.exit(0); export default { ${BODY} };`, /called process\.exit\(0\)/],
    [
      'a hook that exits',
      `export default { ${BODY}, hooks: { postMarshall: () => process.exit(0) } };`,
      /called process\.exit\(0\)/,
    ],
    [
      'a promise that never settles',
      `await new Promise(() => {}); export default { ${BODY} };`,
      /a promise of a definition or a hook that never settles/,
    ],
    [
      'a rejection that nothing waits for',
      `Promise.reject(new Error('late')); export default { ${BODY} };`,
      /an error that nothing waited for: late/,
    ],
    [
      'an error that is thrown later',
      `export default { ${BODY}, hooks: { preBuild: () => new Promise((done) => {
        setTimeout(done, 1000);
        setTimeout(() => { throw new TypeError('later'); });
      }) } };`,
      /an error that nothing waited for: TypeError: later/,
    ],
  ])('%s', async (_, definition, says) => {
    const workspace = await makeWorkspace({ 'sparta.config.mjs': definition });
    const result = await runAction({ workspace: workspace.path, inputs: { noop: 'true' }, env: aws.env });
    const terminal = await runCli(['provision', '--noop'], workspace.path, aws.env);
    await workspace.remove();
    expect([result.exitCode, terminal.exitCode]).toEqual([1, 1]);
    expect(result.errors.filter((line) => says.test(line))).toHaveLength(1);
    expect(terminal.output).toMatch(says);
    expect(result.stdout).not.toMatch(/^\s+at .*\.js:\d+/m);
  });
});

it.each([
  [
    'a BigInt',
    '({ template }) => { template.Resources.T.Properties = { A: 1n }; }',
    /hook postMarshall 1: what it left of the template cannot be used: Do not know how to serialize a BigInt/,
  ],
  [
    'no Resources',
    '({ template }) => { delete template.Resources; }',
    /hook postMarshall 1: what it left of the template cannot be used: there are no Resources in it/,
  ],
  ['an error that is none', '() => { throw { code: 7 }; }', /hook postMarshall: \{ code: 7 \}/],
])('names the hook that leaves %s', async (_, hook, says) => {
  const workspace = await makeWorkspace({
    'sparta.config.mjs': `export default { ${BODY}, hooks: { postMarshall: ${hook} } };`,
  });
  const { errors, exitCode } = await runAction({
    workspace: workspace.path,
    inputs: { noop: 'true' },
    env: aws.env,
  });
  await workspace.remove();
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(says);
  expect(exitCode).toBe(1);
});

it('asks the source now, not what an earlier run left, which stack is to be deleted', async () => {
  const workspace = await makeWorkspace({
    'sparta.config.mjs': `export default ({ stage }) => ({ name: 'shop-' + stage, resources: { T: { Type: 'AWS::SNS::Topic' } } });`,
  });
  const preview = await runCli(['provision', '--noop', '--stage', 'dev'], workspace.path, aws.env);
  const asked = await runCli(['delete', '--noop', '--stage', 'staging'], workspace.path, aws.env);
  await workspace.remove();
  expect(preview.exitCode).toBe(0);
  expect(asked.output).toContain('shop-staging');
  expect(asked.output).not.toContain('shop-dev');
});

it('names the stacks of a source that has several', async () => {
  const manifest = (names: readonly string[]) => ({
    version: '36.0.0',
    artifacts: Object.fromEntries(
      names.map((name) => [
        name,
        {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: 'template.json' },
          displayName: name,
        },
      ]),
    ),
  });
  const workspace = await makeWorkspace({
    'cdk.out/manifest.json': JSON.stringify(manifest(['One', 'Two'])),
    'cdk.out/template.json': '{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }',
  });
  const all = await runCli(['status'], workspace.path, aws.env);
  const one = await runCli(['delete', '--noop', '--stacks', 'Two'], workspace.path, aws.env);
  const none = await runCli(
    ['delete', '--working-directory', 'cdk.out/..', '--source', 'nope'],
    workspace.path,
    aws.env,
  );
  await workspace.remove();
  expect(all.output).toMatch(
    /--stack-name: the command status is about one stack, and the source has 2: One, Two/,
  );
  expect(one.output).toContain('Two');
  expect(one.output).not.toContain('One');
  expect(none.output).toMatch(
    /nothing says which stack the command delete is about.*no file or folder "nope"/,
  );
});

(process.platform === 'linux' ? it : it.skip)(
  'fails when what it tells is lost (Linux has a full device)',
  async () => {
    const workspace = await makeWorkspace({
      'template.yaml': 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n',
    });
    const full = openSync('/dev/full', 'w');
    const { status } = spawnSync(
      process.execPath,
      [resolve(import.meta.dirname, '../../dist/cli.js'), 'provision', '--noop', '--stack-name', 'orders'],
      {
        cwd: workspace.path,
        stdio: ['ignore', full, 'ignore'],
        env: { PATH: process.env.PATH, HOME: workspace.path },
      },
    );
    closeSync(full);
    await workspace.remove();
    expect(status).toBe(1);
  },
);
