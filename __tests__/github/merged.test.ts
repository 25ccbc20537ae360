import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectGitHub } from '../../src/github/connect.ts';
import { mergedPullRequest } from '../../src/github/merged.ts';
import { type AssociatedPull, type GitHubServer, startGitHub } from '../support/github-server.ts';

let server: GitHubServer;
beforeAll(async () => {
  server = await startGitHub();
});
afterAll(async () => {
  await server.stop();
  expect(server.violations).toEqual([]);
});

const SHA = 'c'.repeat(40);
const pull = (number: number, merged_at: string | null, merge_commit_sha: string | null = null) => ({
  number,
  merged_at,
  merge_commit_sha,
});

it.each<[string, AssociatedPull[], number | undefined]>([
  ['none', [], undefined],
  ['one that is open', [pull(1, null)], undefined],
  ['one that was merged', [pull(1, null), pull(2, '2026-01-01T00:00:00Z')], 2],
  [
    'the one that it is the merge of',
    [pull(1, '2026-01-03T00:00:00Z'), pull(2, '2026-01-01T00:00:00Z', SHA)],
    2,
  ],
  ['the last one', [pull(1, '2026-01-01T00:00:00Z'), pull(2, '2026-01-03T00:00:00Z'), pull(3, null)], 2],
])('a commit came from %s', async (_, pulls, number) => {
  server.merged.set(SHA, pulls);
  const api = await connectGitHub('token', server.url, new AbortController().signal);
  expect(await mergedPullRequest(api, 'acme/orders', SHA)).toBe(number);
});
