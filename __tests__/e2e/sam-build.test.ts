import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestTargetEvent } from '../support/github-event.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const root = resolve(import.meta.dirname, '../..');

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
});
beforeEach(() => aws.reset());
afterAll(() => aws.stop());
afterEach(() => workspace.remove());

const step = (inputs: Record<string, string> = {}, options: Partial<Parameters<typeof runAction>[0]> = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'built', cache: 'false', ...inputs },
    env: { ...GO_SETTINGS, ...aws.env },
    ...options,
  });

async function invoke(name: string): Promise<unknown> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new LambdaClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: '{}' }),
  );
  client.destroy();
  const text = Buffer.from(Payload ?? []).toString();
  expect(`${FunctionError ?? ''} ${text}`).toMatch(/^ /);
  return JSON.parse(text);
}

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    CodeUri: bundled
    Runtime: nodejs22.x
Resources:
  Made:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: makefile }
    Properties: { FunctionName: made, CodeUri: made, Handler: index.handler }
  Bundled:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { EntryPoints: [src/app.ts], Minify: false }
    Properties: { FunctionName: bundled, Handler: app.handler }
  Compiled:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: go1.x }
    Properties: { FunctionName: compiled, CodeUri: compiled, Handler: bootstrap, Runtime: provided.al2023 }
  Installed:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: nodejs22.x }
    Properties: { FunctionName: installed, CodeUri: installed, Handler: index.handler }
  Packages:
    Type: AWS::Serverless::LayerVersion
    Metadata: { BuildMethod: makefile }
    Properties: { ContentUri: layer }
`;

const GO = `package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
)

func main() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		next, err := http.Get(api + "next")
		if err != nil {
			os.Exit(1)
		}
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		if _, err := http.Post(api+id+"/response", "application/json", bytes.NewBufferString(\`"compiled"\`)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}
`;

async function checkOut(): Promise<void> {
  workspace = await makeWorkspace({
    'template.yaml': TEMPLATE,
    'made/Makefile': `build-Made:\n\tprintf "exports.handler = async () => 'made';\\n" > $(ARTIFACTS_DIR)/index.js\n`,
    'bundled/src/app.ts': `import { said } from './said.js';\nexport const handler = async (): Promise<string> => said;\n`,
    'bundled/src/said.ts': `export const said: string = 'bundled';\n`,
    'compiled/go.mod': 'module example.com/compiled\n\ngo 1.24\n',
    'compiled/main.go': GO,
    'installed/package.json': '{ "name": "installed", "version": "1.0.0" }\n',
    'installed/index.js': `exports.handler = async () => 'installed';\n`,
    'layer/Makefile':
      'build-Packages:\n\tmkdir -p $(ARTIFACTS_DIR)/nodejs\n\techo 1 > $(ARTIFACTS_DIR)/nodejs/one\n',
  });
  const packages = join(workspace.path, 'bundled', 'node_modules');
  await mkdir(packages);
  for (const each of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', each), join(packages, each));
}

const hasMake = spawnSync('make', ['--version']).error === undefined;
const withoutTools = withoutGo ?? (hasMake ? undefined : 'Makefiles are not tested: there is no make here');
if (withoutTools) console.warn(withoutTools);

describe('a SAM template that says how its code is built', () => {
  (withoutTools ? it.skip : it)('is built, deployed and run, and built again without a change', async () => {
    await checkOut();
    const created = await step();
    expect(created.errors).toEqual([]);
    expect(created.outputs).toMatchObject({ operation: 'create' });
    for (const name of ['made', 'bundled', 'compiled', 'installed']) expect(await invoke(name)).toBe(name);
    expect((await step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });
  });

  it('is not built from a pull request that has the rights of the base branch', async () => {
    await checkOut();
    const event = pullRequestTargetEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) });
    const { exitCode, errors } = await step({ comment: 'false' }, { event });
    expect(exitCode).toBe(1);
    expect(errors.join()).toContain('this code is not run');
  });

  it('is built after the values that are given are found to be right', async () => {
    workspace = await makeWorkspace({
      'template.yaml':
        'Transform: AWS::Serverless-2016-10-31\nParameters:\n  Stage: { Type: String }\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Metadata: { BuildMethod: makefile }\n    Properties: { CodeUri: ., Handler: x.y, Runtime: nodejs24.x }\n',
      Makefile: 'build-F:\n\tfalse\n',
    });
    const { exitCode, errors, stdout } = await step();
    expect(exitCode).toBe(1);
    expect(errors).toEqual([expect.stringContaining('parameter Stage has no value and no default')]);
    expect(stdout).not.toContain('Compile');
  });

  it('is told all that cannot be built, each with its line', async () => {
    const fn = (id: string, metadata: string, runtime = 'provided.al2023') =>
      `  ${id}:\n    Type: AWS::Serverless::Function\n    Metadata: ${metadata}\n    Properties: { CodeUri: ., Handler: x, Runtime: ${runtime} }\n`;
    workspace = await makeWorkspace({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31\nResources:\n${fn('Gradle', '{ BuildMethod: gradle }')}${fn('Old', '{ BuildMethod: go1.x }', 'go1.x')}${fn('Two', '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [a.ts, b.ts] } }')}${fn('Away', '{ BuildMethod: go1.x, WorkingDirectory: . }')}`,
    });
    const { exitCode, errors } = await step({ noop: 'true' });
    expect(exitCode).toBe(1);
    expect(errors).toHaveLength(4);
    for (const id of ['Gradle', 'Old', 'Two', 'Away'])
      expect(errors.join('\n')).toMatch(new RegExp(`^${id}: `, 'm'));
  });

  it('that sam build has built is packaged as it is', async () => {
    workspace = await makeWorkspace({
      '.aws-sam/build/template.yaml': TEMPLATE.slice(0, TEMPLATE.indexOf('  Bundled:')),
      '.aws-sam/build/made/index.js': `exports.handler = async () => 'made before';\n`,
      '.aws-sam/build/bundled/index.js': '',
    });
    const created = await step({ source: '.aws-sam/build/template.yaml', 'stack-name': 'before' });
    expect(created.errors).toEqual([]);
    expect(await invoke('made')).toBe('made before');
  });
});
