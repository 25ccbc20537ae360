import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRunning } from '../../src/local/server/is-running.ts';
import { eventually, until } from '../support/eventually.ts';
import { makeWorkspace, runAction, runCli, runPost, type StepResult } from '../support/runner.ts';

const root = resolve(import.meta.dirname, '../..');

/** A service with every way to fail, written as other tools write theirs: code by asset metadata. */
const template = {
  Resources: {
    MyFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'placeholder', S3Key: 'placeholder' },
        Environment: { Variables: { TABLE: { Ref: 'Table' }, STAGE: { Ref: 'Stage' } } },
      },
      Metadata: {
        'aws:asset:path': 'my-function',
        'aws:asset:property': 'Code',
        'aws:cdk:path': 'Prod/Api/MyFunction/Resource',
      },
    },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': ['MyFunction', 'Arn'] } },
    },
  },
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
};
const code = `
exports.handler = async (event, context) => {
  if (event.fail) throw new TypeError('as asked');
  if (event.loop) for (;;);
  if (event.rawPath === '/fail') throw new Error('over HTTP');
  return {
    statusCode: 200,
    pid: process.pid,
    body: JSON.stringify({ table: process.env.TABLE, stage: process.env.STAGE, secret: process.env.CANARY ?? null }),
  };
};
`;
const tenants = {
  Resources: {
    Tenants: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: 'exports.handler = async (event, context) => context.tenantId;' },
        TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
      },
    },
  },
};
const files = {
  'template.json': JSON.stringify(template),
  'tenants.json': JSON.stringify(tenants),
  'of-blue.json': JSON.stringify({ function: 'Tenants', payload: {}, expect: {}, tenant: 'blue' }),
  'my-function/index.js': code,
  'site/hello.txt': 'hello',
};

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
/** Kept between steps, as that of a runner is. */
let temp: string;
beforeAll(async () => {
  workspace = await makeWorkspace(files);
  temp = await mkdtemp(join(tmpdir(), 'runner-temp-'));
});
afterAll(async () => {
  await workspace.remove();
  await rm(temp, { recursive: true, force: true });
});

const step = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
  runAction({ workspace: workspace.path, inputs, env: { RUNNER_TEMP: temp, CANARY: 'canary', ...env } });
const post = (main: StepResult) => runPost({ workspace: workspace.path, env: { RUNNER_TEMP: temp } }, main);

/** Waits until no process is left whose command or environment names something of this test, by what `/proc` says. */
const noneLeft = (what: string): Promise<true> =>
  eventually(async () => {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const isOurs = (pid: string) => {
      try {
        return ['cmdline', 'environ'].some((name) =>
          readFileSync(`/proc/${pid}/${name}`, 'utf8').includes(what),
        );
      } catch {
        return false;
      }
    };
    return pids.some(isOurs) ? undefined : true;
  });

