/** Checks of what was deployed, and the way back. The emulator runs no functions, so a proxy answers in their place. */

import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type OnCall, startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const template = (delay: number, url: string) => `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: ${delay}
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: worker
      Runtime: nodejs24.x
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/worker
      Code:
        ZipFile: exports.handler = async () => ({})
Outputs:
  Url:
    Value: ${url}
  Delay:
    Value: '${delay}'
`;

let aws: Emulator;
let site: { url: string; answers: number[]; stop(): Promise<void> };
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
  const answers: number[] = [];
  const server = createServer((_, outgoing) => {
    const status = answers.shift() ?? 200;
    outgoing
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status, up: true }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  site = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
});
afterAll(async () => {
  await aws.stop();
  await site.stop();
});
beforeEach(async () => {
  await aws.reset();
  site.answers.length = 0;
  workspace = await makeWorkspace({
    'template.yaml': template(5, site.url),
    'verify/health.json': JSON.stringify({
      http: { url: '${Url}/health', headers: { accept: 'application/json' } },
      expect: { status: 200, body: { up: true }, headers: { 'Content-Type': 'application/json' } },
      withinSeconds: 10,
    }),
    'verify/worker.json': JSON.stringify({
      function: 'Worker',
      payload: { id: 1 },
      expect: { response: { ok: true } },
    }),
  });
});
afterEach(() => workspace.remove());

async function step(inputs: Record<string, string>, answer: object = { ok: true }) {
  const invoked: string[] = [];
  const onCall: OnCall = (_, { method, url, body }) => {
    const [, name = ''] = /functions\/([^/]+)\/invocations/.exec(url) ?? [];
    if (method !== 'POST' || name === '') return undefined;
    invoked.push(`${decodeURIComponent(name)} ${body.toString()}`);
    return { status: 200, body: JSON.stringify(answer) };
  };
  const proxy = await startProxy(aws.endpoint, onCall);
  try {
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'orders', cache: 'false', noop: 'false', verify: 'verify/*.json', ...inputs },
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
    });
    return { ...result, invoked };
  } finally {
    await proxy.stop();
  }
}

it('calls functions and addresses of the stack, patiently', async () => {
  site.answers.push(503, 200);
  const { exitCode, errors, summary, invoked } = await step({});
  expect(errors).toEqual([]);
  expect(exitCode).toBe(0);
  expect(invoked).toEqual(['worker {"id":1}']);
  expect(summary).toContain('2 of 2 checks passed after the deployment');
  expect(summary).toMatch(/✅ \| `GET \$\{Url\}\/health` \| `verify\/health.json`/);
  const again = await step({});
  expect(again.outputs.operation).toBe('none');
  expect(again.invoked).toEqual([]);
});

it('deploys the former template again, where it is told to', async () => {
  await step({});
  await writeFile(join(workspace.path, 'template.yaml'), template(9, site.url));
  const stays = await step({}, { ok: false });
  expect(stays.exitCode).toBe(1);
  expect(stays.errors.join()).toMatch(
    /1 of 2 checks failed \(verify\/worker.json\) after the deployment; what was deployed stays/,
  );
  expect(stays.summary).toContain('response.ok: expected true, got false');

  await writeFile(join(workspace.path, 'template.yaml'), template(7, site.url));
  const back = await step({ rollback: 'previous' }, { ok: false });
  expect(back.exitCode).toBe(1);
  expect(back.summary).toContain('the former template and parameters are deployed again');
  const status = await step({ command: 'status' });
  expect(JSON.parse(status.outputs.outputs ?? '')).toMatchObject({ Delay: '9' });
});

it('says so where there is nothing to go back to, and where a check is of nothing', async () => {
  const first = await step({ rollback: 'previous' }, { ok: false });
  expect(first.summary).toContain('the stack stays, because there was none before');
  await writeFile(join(workspace.path, 'template.yaml'), template(8, site.url));
  await writeFile(join(workspace.path, 'verify/worker.json'), '{"function":"Wroker","payload":{}}');
  const wrong = await step({});
  expect(wrong.exitCode).toBe(1);
  expect(wrong.errors.join()).toMatch(/checks name no function or output .*verify\/worker.json \(Wroker\)/);
});

it('reads the checks before anything is deployed, with all that is wrong with them', async () => {
  await writeFile(
    join(workspace.path, 'verify/health.json'),
    '{"http":{"url":"/health","verb":"GET"},"expect":{"status":"ok"},"withinSeconds":-1}',
  );
  const { errors, exitCode } = await step({});
  expect(exitCode).toBe(1);
  for (const text of [
    'http.verb is not known',
    'http.url is "/health"',
    'expect.status is "ok"',
    'withinSeconds is -1',
  ])
    expect(errors.join('\n')).toContain(text);
  expect((await step({ command: 'status' })).outputs['stack-status']).toBe('');
  const preview = await step({ noop: 'true', verify: 'none/*.json' });
  expect(preview.exitCode).toBe(1);
  expect(preview.errors.join('\n')).toContain('none/*.json');
  const without = await step({ noop: 'true', verify: '', rollback: 'previous' });
  expect(without.stdout).toContain('does nothing without verify');
});
