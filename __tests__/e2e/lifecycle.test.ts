import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const HEAD = 'a'.repeat(40);
const BASE = 'b'.repeat(40);
const MERGED = 'c'.repeat(40);

let aws: Emulator;
let github: GitHubServer;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
  workspace = await makeWorkspace({});
  await cp(resolve(import.meta.dirname, '../../examples/sam-orders'), workspace.path, { recursive: true });
});
afterEach(async () => {
  await github.stop();
  await workspace.remove();
  expect(github.violations).toEqual([]);
});

const step = (inputs: Record<string, string>, options: Partial<Parameters<typeof runAction>[0]> = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'orders', 'github-token': 'token-canary', ...inputs },
    ...options,
    env: { ...aws.env, GITHUB_API_URL: github.url, ...options.env },
  });

async function invoke(name: string, payload: unknown): Promise<unknown> {
  const client = new LambdaClient({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const answer = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
  );
  client.destroy();
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString());
}

describe('a template from pull request to production', () => {
  it('previews, deploys, previews a change, deploys it, deletes', async () => {
    const onPullRequest = { event: pullRequestEvent(7, { headSha: HEAD, baseSha: BASE }) };
    const onMain = { env: { GITHUB_SHA: MERGED } };

    const preview = await step({}, onPullRequest);
    expect(preview.exitCode).toBe(0);
    expect(preview.outputs).toMatchObject({
      operation: 'preview',
      changed: 'true',
      'stack-name': 'orders',
      'stack-id': '',
    });
    expect(github.comments.get(7)).toHaveLength(1);
    const comment = () => github.comments.get(7)?.[0]?.body ?? '';
    expect(comment()).toContain('5 added');
    expect(preview.outputs['comment-url']).toContain('/acme/orders/pull/7#issuecomment-');

    github.merged.set(MERGED, 7);
    const created = await step({}, onMain);
    expect(created.stdout).toContain('This is the plan that was reviewed in #7');
    expect(created.outputs).toMatchObject({
      operation: 'create',
      changed: 'true',
      'stack-status': 'CREATE_COMPLETE',
    });
    expect(created.outputs.OrdersTable).toMatch(/^orders-/);
    expect(JSON.parse(created.outputs.outputs ?? '')).toHaveProperty('TakeOrderFunction');
    expect(created.outputs['change-set-id']).toContain('changeSet');
    expect(github.comments.get(7)).toHaveLength(1);
    expect(comment()).toContain('deployed');
    expect(comment()).toContain('OrdersTable');

    const table = created.outputs.OrdersTable;
    expect(await invoke(created.outputs.TakeOrderFunction ?? '', { id: '1' })).toEqual({
      status: 'taken',
      id: '1',
      stage: 'dev',
      table,
    });
    expect(await invoke(created.outputs.CountOrdersFunction ?? '', { orders: [1, 2] })).toEqual({
      count: 2,
      table,
    });

    const unchanged = await step({});
    expect(unchanged.outputs).toMatchObject({ operation: 'none', changed: 'false', 'change-set-id': '' });
    expect(unchanged.outputs.OrdersTable).toBe(table);

    const handler = join(workspace.path, 'orders/index.mjs');
    await writeFile(handler, (await readFile(handler, 'utf8')).replace('taken', 'accepted'));
    const second = await step({}, onPullRequest);
    expect(second.outputs).toMatchObject({
      operation: 'preview',
      changed: 'true',
      'stack-status': 'CREATE_COMPLETE',
    });
    expect(comment()).toContain('code of 1 function');
    expect(comment()).not.toContain('deployed (');
    expect(await invoke(created.outputs.TakeOrderFunction ?? '', {})).toMatchObject({ status: 'taken' });

    const updated = await step({});
    expect(updated.outputs).toMatchObject({
      operation: 'update',
      changed: 'true',
      'stack-status': 'UPDATE_COMPLETE',
    });
    expect(await invoke(updated.outputs.TakeOrderFunction ?? '', {})).toMatchObject({ status: 'accepted' });

    const toDelete = await step({ command: 'delete', noop: 'true' });
    expect(toDelete.outputs).toMatchObject({ operation: 'preview', 'stack-status': 'UPDATE_COMPLETE' });
    const deleted = await step({ command: 'delete' });
    expect(deleted.outputs).toMatchObject({ operation: 'delete', changed: 'true' });
    const gone = await step({ command: 'delete' });
    expect(gone.summary).toContain('There was no such stack, so nothing was deleted.');
    expect(gone.outputs).toMatchObject({ operation: 'none', changed: 'false' });
    expect(gone.exitCode).toBe(0);
  });

  it('says so and refuses when the plan is not the one that was reviewed', async () => {
    await step({}, { event: pullRequestEvent(7, { headSha: HEAD, baseSha: BASE }) });
    github.merged.set(MERGED, 7);
    await rm(join(workspace.path, 'orders/index.mjs'));
    await writeFile(join(workspace.path, 'orders/index.mjs'), 'export const handler = async () => "other";');
    const onMain = { env: { GITHUB_SHA: MERGED } };
    const refused = await step({ 'require-reviewed-plan': 'true' }, onMain);
    expect(refused.exitCode).toBe(1);
    expect(refused.errors.join()).toContain('is not the plan that was reviewed in #7');
    const warned = await step({}, onMain);
    expect(warned.exitCode).toBe(0);
    expect(warned.stdout).toContain('::warning::');
  });

  it('puts the report in the summary when the token may not comment', async () => {
    for (let n = 0; n < 3; n++) {
      github.faults.push({
        match: /POST .*comments/,
        status: 403,
        message: 'Resource not accessible by integration',
      });
    }
    const result = await step(
      {},
      { event: pullRequestEvent(8, { headSha: HEAD, baseSha: BASE, fork: true }) },
    );
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain('comes from a fork');
    expect(result.summary).toContain('5 added');
    expect(github.comments.get(8)).toBeUndefined();
  });

  it('finds its comment beyond the first page and leaves those of others alone', async () => {
    const others = Array.from({ length: 150 }, (_, id) => ({
      id,
      body: `talk ${id}`,
      author: 'somebody',
      authorType: 'User',
    }));
    github.comments.set(7, others);
    await step({}, { event: pullRequestEvent(7, { headSha: HEAD, baseSha: BASE }) });
    const ours = github.comments.get(7)?.[150];
    github.comments
      .get(7)
      ?.unshift({ id: 5000, body: ours?.body ?? '', author: 'copycat', authorType: 'User' });
    await writeFile(join(workspace.path, 'orders/index.mjs'), 'export const handler = async () => 1;');
    await step({}, { event: pullRequestEvent(7, { headSha: HEAD, baseSha: BASE }) });
    expect(github.comments.get(7)).toHaveLength(152);
    expect(github.requests.filter((each) => each.startsWith('PATCH'))).toEqual([
      `PATCH /repos/acme/orders/issues/comments/${ours?.id}`,
    ]);
  });

  it('keeps the same comment through a server error and a deleted comment', async () => {
    const event = { event: pullRequestEvent(7, { headSha: HEAD, baseSha: BASE }) };
    github.faults.push({ match: /GET .*comments/, status: 502, message: 'Bad Gateway' });
    expect((await step({}, event)).exitCode).toBe(0);
    expect(github.comments.get(7)).toHaveLength(1);
    github.faults.push({ match: /PATCH/, status: 404, message: 'Not Found' });
    await writeFile(join(workspace.path, 'orders/index.mjs'), 'export const handler = async () => 1;');
    expect((await step({}, event)).exitCode).toBe(0);
    expect(github.comments.get(7)).toHaveLength(2);
  });
});
