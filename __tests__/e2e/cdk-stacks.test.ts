import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { cdkModules, synthesise } from '../../scripts/cdk.ts';
import { bootstrap } from '../support/bootstrap.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { runAction } from '../support/runner.ts';

let aws: Emulator;
let modules: string;
let workspace: string;

beforeAll(async () => {
  const cdk = await cdkModules();
  if ('missing' in cdk) throw new Error(cdk.missing);
  modules = cdk.modules;
  aws = await startEmulator();
});
afterAll(() => aws?.stop());
beforeEach(async () => {
  await aws.reset();
  await bootstrap(aws);
  workspace = await realpath(await mkdtemp(join(tmpdir(), 'nested-')));
  await symlink(modules, join(workspace, 'node_modules'));
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

const step = (inputs: Record<string, string>) =>
  runAction({ workspace, env: aws.env, inputs: { cache: 'false', ...inputs } });

/** Deploys the first version of an application, and previews the second. */
async function previewed(app: (version: 1 | 2) => string, inputs: Record<string, string> = {}) {
  await writeFile(join(workspace, 'app.js'), app(1));
  await synthesise(workspace);
  const deployed = await step({ source: 'cdk.out', noop: 'false', ...inputs });
  expect(deployed.errors).toEqual([]);
  await rm(join(workspace, 'cdk.out'), { recursive: true });
  await writeFile(join(workspace, 'app.js'), app(2));
  await synthesise(workspace);
  const preview = await step({ source: 'cdk.out', noop: 'true', ...inputs });
  expect(preview.errors).toEqual([]);
  return preview.summary;
}

const ENV = "{ account: '000000000000', region: 'us-east-1' }";

it('looks into nested stacks whose templates come by asset parameters', async () => {
  const summary = await previewed(
    (version) => `
      const cdk = require('aws-cdk-lib');
      const app = new cdk.App();
      const synthesizer = new cdk.LegacyStackSynthesizer();
      const stack = new cdk.Stack(app, 'Loft', { env: ${ENV}, synthesizer });
      const outer = new cdk.NestedStack(stack, 'Crate');
      const inner = new cdk.NestedStack(outer, 'Box');
      for (const scope of [outer, inner]) {
        new cdk.CfnResource(scope, 'Deeds', { type: 'AWS::DynamoDB::Table', properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: '${version === 1 ? 'id' : 'tag'}', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: '${version === 1 ? 'id' : 'tag'}', KeyType: 'HASH' }] } });
      }
      new cdk.aws_iam.CfnRole(inner, 'Heir', { assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{
        Effect: 'Allow', Action: 'sts:AssumeRole',
        Principal: ${version === 1 ? "{ Service: 'lambda.amazonaws.com' }" : "{ AWS: '*' }"} }] } });
      app.synth();`,
  );
  expect(summary).toMatch(/2 replaced/);
  expect(summary).toMatch(/🌍 .*Heir/);
  expect(summary.match(/💥 .*Deeds/g)).toHaveLength(2);
});

it('looks into each of several nested stacks that have one template', async () => {
  const summary = await previewed(
    (version) => `
      const cdk = require('aws-cdk-lib');
      const app = new cdk.App({ context: { 'aws:cdk:enable-path-metadata': false } });
      const stack = new cdk.Stack(app, 'Farm', { env: ${ENV} });
      for (const id of ['East', 'West'])
        new cdk.aws_dynamodb.Table(new cdk.NestedStack(stack, id), 'Cows', {
          partitionKey: { name: '${version === 1 ? 'id' : 'tag'}', type: cdk.aws_dynamodb.AttributeType.STRING } });
      app.synth();`,
  );
  expect(summary).toMatch(/2 replaced/);
  for (const id of ['East', 'West']) expect(summary).toMatch(new RegExp(`replaced \\|.*${id}.*Cows`));
});

it('deploys stacks that take values of one another in order, and brings along what one needs', async () => {
  const trees = Array.from({ length: 20 }, (_, index) => `new cdk.aws_sqs.CfnQueue(giver, 'Tree${index}');`);
  await writeFile(
    join(workspace, 'app.js'),
    `const cdk = require('aws-cdk-lib');
     const app = new cdk.App();
     const taker = new cdk.Stack(app, 'Market', { env: ${ENV} });
     const giver = new cdk.Stack(app, 'Orchard', { env: ${ENV} });
     const topic = new cdk.aws_sns.CfnTopic(giver, 'Harvest');
     new cdk.CfnOutput(giver, 'Name', { value: topic.attrTopicName, exportName: 'orchard-harvest' });
     new cdk.aws_ssm.CfnParameter(taker, 'Stall', { type: 'String', value: cdk.Fn.importValue('orchard-harvest') });
     ${trees.join('\n')}
     app.synth();`,
  );
  await synthesise(workspace);
  const preview = await step({ source: 'cdk.out', stacks: 'Market', noop: 'true' });
  expect(preview.stdout).toContain('Also, because others depend on them: Orchard');
  const deployed = await step({ source: 'cdk.out', noop: 'false' });
  expect(deployed.errors).toEqual([]);
  expect(Object.keys(JSON.parse(deployed.outputs.outputs ?? '{}')).sort()).toEqual(['Market', 'Orchard']);
});
