import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Picture } from '../../src/picture/types.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { makeWorkspace, runAction, runCli } from '../support/runner.ts';

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(() => aws.reset());

const edit = async (path: string, from: string, to: string): Promise<void> =>
  writeFile(path, (await readFile(path, 'utf8')).replace(from, to));

it('draws a service at a terminal, without AWS: as Mermaid, JSON and SVG, and as a page', async () => {
  const workspace = await exampleWorkspace('sam-orders');
  const draw = (...flags: string[]) =>
    runCli(['describe', '--stack-name', 'demo', ...flags], workspace.path, {});
  const mermaid = await draw();
  expect(mermaid.exitCode).toBe(0);
  expect(mermaid.stdout).toMatch(/^flowchart LR\n {2}n0\[\("Orders<br>table<br>id"\)\]\n/);
  expect(mermaid.stdout).toContain('n1 -.->|"may write"| n0');
  const { version, stacks } = JSON.parse((await draw('--json')).stdout) as {
    version: number;
    stacks: (Picture & { stackName: string })[];
  };
  expect([version, stacks.map(({ stackName }) => stackName)]).toEqual([1, ['demo']]);
  expect(stacks[0]?.nodes.map(({ id }) => id)).toEqual(['Orders', 'TakeOrder', 'CountOrders']);
  expect((await draw('--svg')).stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  const page = await readFile(join(workspace.path, '.sparta', 'report.html'), 'utf8');
  expect(page).toContain('<title>demo</title>');
  expect(page).toContain('aria-label="Picture of demo"');
  expect(page).toContain('Type: AWS::DynamoDB::Table');
  expect((await draw('--format', 'yaml')).output).toContain('a picture cannot be printed as yaml');
  const expand = await runCli(['expand', '--stack-name', 'demo', '--svg'], workspace.path, {});
  expect(expand.output).toContain('a template cannot be printed as svg');
});

it('draws in a workflow, and in previews, with what changes', async () => {
  const workspace = await exampleWorkspace('sam-orders');
  const { path } = workspace;
  const inputs = { 'stack-name': 'demo' };
  const drawn = await runAction({
    workspace: path,
    inputs: { ...inputs, command: 'describe' },
    env: aws.env,
  });
  expect(drawn.errors).toEqual([]);
  expect(drawn.summary).toContain('### demo\n\n```mermaid\nflowchart LR\n');
  expect(drawn.stdout).toContain('flowchart LR');
  const deployed = await runAction({ workspace: path, inputs, env: aws.env });
  expect(deployed.errors).toEqual([]);
  const page = () => readFile(join(path, '.sparta', 'report.html'), 'utf8');
  const same = await runAction({ workspace: path, inputs: { ...inputs, noop: 'true' }, env: aws.env });
  expect([same.errors, same.outputs.changed]).toEqual([[], 'false']);
  expect(same.summary).not.toContain('mermaid');
  expect(await page()).not.toContain('Picture of demo');
  const asked = await runCli(['describe', '--diff', '--stack-name', 'demo'], path, aws.env);
  expect([asked.exitCode, asked.stdout]).toEqual([0, expect.stringMatching(/^flowchart LR\n {2}n0/)]);
  expect(asked.stdout).not.toContain('changed');
  expect(await page()).toContain('aria-label="Picture of demo"');
  await edit(join(path, 'orders', 'index.mjs'), "'taken'", "'accepted'");
  const preview = await runAction({ workspace: path, inputs: { ...inputs, noop: 'true' }, env: aws.env });
  expect(preview.summary).toContain('<details><summary>Picture of the service</summary>\n\n```mermaid');
  expect(await page()).toContain('aria-label="Picture of demo"');
  expect(preview.summary).toMatch(/n1\["TakeOrder<br>.*<br>🟡 changed"\]:::changed/);
  const { stdout } = await runCli(['describe', '--diff', '--json', '--stack-name', 'demo'], path, aws.env);
  const { stacks } = JSON.parse(stdout) as { stacks: Picture[] };
  expect(stacks[0]?.nodes.flatMap(({ id, change }) => (change ? [[id, change]] : []))).toEqual([
    ['TakeOrder', 'changed'],
  ]);
});

const topic = (name: string) => ({ Resources: { [name]: { Type: 'AWS::SNS::Topic' } } });

it('draws several stacks, and says that a file of SVG has one', async () => {
  const artifact = (name: string) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: `${name}.template.json` },
  });
  const artifacts = { One: artifact('One'), Two: artifact('Two') };
  const workspace = await makeWorkspace({
    'cdk.out/manifest.json': JSON.stringify({ version: '48.0.0', artifacts }),
    'cdk.out/One.template.json': JSON.stringify(topic('News')),
    'cdk.out/Two.template.json': JSON.stringify(topic('Alarms')),
  });
  const drawn = await runCli(['describe'], workspace.path, {});
  expect([drawn.exitCode, drawn.stdout]).toEqual([
    0,
    '%% One\nflowchart LR\n  n0{{"News<br>topic"}}\n\n%% Two\nflowchart LR\n  n0{{"Alarms<br>topic"}}\n',
  ]);
  const svg = await runCli(['describe', '--svg'], workspace.path, {});
  expect([svg.exitCode, svg.stdout]).toEqual([1, '']);
  expect(svg.output).toContain('an SVG file shows one stack, and here are 2');
  const one = await runCli(['describe', '--svg', '--stacks', 'Two'], workspace.path, {});
  expect([one.exitCode, one.stdout]).toEqual([0, expect.stringContaining('<title>Two</title>')]);
});

it('says so where there is nothing to draw', async () => {
  const idle = { Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } };
  const workspace = await makeWorkspace({ 'template.json': JSON.stringify(idle) });
  const inputs = { command: 'describe', 'stack-name': 'demo' };
  const { errors, stdout, summary } = await runAction({ workspace: workspace.path, inputs });
  expect([errors, stdout.split('\n').at(-2)]).toEqual([[], 'flowchart LR']);
  expect(summary).toContain('### demo\n\nThere is nothing to draw');
  expect(summary).not.toContain('mermaid');
});
