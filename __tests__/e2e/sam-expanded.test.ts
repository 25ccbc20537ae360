import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { expand } from '../../src/sam/expanded.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';
import { yamlText } from '../../src/template/write/yaml-text.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction, runCli, type StepResult } from '../support/runner.ts';

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(() => aws.reset());

interface Told {
  readonly action: string;
  readonly logicalId: string;
  readonly type: string;
  readonly madeBy?: string;
}

type Stepped = StepResult & { readonly told: readonly Told[]; readonly cautions: readonly string[] };

async function step(
  workspace: string,
  inputs: Record<string, string> = {},
  env: Readonly<Record<string, string>> = aws.env,
): Promise<Stepped> {
  const result = await runAction({ workspace, inputs: { 'stack-name': 'demo', ...inputs }, env });
  expect(result.errors).toEqual([]);
  const { stacks } = JSON.parse(await readFile(result.outputs.diff ?? '', 'utf8')) as {
    stacks: { resources: Told[] }[];
  };
  const cautions = [...result.summary.matchAll(/^> - \S+ (.*)$/gm)].map(([, text = '']) =>
    text.replaceAll(/[`\\]/g, ''),
  );
  return { ...result, cautions, told: stacks.flatMap(({ resources }) => resources) };
}

const named = (told: readonly Told[]) => told.map(({ logicalId, type }) => `${logicalId} ${type}`).sort();

/** What the log of a deployment says of its change set. */
const changeSetOf = ({ stdout }: StepResult) =>
  [...stdout.matchAll(/^\s*(?:Add|Modify|Remove|Dynamic) (\w+) \(([\w:]+)\)/gm)]
    .map(([, id, type]) => `${id} ${type}`)
    .sort();

async function deployed(): Promise<string[]> {
  const client = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'not-a-secret' },
  });
  const { StackResourceSummaries = [] } = await client.send(
    new ListStackResourcesCommand({ StackName: 'demo' }),
  );
  client.destroy();
  return StackResourceSummaries.map((each) => `${each.LogicalResourceId} ${each.ResourceType}`).sort();
}

/** A template without parameters whose values decide anything, as CloudFormation expands it. */
function expandedText(text: string): string {
  const made = expand({ template: parseTemplate(text, 'template.yaml').template, known: {} });
  return made.kind === 'made' ? yamlText(made.template) : '';
}

const CODE = { 'src/app.js': 'exports.handler = async () => 1;\n' };

const APPLICATION = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Alias: { Type: String, Default: live }
Globals:
  Function: { Runtime: nodejs22.x, Handler: app.handler, CodeUri: src, Timeout: 7 }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: !Ref Alias
      FunctionUrlConfig: { AuthType: AWS_IAM }
      Policies: [{ DynamoDBReadPolicy: { TableName: !Ref Table } }]
      Events:
        Get: { Type: Api, Properties: { Path: /hello, Method: get, Auth: { ApiKeyRequired: true } } }
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn, BatchSize: 5 } }
        Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
  Shared:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: src }
  Jobs: { Type: AWS::SQS::Queue }
  Table: { Type: AWS::Serverless::SimpleTable }
Outputs:
  Version: { Value: !Ref Hello.Version }
`;

const APPLICATIONS: readonly (readonly [string, () => Promise<{ path: string; remove(): Promise<void> }>])[] =
  [
    // The emulator has no types of web functions and MicroVMs.
    ...['durable-sam', 'sam-orders'].map(
      (name) => [`the example ${name}`, () => exampleWorkspace(name)] as const,
    ),
    [
      'functions, an API, a layer and a table',
      () => makeWorkspace({ 'template.yaml': APPLICATION, ...CODE }),
    ],
  ];

describe.each(APPLICATIONS)('%s', (_, make) => {
  it('is in the preview what it is in the change set and in the stack', async () => {
    const workspace = await make();
    const preview = await step(workspace.path, { noop: 'true' });
    expect(preview.told.some(({ type }) => type.startsWith('AWS::Serverless'))).toBe(false);
    const created = await step(workspace.path);
    expect(created.outputs['stack-status']).toBe('CREATE_COMPLETE');
    expect(named(preview.told)).toEqual(changeSetOf(created));
    expect(named(preview.told)).toEqual(await deployed());
    expect(named(created.told)).toEqual(named(preview.told));
    const again = await step(workspace.path, { noop: 'true' });
    expect(again.summary).not.toContain('another version');
    expect(again.outputs.changed).toBe('false');
    await workspace.remove();
  });
});

describe('a change of an application', () => {
  it('is in the preview what it is in the change set, and what needs no eyes is folded', async () => {
    const workspace = await makeWorkspace({ 'template.yaml': APPLICATION, ...CODE });
    await step(workspace.path);
    await writeFile(join(workspace.path, 'src', 'app.js'), 'exports.handler = async () => 2;\n');
    const changed = APPLICATION.replace('BatchSize: 5', 'BatchSize: 6').replace('/hello', '/hi');
    await writeFile(join(workspace.path, 'template.yaml'), changed);
    const preview = await step(workspace.path, { noop: 'true' });
    const updated = await step(workspace.path);
    expect(updated.outputs['stack-status']).toBe('UPDATE_COMPLETE');
    // The emulator's change sets leave out what only refers to another version now; CloudFormation's do not.
    const alias = 'HelloAliaslive AWS::Lambda::Alias';
    expect(named(preview.told)).toContain(alias);
    const listed = named(preview.told).filter((each) => each !== alias);
    expect(listed).toEqual(changeSetOf(updated));
    expect(named(updated.told)).toEqual(listed);
    expect(preview.told.find(({ type }) => type === 'AWS::Lambda::Version')?.madeBy).toBe('Hello');
    // A version and an alias come with each change of code, and so does a deployment of the API.
    expect(preview.summary).toContain('_what else Hello is made into_');
    expect(preview.summary).toMatch(/<details><summary>what else Hello is made into/);
    expect((await step(workspace.path, { noop: 'true' })).outputs.changed).toBe('false');
    await workspace.remove();
  });

  it('that swaps a policy template, or makes a route public, is cautioned of', async () => {
    const workspace = await makeWorkspace({ 'template.yaml': APPLICATION, ...CODE });
    await step(workspace.path);
    const cautionsOf = async (from: string, to: string) => {
      await writeFile(join(workspace.path, 'template.yaml'), APPLICATION.replace(from, to));
      return (await step(workspace.path, { noop: 'true' })).cautions;
    };
    expect((await cautionsOf('DynamoDBReadPolicy', 'DynamoDBCrudPolicy'))[0]).toMatch(
      /^HelloRole allows more: dynamodb:DeleteItem, dynamodb:PutItem/,
    );
    expect(await cautionsOf(', Auth: { ApiKeyRequired: true }', '')).toEqual([
      'ServerlessRestApi is open to everybody: route GET /hello without authorizer (Body)',
    ]);
    expect(await cautionsOf('AuthType: AWS_IAM', 'AuthType: NONE')).toEqual([
      'HelloUrl is open to everybody: function URL without authentication (AuthType)',
    ]);
    await workspace.remove();
  });

  it('is told also where CloudFormation made something else of the template than is known here', async () => {
    const workspace = await makeWorkspace({ 'template.yaml': APPLICATION, ...CODE });
    await step(workspace.path);
    const newer = await startProxy(aws.endpoint, async (name, { url, method, headers, body }) => {
      if (name !== 'GetTemplate' || !body.includes('TemplateStage=Processed')) return undefined;
      const reply = await fetch(new URL(url, aws.endpoint), {
        method,
        headers: Object.entries(headers).flatMap(([key, value]) =>
          /^(host|connection|content-length)$/.test(key) ? [] : [[key, String(value)] as [string, string]],
        ),
        body: new Uint8Array(body),
      });
      const text = await reply.text();
      return { status: reply.status, body: text.replaceAll(/(&quot;|")BatchSize\1: 5/g, '$1BatchSize$1: 9') };
    });
    const env = { ...aws.env, AWS_ENDPOINT_URL: newer.url };
    const same = await step(workspace.path, { noop: 'true' }, env);
    expect(same.summary).toContain('by another version of SAM than is known here: HelloJobs');
    expect(named(same.told)).toEqual(['HelloJobs AWS::Lambda::EventSourceMapping']);
    // What would look as if nothing changed is told, as its author changed it.
    const changed = APPLICATION.replace('BatchSize: 5', 'BatchSize: 9');
    await writeFile(join(workspace.path, 'template.yaml'), changed);
    const hidden = await step(workspace.path, { noop: 'true' }, env);
    expect(named(hidden.told)).toEqual(['HelloJobs AWS::Lambda::EventSourceMapping']);
    await newer.stop();
    await workspace.remove();
  });
});

describe('nested applications', () => {
  it('are expanded as well', async () => {
    const child = (batch: number) => `Transform: AWS::Serverless-2016-10-31
Parameters: { Queue: { Type: String } }
Resources:
  Inner:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: 'exports.handler = async () => 1;'
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Jobs: { Type: SQS, Properties: { Queue: !Ref Queue, BatchSize: ${batch} } }
`;
    const workspace = await makeWorkspace({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: { Type: AWS::SQS::Queue }
  Child:
    Type: AWS::Serverless::Application
    Properties: { Location: child/template.yaml, Parameters: { Queue: !GetAtt Jobs.Arn } }
`,
      'child/template.yaml': child(1),
    });
    const preview = await step(workspace.path, { noop: 'true' });
    expect(named(preview.told)).toEqual([
      'Child AWS::CloudFormation::Stack',
      'Child.Inner AWS::Lambda::Function',
      'Child.InnerJobs AWS::Lambda::EventSourceMapping',
      'Child.InnerRole AWS::IAM::Role',
      'Jobs AWS::SQS::Queue',
    ]);
    // The emulator expands no nested templates, so it is given what CloudFormation would make of this one.
    const inner = join(workspace.path, 'child', 'template.yaml');
    await writeFile(inner, expandedText(child(1)));
    const created = await step(workspace.path);
    expect(named(created.told)).toEqual(named(preview.told));
    await writeFile(inner, child(1));
    const same = await step(workspace.path, { noop: 'true' });
    expect(named(same.told)).toEqual(['Child AWS::CloudFormation::Stack']);
    await writeFile(inner, child(2));
    const changed = await step(workspace.path, { noop: 'true' });
    expect(named(changed.told)).toEqual([
      'Child AWS::CloudFormation::Stack',
      'Child.InnerJobs AWS::Lambda::EventSourceMapping',
    ]);
    await workspace.remove();
  });
});

describe('without AWS', () => {
  const noAws = { AWS_ACCESS_KEY_ID: '', AWS_REGION: '' };
  const preview = async (change: (text: string) => string, inputs: Record<string, string> = {}) => {
    const workspace = await makeWorkspace({ 'template.yaml': change(APPLICATION), ...CODE });
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo', noop: 'true', ...inputs },
      env: noAws,
    });
    await workspace.remove();
    return result;
  };

  it('says what a macro hides', async () => {
    const { errors, summary } = await preview((text) =>
      text.replace('Transform: AWS::', 'Transform: [Mine, AWS::').replace('-31', '-31]'),
    );
    expect(errors).toEqual([]);
    expect(summary.replaceAll('\\', '')).toContain(
      'Shown is what stands in the template, not what CloudFormation makes of it: the template uses the transform Mine, which only CloudFormation can expand.',
    );
  });

  it('tells what SAM refuses, at its line', async () => {
    const { exitCode, errors } = await preview((text) => text.replace('Type: Schedule', 'Type: Sometimes'));
    expect(exitCode).toBe(1);
    expect(errors.join('\n')).toMatch(
      /^Hello: event Daily: Type has to be one of .*\(template\.yaml:16:\d+\)/,
    );
  });

  it('needs the values of parameters only where they decide something', async () => {
    const withoutDefault = (text: string) => text.replace('Default: live', 'MinLength: 1');
    const given = await preview(withoutDefault, { parameters: 'Alias=live' });
    expect(given.summary).toContain('HelloAliaslive');
    const readFromSsm = (text: string) =>
      text.replace(
        'Type: String, Default: live',
        "Type: 'AWS::SSM::Parameter::Value<String>', Default: /alias",
      );
    const { errors, summary } = await preview(readFromSsm);
    expect(errors).toEqual([]);
    expect(summary).toContain('values are missing that decide what SAM makes of it');
    // What is wrong whatever the values are is told all the same.
    const wrong = await preview((text) =>
      readFromSsm(text).replace('SimpleTable }', 'SimpleTable, Properties: { Nonsense: 1 } }'),
    );
    expect(wrong.errors.join('\n')).toMatch(/^Table: .*Nonsense/);
  });
});

describe('sparta-action expand', () => {
  it('prints what CloudFormation makes of the template, and what differs from what is deployed', async () => {
    const workspace = await makeWorkspace({ 'template.yaml': APPLICATION, ...CODE });
    const expand = (...flags: string[]) =>
      runCli(['expand', '--stack-name', 'demo', ...flags], workspace.path, aws.env);
    const yaml = await expand();
    expect(yaml.exitCode).toBe(0);
    expect(yaml.stdout).toContain('\n  HelloRole:\n    Type: AWS::IAM::Role\n');
    const json = JSON.parse((await expand('--format', 'json')).stdout) as { Resources: object };
    expect(Object.keys(json.Resources)).toContain('HelloAliaslive');
    expect((await expand('--diff')).stdout).toContain('+++ demo\n');
    await step(workspace.path);
    expect((await expand('--diff')).stdout.trim()).toBe('');
    const changed = APPLICATION.replace('BatchSize: 5', 'BatchSize: 6');
    await writeFile(join(workspace.path, 'template.yaml'), changed);
    const { stdout } = await expand('--diff');
    expect(stdout).toContain('@@ Resources.HelloJobs @@\n');
    expect(stdout).toContain('\n-   BatchSize: 5\n+   BatchSize: 6\n');
    const refused = await expand('--diff', '--format', 'json');
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain('a difference is printed as text');
    expect((await expand('--noop')).output).toContain('--noop means nothing to expand');
    await workspace.remove();
  });
});
