import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GitHubApi } from '../../src/github/api.ts';
import { readComment, writeComment } from '../../src/github/comment.ts';
import { connectGitHub } from '../../src/github/connect.ts';
import { type Fault, type GitHubServer, startGitHub } from '../support/github-server.ts';

const MARKER = '<!-- marker -->';
const address = {
  repository: 'acme/orders',
  pullRequest: 7,
  match: (body: string) => (body.startsWith(MARKER) ? ('good' as const) : ('none' as const)),
};
const cancel = new AbortController();

let server: GitHubServer;
let api: GitHubApi;
beforeEach(async () => {
  server = await startGitHub();
  api = await connectGitHub('token', server.url, cancel.signal);
});
afterEach(async () => {
  await server.stop();
  expect(server.violations).toEqual([]);
});

const write = (text: string, onlyUpdate = false) =>
  writeComment(api, address, () => `${MARKER}\n${text}`, { onlyUpdate });
const bodies = () => (server.comments.get(7) ?? []).map(({ body }) => body);
const writes = () => server.requests.filter((request) => /^(POST|PATCH) \/repos/.test(request));
const talk = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id, body: `talk ${id}`, author: 'jo', authorType: 'User' }));

describe('one comment', () => {
  it('is created, then changed in place', async () => {
    expect(await write('one')).toEqual({
      kind: 'written',
      url: expect.stringContaining('issuecomment-1000'),
    });
    expect(await write('two')).toEqual({
      kind: 'written',
      url: expect.stringContaining('issuecomment-1000'),
    });
    expect(bodies()).toEqual([`${MARKER}\ntwo`]);
  });

  it('is not written again when nothing of it changed, whatever line ends it was kept with', async () => {
    await write('one\ntwo');
    for (const comment of server.comments.get(7) ?? [])
      comment.body = `${comment.body.replaceAll('\n', '\r\n')}\n`;
    expect(await write('one\ntwo')).toMatchObject({ kind: 'unchanged' });
    expect(writes()).toHaveLength(1);
  });

  it('is corrected, but not created, when there is nothing to say', async () => {
    expect(await write('nothing', true)).toEqual({ kind: 'none' });
    expect(server.comments.size).toBe(0);
    await write('something');
    expect(await write('nothing', true)).toMatchObject({ kind: 'written' });
    expect(bodies()).toEqual([`${MARKER}\nnothing`]);
  });

  it.each([30, 100, 101, 250])('is found after %d others', async (others) => {
    server.comments.set(7, talk(others));
    await write('one');
    await write('two');
    expect(bodies().slice(others)).toEqual([`${MARKER}\ntwo`]);
    const lists = server.requests.filter((request) => request.startsWith('GET'));
    expect(lists).toHaveLength(Math.ceil(others / 100) + Math.ceil((others + 1) / 100));
  });

  it.each([
    ["a workflow's own token", { login: 'github-actions[bot]', type: 'Bot' }, true],
    ['an app', { login: 'acme-deploys[bot]', type: 'Bot' }, true],
    ['a person', { login: 'jo-deploys', type: 'User' }, true],
    ['a person, without GraphQL', { login: 'jo-deploys', type: 'User' }, false],
    ["a workflow's own token, without GraphQL", { login: 'github-actions[bot]', type: 'Bot' }, false],
    ["a workflow's own token on Forgejo", { login: 'forgejo-actions', type: 'Bot' }, false],
  ] as const)('is that of %s, whoever copied its marker', async (_, author, hasGraphql) => {
    Object.assign(server, { author: { ...author }, hasGraphql });
    const copies = ['copycat', 'other[bot]'].map((name, id) => ({
      id,
      body: `${MARKER}\nforged`,
      author: name,
      authorType: name.endsWith('[bot]') ? 'Bot' : 'User',
    }));
    server.comments.set(7, copies);
    expect(await readComment(api, address)).toBeUndefined();
    await write('one');
    await write('two');
    expect(bodies()).toEqual([`${MARKER}\nforged`, `${MARKER}\nforged`, `${MARKER}\ntwo`]);
    expect(await readComment(api, address)).toBe(`${MARKER}\ntwo`);
  });

  it('takes the best match, on whichever page it is, and the first of those that are only fair', async () => {
    const match = (body: string) => (body === 'good' ? 'good' : body.startsWith('fair') ? 'fair' : 'none');
    const say = (body: string) =>
      api.request('POST', '/repos/o/r/issues/7/comments', { body }, async () => undefined);
    for (const body of ['fair 1', 'fair 2']) await say(body);
    expect(await readComment(api, { ...address, match })).toBe('fair 1');
    server.comments.set(7, [...(server.comments.get(7) ?? []), ...talk(120)]);
    await say('good');
    expect(await readComment(api, { ...address, match })).toBe('good');
  });

  it('asks nobody who it is while no marker was seen', async () => {
    server.comments.set(7, talk(3));
    await write('one');
    expect(server.requests.filter((request) => /graphql|user/.test(request))).toEqual([]);
  });

  it('is written again when it was deleted meanwhile', async () => {
    await write('one');
    server.faults.push({ match: /PATCH/, status: 404, message: 'Not Found' });
    server.comments.set(7, []);
    expect(await write('two')).toMatchObject({ kind: 'written' });
    expect(bodies()).toEqual([`${MARKER}\ntwo`]);
  });
});

