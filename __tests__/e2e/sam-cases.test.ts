import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unzip } from '../../src/packaging/archive/unzip.ts';
import { readElf } from '../../src/packaging/elf.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { NETWORK_SETTINGS } from '../support/network.ts';
import { makeWorkspace, runAction, runCli } from '../support/runner.ts';

const root = resolve(import.meta.dirname, '../..');

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
});
beforeEach(() => aws.reset());
afterAll(() => aws.stop());
afterEach(() => workspace.remove());

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const step = (inputs: Record<string, string> = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'cases', cache: 'false', ...inputs },
    env: { ...GO_SETTINGS, ...NETWORK_SETTINGS, ...aws.env },
  });

async function invoke(name: string): Promise<unknown> {
  const client = new LambdaClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: name, Payload: '{}' }));
  client.destroy();
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

async function setParameter(name: string, value: string): Promise<void> {
  const client = new SSMClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
  await client.send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true }));
  client.destroy();
}

/** esbuild as a project has it. */
async function withEsbuild(folder: string): Promise<void> {
  const packages = join(workspace.path, folder, 'node_modules');
  await mkdir(packages, { recursive: true });
  for (const each of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', each), join(packages, each));
}

/** The files of what is deployed for a logical ID, and their contents. */
async function packaged(id: string): Promise<Map<string, Buffer>> {
  const stored = JSON.parse(readFileSync(join(workspace.path, '.sparta', 'assembly.json'), 'utf8')) as {
    stacks: { assets: { path: string; targets: { path: string[] }[] }[] }[];
  };
  const asset = stored.stacks[0]?.assets.find(({ targets }) => targets.some(({ path }) => path[1] === id));
  const folder = await mkdtemp(join(tmpdir(), 'packaged-'));
  try {
    await unzip(join(workspace.path, '.sparta', asset?.path ?? ''), folder);
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    return new Map(names.map((name) => [name.slice(folder.length + 1), readFileSync(name)]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const hasMake = spawnSync('make', ['--version']).error === undefined;

const TEMPLATE = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Where: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /where }
  Names: { Type: CommaDelimitedList, Default: 'alpha,beta' }
Conditions:
  There: !Equals [!Ref Where, there]
Globals: { Function: { Runtime: nodejs22.x, Timeout: 20 } }
Resources:
  Fn::ForEach::Made:
    - Name
    - !Ref Names
    - 'Made&{Name}':
        Type: AWS::Serverless::Function
        Metadata: { BuildMethod: makefile }
        Properties: { FunctionName: !Sub 'made-\${Name}', CodeUri: made, Handler: app.handler }
  Fn::ForEach::Folders:
    - Name
    - [one, two]
    - 'Folder\${Name}':
        Type: AWS::Serverless::Function
        Properties: { FunctionName: !Sub 'folder-\${Name}', CodeUri: !Sub './folders/\${Name}', Handler: app.handler }
  Placed:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: nodejs22.x }
    Properties: { FunctionName: placed, CodeUri: !If [There, folders/one, folders/two], Handler: app.handler }
  Local:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: nodejs22.x }
    Properties: { FunctionName: local, CodeUri: local/fn, Handler: app.handler }
  Greetings:
    Type: AWS::Serverless::LayerVersion
    Metadata: { BuildMethod: python3.11 }
    Properties: { ContentUri: greetings, CompatibleRuntimes: [python3.11] }
  Greeter:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: python3.11 }
    Properties: { FunctionName: greeter, CodeUri: greeter, Handler: app.handler, Runtime: python3.11, Layers: [!Ref Greetings] }
  Shared:
    Type: AWS::Serverless::LayerVersion
    Metadata: { BuildMethod: nodejs22.x }
    Properties: { ContentUri: shared, CompatibleRuntimes: [nodejs22.x] }
  Bundled:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties:
        Minify: false
        Target: es2019
        Sourcemap: true
        Define: ['STAGE="prod"']
        Inject: [src/shim.js]
        Banner: ['js=/*mine*/']
        OutExtension: [.js=.cjs]
        Loader: [.graphql=text]
    Properties: { FunctionName: bundled, CodeUri: bundled, Handler: src/app.handler }
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'made/Makefile':
    'build-Made%:\n\techo "exports.handler = async () => \'$*\'" > app.js\n\tsleep 0.2\n\tcp app.js $(ARTIFACTS_DIR)\n',
  'folders/one/app.js': "exports.handler = async () => 'one';\n",
  'folders/two/app.js': "exports.handler = async () => 'two';\n",
  'local/fn/app.js': "exports.handler = async () => require('shared').hi('you');\n",
  'local/fn/package.json':
    '{ "name": "fn", "version": "1.0.0", "dependencies": { "shared": "file:../shared" } }\n',
  'local/shared/package.json':
    '{ "name": "shared", "version": "1.0.0", "main": "index.js", "dependencies": { "words": "file:./words" } }\n',
  'local/shared/index.js': "exports.hi = (name) => require('words').hi + ' ' + name;\n",
  'local/shared/words/package.json': '{ "name": "words", "version": "1.0.0", "main": "index.js" }\n',
  'local/shared/words/index.js': "exports.hi = 'hi';\n",
  'greetings/greetings/__init__.py': 'def hi(name): return "hi " + name\n',
  'greetings/limits.py': 'LIMIT = 3\n',
  'greeter/app.py':
    'from greetings import hi\nfrom limits import LIMIT\ndef handler(event, context): return hi("you") * LIMIT\n',
  'shared/package.json': '{ "name": "shared", "version": "1.0.0" }\n',
  'shared/.npmrc': '//registry.example.com/:_authToken=secret\n',
  'shared/index.js': 'exports.x = 1;\n',
  'shared/lib/hi.js': 'exports.hi = 1;\n',
  'bundled/package.json': '{ "name": "bundled", "version": "1.0.0" }\n',
  'bundled/src/app.ts':
    'import schema from "./s.graphql";\ndeclare const STAGE: string; declare const shimmed: number;\nexport const handler = async (e: { a?: { b?: string } }) => [e?.a?.b ?? STAGE, shimmed, schema];\n',
  'bundled/src/s.graphql': 'type Query { hi: String }',
  'bundled/src/shim.js': 'export const shimmed = 1;\n',
};

