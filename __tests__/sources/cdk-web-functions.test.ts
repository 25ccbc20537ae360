/** Web functions as AWS CDK itself synthesises them. */
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { cdkModules, synthesise } from '../../scripts/cdk.ts';
import type { FileAsset } from '../../src/assembly/types.ts';
import { functionsOf } from '../../src/local/functions/from-template.ts';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { loadCdk } from '../../src/sources/cdk/index.ts';
import { makeWorkspace } from '../support/runner.ts';

const APP = `
const { App, Stack } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const stack = new Stack(new App(), 'Web');
new lambda.WebFunction(stack, 'Site', {
  code: lambda.WebFunctionCode.fromAssetToManagedBucket('app'),
  runtime: lambda.WebFunctionRuntime.NODEJS_24_X,
  defaultEndpointAuth: lambda.WebFunctionAuthType.IAM_AUTH,
  entryPoint: 'server.js',
});
`;

it('the code of a web function is found where CDK copies it from, and runs here', async () => {
  const installed = await cdkModules();
  if ('missing' in installed) throw new Error(installed.missing);
  const space = await makeWorkspace({ 'app.js': APP, 'app/server.js': 'console.log(1);' });
  try {
    await symlink(installed.modules, join(space.path, 'node_modules'));
    await synthesise(space.path);
    const { drafts } = await loadCdk(workspace(space.path, false), {
      path: join(space.path, 'cdk.out'),
      stacks: undefined,
      parameters: {},
      tags: {},
    });
    const [draft] = drafts;
    const code = draft?.local.find(({ web }) => web);
    expect(code).toMatchObject({
      packaging: 'archive',
      forLambda: true,
      targets: [{ form: { kind: 'kept' } }],
    });
    if (!draft || !code) throw new Error('no code');
    const asset: FileAsset = {
      kind: 'zip',
      hash: 'a'.repeat(64),
      path: '/assets/a.zip',
      size: 1,
      extension: '.zip',
      source: code.written,
      targets: code.targets,
    };
    const functions = functionsOf(draft.template.template, [asset], { directory: space.path });
    const site = functions.find(({ web }) => web);
    expect(site).toMatchObject({
      path: 'Web/Site/Function',
      handler: 'server.js',
      code: { kind: 'zip', path: '/assets/a.zip' },
      web: { endpointName: 'prod', iam: true },
    });
  } finally {
    await space.remove();
  }
});