describe('invoke', () => {
  it.each(['MyFunction', 'Prod/Api/MyFunction', 'Api/MyFunction'])('runs %s', async (name) => {
    const result = await step({ command: 'invoke', function: name, event: '{}', env: 'STAGE=test' });
    expect(result.exitCode).toBe(0);
    expect(JSON.parse(JSON.parse(result.outputs.response ?? '').body)).toEqual({
      table: 'unresolved-Table',
      stage: 'test',
      secret: null,
    });
    expect(result.stdout).toMatch(/START RequestId[\s\S]*END RequestId[\s\S]*REPORT RequestId.*Duration/);
  });

  it('passes on what is named, and nothing else', async () => {
    const result = await step({ command: 'invoke', env: 'CANARY' });
    expect(result.outputs.response).toContain('canary');
  });

  it('fails when the function does', async () => {
    const result = await step({ command: 'invoke', event: '{"fail": true}' });
    expect(result.exitCode).toBe(1);
    expect(result.errors).toEqual(['MyFunction failed: TypeError: as asked']);
    expect(JSON.parse(result.outputs.response ?? '')).toMatchObject({ errorType: 'TypeError' });
  });

  it('takes a file, an example, and at a terminal a name', async () => {
    await writeFile(join(workspace.path, 'event.json'), '{}');
    const args = ['invoke', 'MyFunction', '-e', 'event.json', '--env', 'STAGE=a=b', '--env', 'CANARY'];
    const { exitCode, stdout } = await runCli(args, workspace.path, { CANARY: 'canary' });
    expect(exitCode).toBe(0);
    expect(JSON.parse(JSON.parse(stdout).body)).toMatchObject({ stage: 'a=b', secret: 'canary' });
    const generated = await runCli(['invoke', '-e', 'generate:sqs'], workspace.path);
    expect(generated.exitCode).toBe(0);
    const unknown = await runCli(['invoke', '-e', 'generate:sqz'], workspace.path);
    expect(unknown.output).toContain('--event: there is no example event "sqz". Write sqs if that is meant.');
  });

  it('calls for a tenant, or for that of a smoke test', async () => {
    const inputs = { command: 'invoke', source: 'tenants.json' };
    const green = await step({ ...inputs, tenant: 'green' });
    expect(green.outputs.response).toBe('"green"');
    const blue = await step({ ...inputs, event: 'of-blue.json' });
    expect(blue.outputs.response).toBe('"blue"');
    const other = await step({ ...inputs, event: 'of-blue.json', tenant: 'red' });
    expect(other.outputs.response).toBe('"red"');
  });

  it('explains itself, and the flags that mean something to it', async () => {
    const { stdout } = await runCli(['invoke', '--help'], workspace.path);
    expect(stdout).toContain('Usage: sparta-action invoke [function or state machine] [flags]');
    expect(stdout).toContain('-e, --event');
    // As action.yml beside dist/ says it.
    expect(stdout).toContain('\n      The event, as JSON, as the path of a JSON file');
    expect(stdout).not.toContain('--s3-bucket');
    const all = await runCli(['--help'], workspace.path);
    for (const command of ['provision', 'invoke', 'start-lambda', 'start-api', 'delete', 'status'])
      expect(all.stdout).toContain(`\n  ${command} `);
  });

  it('says everything that is wrong with what it is given', async () => {
    const cases: readonly (readonly [Record<string, string>, string])[] = [
      [{ event: 'missing.json' }, 'is neither JSON nor a file'],
      [{ event: '../../etc/passwd' }, 'etc/passwd'],
      [{ function: 'Other' }, '"Other" is not the name of one function: there is MyFunction'],
      [{ events: 'none/**/*.json' }, 'no file is named by none/**/*.json'],
      [{ events: 'e.json', event: '{}' }, 'smoke tests name their functions, events and tenants themselves'],
      [{ tenant: 'blue' }, 'MyFunction does not keep tenants apart'],
      [{ source: 'tenants.json' }, 'Tenants: it keeps tenants apart, and the call names none'],
      [{ env: '1=2' }, 'is not accepted'],
    ];
    for (const [inputs, message] of cases) {
      const { exitCode, errors } = await step({ command: 'invoke', ...inputs });
      expect([exitCode, errors.join()]).toEqual([1, expect.stringContaining(message)]);
    }
  });

  it('runs no code of a stranger with the rights of the base branch', async () => {
    const { exitCode, errors } = await step(
      { command: 'invoke' },
      { GITHUB_EVENT_NAME: 'pull_request_target' },
    );
    expect(exitCode).toBe(1);
    expect(errors.join()).toContain('this code is not run: pull_request_target');
  });
});

