import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type GitHubServer, startGitHub } from './github-server.ts';

let server: GitHubServer;
beforeEach(async () => {
  server = await startGitHub();
});
afterEach(() => server.stop());

const call = (method: string, path: string, body?: unknown) =>
  fetch(`${server.url}${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
const COMMENTS = '/repos/acme/orders/issues/7/comments';

it('has nothing against what the description allows, and answers as it says', async () => {
  await call('POST', COMMENTS, { body: 'x' });
  await call('GET', `${COMMENTS}?per_page=100&page=1`);
  await call('PATCH', '/repos/acme/orders/issues/comments/1000', { body: 'y' });
  server.merged.set('c', 7);
  await call('GET', '/repos/acme/orders/commits/c/pulls');
  server.author = { login: 'jo', type: 'User' };
  await call('GET', '/user');
  expect(server.violations).toEqual([]);
});

it.each([
  ['a body without what is required', 'POST', COMMENTS, { text: 'x' }, /required property 'body'/],
  ['a body of another type', 'POST', COMMENTS, { body: 1 }, /body must be string/],
  ['no body', 'POST', COMMENTS, undefined, /must be object/],
  ['an unknown parameter', 'GET', `${COMMENTS}?pageSize=100`, undefined, /unknown query parameter pageSize/],
  ['a parameter of another type', 'GET', `${COMMENTS}?page=one`, undefined, /page=one/],
  ['an unknown path', 'GET', '/repos/acme', undefined, /unexpected request GET/],
  ['another method', 'DELETE', COMMENTS, undefined, /unexpected request DELETE/],
] as const)('notices %s', async (_, method, path, body, problem) => {
  await call(method, path, body);
  expect(server.violations.join('\n')).toMatch(problem);
});

it('notices an answer of its own that the description does not know', async () => {
  server.comments.set(7, [{ id: 1, body: 'x', author: 'jo', authorType: undefined as unknown as string }]);
  await call('GET', COMMENTS);
  expect(server.violations.join('\n')).toMatch(/get .*comments.* 200: .*type/);
});