describe('when GitHub fails', () => {
  const LIST = /GET .*comments/;
  const CREATE = /POST .*comments/;
  const UPDATE = /PATCH/;
  const badGateway = { status: 502, message: 'Bad Gateway' };
  const limited = {
    status: 403,
    message: 'You have exceeded a secondary rate limit',
    headers: { 'retry-after': '1' },
  };

  const faults: [string, Omit<Fault, 'match'>][] = [
    ['a bad gateway', badGateway],
    ['a bad gateway after the work was done', { ...badGateway, afterWork: true }],
    ['a secondary rate limit', limited],
    ['too many requests', { status: 429, message: 'Too Many Requests', headers: { 'retry-after': '0' } }],
    ['a connection that is cut', { ...badGateway, instead: 'reset' }],
    [
      'a connection that is cut after the work was done',
      { ...badGateway, instead: 'reset', afterWork: true },
    ],
  ];
  const calls: [string, RegExp][] = [
    ['listing', LIST],
    ['creating', CREATE],
    ['updating', UPDATE],
  ];

  it.each(
    calls.flatMap(([call, match]) => faults.map(([name, fault]) => [call, name, match, fault] as const)),
  )('%s a comment survives %s', async (_call, _name, match, fault) => {
    server.faults.push({ ...fault, match });
    expect(await write('one')).toMatchObject({ kind: 'written' });
    expect(await write('two')).toMatchObject({ kind: 'written' });
    expect(bodies()).toEqual([`${MARKER}\ntwo`]);
    expect(server.faults).toEqual([]);
  });

  it('waits as long as it is told', async () => {
    server.faults.push({ ...limited, match: CREATE });
    const start = performance.now();
    await write('one');
    expect(performance.now() - start).toBeGreaterThan(990);
  });

  it.each([
    ['for longer than a minute', 1, { ...limited, headers: { 'retry-after': '3600' } }],
    ['for good', 4, badGateway],
  ])('gives up when it fails %s', async (_, tries, fault) => {
    for (let n = 0; n < 9; n++) server.faults.push({ ...fault, match: LIST });
    expect(await write('one')).toEqual({ kind: 'failed', reason: expect.stringContaining(fault.message) });
    expect(server.requests).toHaveLength(tries);
  });

  it.each([
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
  ])('says that it is not allowed to: %d %s', async (status, message) => {
    server.faults.push({ match: CREATE, status, message });
    expect(await write('one')).toEqual({ kind: 'forbidden', reason: expect.stringContaining(message) });
    expect(writes()).toHaveLength(1);
  });

  it('says so when a body is too long', async () => {
    expect(await write('x'.repeat(70_000))).toEqual({
      kind: 'failed',
      reason: expect.stringContaining('Validation Failed'),
    });
  });

  it('does not wait for a server that is silent', async () => {
    const impatient = await connectGitHub('token', server.url, cancel.signal, { timeout: 2_000 });
    server.faults.push({ match: LIST, instead: 'silence', ...badGateway });
    expect(await writeComment(impatient, address, () => MARKER, { onlyUpdate: false })).toMatchObject({
      kind: 'written',
    });
    expect(server.requests.filter((request) => LIST.test(request))).toHaveLength(2);
  });

  it('stops at once when the run is cancelled', async () => {
    const run = new AbortController();
    const cancelled = await connectGitHub('token', server.url, run.signal);
    server.faults.push({ match: LIST, instead: 'silence', ...badGateway });
    const result = writeComment(cancelled, address, () => MARKER, { onlyUpdate: false });
    run.abort();
    expect(await result).toMatchObject({ kind: 'failed' });
  });

  it('says so when there is no server', async () => {
    const nowhere = await connectGitHub('token', 'http://127.0.0.1:1', AbortSignal.timeout(200));
    expect(await writeComment(nowhere, address, () => MARKER, { onlyUpdate: false })).toMatchObject({
      kind: 'failed',
    });
  });
});
