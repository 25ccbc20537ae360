/** docs/from-serverless.md, tried with a project that the framework has deployed. */

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { pinnedModules } from '../../scripts/pinned-modules.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

const PROJECT = (plugins: string) => `service: orders
provider:
  name: aws
  runtime: nodejs20.x
  region: us-east-1
  environment:
    TABLE: !Ref Orders
  iam:
    role:
      statements:
        - Effect: Allow
          Action: [dynamodb:PutItem]
          Resource: !GetAtt Orders.Arn
${plugins}package:
  individually: true
functions:
  take:
    handler: src/take.handler
    package:
      patterns: ['!**', src/take.js]
    events:
      - httpApi: POST /orders
  count:
    handler: src/count.handler
    package:
      patterns: ['!**', src/count.js]
    events:
      - schedule: rate(1 hour)
    layers:
      - !Ref WordsLambdaLayer
layers:
  words:
    path: layer
resources:
  Resources:
    Orders:
      Type: AWS::DynamoDB::Table
      Properties:
        BillingMode: PAY_PER_REQUEST
        AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
        KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;
/** The SDK of version 3 is told of another AWS by a program alone. */
const ENDPOINT = `module.exports = class {
  constructor(serverless) {
    serverless.getProvider('aws').sdk.config.update({ endpoint: process.env.AWS_ENDPOINT_URL, s3ForcePathStyle: true });
  }
};
`;

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(() => aws.reset());

it.each([
  ['Serverless Framework 3', 'serverless', 'plugins: [./endpoint.js]\n'],
  ['osls 4', 'osls', ''],
])('goes on from what %s has deployed', async (_, name, plugins) => {
  const found = await pinnedModules('serverless');
  if ('missing' in found) throw new Error(found.missing);
  const workspace = await makeWorkspace({
    'serverless.yml': PROJECT(plugins),
    ...(plugins && { 'endpoint.js': ENDPOINT }),
    'src/take.js': 'exports.handler = async () => 1;\n',
    'src/count.js': 'exports.handler = async () => 2;\n',
    'layer/nodejs/words.js': 'module.exports = 3;\n',
  });
  const { path } = workspace;
  const env = { ...aws.env, PATH: process.env.PATH, HOME: path, CI: '1', SLS_TELEMETRY_DISABLED: '1' };
  const sls = (...args: string[]) =>
    run(process.execPath, [join(found.modules, name, 'bin', 'serverless.js'), ...args, '--stage', 'prod'], {
      cwd: path,
      env: { ...env, SLS_NOTIFICATIONS_MODE: 'off' },
    }).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`sls ${args}: ${error.stdout}${error.stderr}`);
    });
  const page = await readFile(join(root, 'docs/from-serverless.md'), 'utf8');
  const [command = ''] = /^ *jq '[\s\S]*?template\.json$/m.exec(page) ?? [];
  const take = async (noop: 'true' | 'false') => {
    await sls('package');
    await run('bash', ['-c', command], { cwd: path, env });
    const result = await runAction({
      workspace: path,
      env: aws.env,
      inputs: { source: '.serverless/template.json', 'stack-name': 'orders-prod', noop, cache: 'false' },
    });
    expect(result.errors).toEqual([]);
    return result;
  };

  await sls('deploy');
  const preview = await take('true');
  expect(preview.summary).toContain('1 updated, code of 2 functions and 1 layer');
  const deployed = await take('false');
  expect(deployed.outputs['stack-status']).toBe('UPDATE_COMPLETE');
  // Packaged anew, at another time, and the same.
  const same = await take('true');
  expect(same.outputs.changed).toBe('false');
  await writeFile(join(path, 'src/take.js'), 'exports.handler = async () => 4;\n');
  const changed = await take('true');
  expect(changed.summary).toContain('1 removed, 1 added, code of 1 function, 1 output');
  // The framework goes on, too.
  await sls('deploy');
  await workspace.remove();
});