describe('smoke tests', () => {
  const good = { expect: { status: 200, response: { body: { stage: 'dev' } } } };
  const bad = { event: { fail: true }, expect: { status: 200 } };
  beforeAll(async () => {
    const folder = join(workspace.path, 'events');
    await cp(join(workspace.path, 'site'), join(folder, 'MyFunction/ignored'), { recursive: true });
    await writeFile(join(folder, 'MyFunction/good.json'), JSON.stringify(good));
    await writeFile(join(folder, 'MyFunction/bad.json'), JSON.stringify(bad));
  });

  it('can be run as the event of a function, and events as they are', async () => {
    const test = await step({ command: 'invoke', event: 'events/MyFunction/bad.json' });
    expect([test.exitCode, test.errors]).toEqual([1, ['MyFunction failed: TypeError: as asked']]);
    expect(test.stdout).toContain('bad.json is a smoke test: the function gets its payload');
    const event = await step({ command: 'invoke', event: JSON.stringify(bad) });
    expect([event.exitCode, event.errors]).toEqual([0, []]);
  });

  it('warn, and are in the summary', async () => {
    const { exitCode, summary, stdout } = await step({ command: 'invoke', events: 'events/**/*.json' });
    expect(exitCode).toBe(0);
    expect(summary).toMatch(/### ❌ local: 1 of 2 smoke tests passed/);
    expect(summary).toMatch(/❌ \| `MyFunction` \| `events\/MyFunction\/bad.json`.*TypeError: as asked/);
    expect(summary).toMatch(/✅ \| `MyFunction` \| `events\/MyFunction\/good.json`/);
    expect(stdout).toMatch(
      /::warning file=events\/MyFunction\/bad.json::The smoke test of MyFunction failed/,
    );
  });

  it('fail the step when it is asked for, in a preview too', async () => {
    for (const command of ['invoke', 'provision']) {
      const inputs = { command, noop: 'true', 'stack-name': 'orders', events: 'events/**/*.json' };
      const { exitCode, summary, errors } = await step({ ...inputs, 'fail-on': 'smoke' });
      expect(exitCode).toBe(1);
      expect(summary).toContain('1 of 2 smoke tests passed');
      expect(errors).toHaveLength(1);
      const passing = await step({ ...inputs, 'fail-on': 'smoke', events: 'events/**/good.json' });
      expect([passing.exitCode, passing.errors]).toEqual([0, []]);
      expect(passing.summary).toContain('1 of 1 smoke test passed');
    }
  });
});

describe('start-lambda', () => {
  it('serves later steps until the post step', async () => {
    const main = await step({ command: 'start-lambda', 'export-endpoint': 'true' });
    expect(main.exitCode).toBe(0);
    const { endpoint = '' } = main.outputs;
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(main.outputs.AWS_ENDPOINT_URL_LAMBDA).toBe(endpoint);
    expect(main.environment).toEqual({ AWS_ENDPOINT_URL_LAMBDA: endpoint });
    const client = new LambdaClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    try {
      const invoke = async (payload: object) =>
        client.send(
          new InvokeCommand({
            FunctionName: 'MyFunction',
            Payload: JSON.stringify(payload),
            LogType: 'Tail',
          }),
        );
      const answer = await invoke({});
      expect(answer.FunctionError).toBeUndefined();
      expect(JSON.parse(answer.Payload?.transformToString() ?? '').statusCode).toBe(200);
      expect((await invoke({ fail: true })).FunctionError).toBe('Unhandled');
      // One that never ends is still at work when the job is over.
      void invoke({ loop: true }).catch(() => undefined);
      await until(() => readFileSync(logOf(main), 'utf8').split('START RequestId').length > 3);
    } finally {
      client.destroy();
      const after = await post(main);
      expect(after.exitCode).toBe(0);
      expect(after.stdout).toContain('::group::What functions wrote to start-lambda');
      expect(after.stdout).toContain('TypeError: as asked');
    }
    await expect(fetch(endpoint)).rejects.toThrow();
    await noneLeft(temp);
    expect(await readdir(temp)).toEqual([]);
  });

  it('ends with the runner', async () => {
    // A shell in the place of the runner, which is killed once the step is over.
    const inputs = { INPUT_COMMAND: 'start-lambda', 'INPUT_LOG-LEVEL': 'info' };
    const state = join(temp, 'state');
    await writeFile(state, '');
    await writeFile(join(temp, 'output'), '');
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${root}/dist/index.js"; echo done; sleep 60`], {
      cwd: workspace.path,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        GITHUB_WORKSPACE: workspace.path,
        GITHUB_STATE: state,
        GITHUB_OUTPUT: join(temp, 'output'),
        RUNNER_TEMP: temp,
        ...inputs,
      },
    });
    let written = '';
    shell.stdout.on('data', (data) => {
      written += data;
    });
    await until(() => written.includes('done'));
    const { pid } = JSON.parse(/{.*}/.exec(await readFile(state, 'utf8'))?.[0] ?? '{}');
    expect(isRunning(pid)).toBe(true);
    process.kill(-Number(shell.pid), 'SIGKILL');
    await until(() => !isRunning(pid));
  });
});

describe('start-api', () => {
  it('serves routes and static files until the post step', async () => {
    const main = await step({ command: 'start-api', static: 'site' });
    const { endpoint = '' } = main.outputs;
    expect([main.exitCode, main.outputs.AWS_ENDPOINT_URL_LAMBDA, main.environment]).toEqual([0, '', {}]);
    try {
      const answer = await fetch(`${endpoint}/any?thing=1`);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { table: 'unresolved-Table', stage: 'dev', secret: null },
      ]);
      expect((await fetch(`${endpoint}/fail`)).status).toBe(502);
    } finally {
      await post(main);
    }
    await expect(fetch(endpoint)).rejects.toThrow();
    await noneLeft(temp);
  });

  it('serves at a terminal until it is interrupted, and anew when a file changes', async () => {
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'start-api', '--watch'], {
      cwd: workspace.path,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, TMPDIR: temp },
    });
    let written = '';
    child.stderr.on('data', (data) => {
      written += data;
    });
    const exited = new Promise<number | null>((done) => child.once('exit', done));
    try {
      await until(() => written.includes('Listening at'));
      const endpoint = /Listening at (\S+)/.exec(written)?.[1] ?? '';
      expect(await (await fetch(endpoint)).json()).toMatchObject({ stage: 'dev' });
      await writeFile(join(workspace.path, 'my-function/index.js'), 'syntax error');
      await until(() => written.includes('Renewed at'));
      expect((await fetch(endpoint)).status).toBe(502);
      await writeFile(join(workspace.path, 'template.json'), '{');
      await until(() => /error .*template\.json/.test(written));
      written = '';
      await writeFile(join(workspace.path, 'my-function/index.js'), code.replace('stage:', 'level:'));
      await writeFile(join(workspace.path, 'template.json'), JSON.stringify(template));
      await until(() => written.includes('Renewed at'));
      expect(await (await fetch(endpoint)).json()).toMatchObject({ level: 'dev' });
    } finally {
      child.kill('SIGINT');
    }
    expect(await exited).toBe(0);
    await noneLeft(temp);
    await writeFile(join(workspace.path, 'my-function/index.js'), code);
  });
});

/** Where the server of a step writes. */
const logOf = (main: StepResult): string => JSON.parse(main.state.server ?? '{}').logFile;