describe('applications that sam build builds', () => {
  (hasMake ? it : it.skip)('are deployed and run as they are meant', async () => {
    workspace = await makeWorkspace(FILES);
    await withEsbuild('bundled');
    await setParameter('/where', 'there');
    const created = await step();
    expect(created.errors).toEqual([]);
    expect(created.outputs).toMatchObject({ operation: 'create' });
    const answers = {
      // Each item of a loop is a build of its own.
      'made-alpha': 'alpha',
      'made-beta': 'beta',
      'folder-one': 'one',
      'folder-two': 'two',
      // Only the deployment knew which.
      placed: 'one',
      local: 'hi you',
      // A layer has its author's own modules, also without a requirements.txt.
      greeter: 'hi youhi youhi you',
    };
    for (const [name, answer] of Object.entries(answers))
      expect([name, await invoke(name)]).toEqual([name, answer]);
    expect((await step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });
    expect([...(await packaged('Shared')).keys()].sort()).toEqual([
      'nodejs/index.js',
      'nodejs/lib/hi.js',
      'nodejs/package.json',
    ]);
    const bundle = await packaged('Bundled');
    expect([...bundle.keys()].sort()).toEqual(['app.cjs', 'app.cjs.map']);
    const text = bundle.get('app.cjs')?.toString() ?? '';
    // The emulator looks for app.js only.
    const script = `${text}\nmodule.exports.handler({}).then((said) => console.log(JSON.stringify(said)));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=commonjs'], {
      input: script,
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('["prod",1,"type Query { hi: String }"]');
    expect(text).toMatch(/^\/\*mine\*\//);
    expect(text).not.toContain('?.');
    const deployed = readFileSync(join(workspace.path, '.sparta', 'cases', 'deploy.yaml'), 'utf8');
    expect(deployed).toMatch(/Handler: "?app\.handler/);
    expect(deployed).toContain('--enable-source-maps');
    // Nothing of this machine is left in it.
    for (const path of ['./folders', 'folders/one', 'made,', 'local/fn', 'ForEach'])
      expect(deployed).not.toContain(path);
  });
});

(withoutGo ? describe.skip : describe)('a setting that is a parameter', () => {
  const files = {
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Parameters: { Arch: { Type: String, Default: x86_64 } }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: go1.x }
    Properties: { CodeUri: go, Handler: bootstrap, Runtime: provided.al2023, Architectures: [!Ref Arch] }
`,
    'go/go.mod': 'module example.com/go\n\ngo 1.24\n',
    'go/main.go': 'package main\n\nfunc main() {}\n',
  };
  const machine = async () => readElf((await packaged('Fn')).get('bootstrap') ?? Buffer.alloc(0))?.machine;

  it('has the value that the deployed stack keeps, until another one is given', async () => {
    workspace = await makeWorkspace(files);
    expect((await step({ parameters: 'Arch=arm64' })).outputs).toMatchObject({ operation: 'create' });
    expect(await machine()).toBe('arm64');
    await rm(join(workspace.path, '.sparta'), { recursive: true });
    // The default is another one, and is not what CloudFormation takes.
    expect((await step()).outputs).toMatchObject({ operation: 'none' });
    expect(await machine()).toBe('arm64');
    expect((await step({ parameters: 'Arch=x86_64' })).outputs).toMatchObject({ operation: 'update' });
    expect(await machine()).toBe('x86_64');
  });

  it('is not deployed with code that was built for another value', async () => {
    workspace = await makeWorkspace(files);
    const preview = await step({ noop: 'true', parameters: 'Arch=arm64' });
    expect(preview.errors).toEqual([]);
    for (const parameters of ['Arch=x86_64', '']) {
      const { exitCode, errors } = await step({ source: '.sparta', parameters });
      if (parameters !== '') {
        expect(exitCode).toBe(1);
        expect(errors.join()).toMatch(
          /its code was built for Arch "arm64", but would be deployed with "x86_64"/,
        );
      } else expect(errors).toEqual([]);
    }
  });
});

it('links to layers stay links, and lead to the layers where the function runs here', async () => {
  workspace = await makeWorkspace({
    'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer }
  Hello:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: fn, Handler: app.handler, Runtime: nodejs24.x, Layers: [!Ref Shared] }
`,
    'layer/nodejs/node_modules/greet/index.js': "exports.hi = 'from the layer';\n",
    'fn/app.mjs':
      "import greet from './packages/greet/index.js';\nexport const handler = async () => greet.hi;\n",
  });
  symlinkSync('/opt/nodejs/node_modules', join(workspace.path, 'fn', 'packages'));
  symlinkSync('app.mjs', join(workspace.path, 'fn', 'again.mjs'));
  const { output, exitCode } = await runCli(['invoke', 'Hello', '--stack-name', 's'], workspace.path);
  expect(`${exitCode} ${output}`).toMatch(/^0 [\s\S]*"from the layer"/);
  const listed = spawnSync('unzip', ['-Z', '-1', ...archives()], { encoding: 'utf8' });
  if (!listed.error)
    expect(listed.stdout.split('\n').filter(Boolean).sort()).toEqual(['again.mjs', 'app.mjs', 'packages']);

  /** Those of the function. */
  function archives(): string[] {
    const folder = join(workspace.path, '.sparta', 'assets');
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => readFileSync(path).includes('app.mjs'));
  }
});
