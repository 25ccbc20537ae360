import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Fault, type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let github: GitHubServer;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.stop());

const limited = {
  status: 403,
  message: 'You have exceeded a secondary rate limit',
  headers: { 'retry-after': '1' },
};

/** How often the fault happens, and whether the comment is there in the end. */
const CASES: readonly [string, Omit<Fault, 'match'>, times: number, written: boolean][] = [
  ['a secondary rate limit that passes', limited, 1, true],
  ['a secondary rate limit for an hour', { ...limited, headers: { 'retry-after': '3600' } }, 9, false],
  ['502, twice', { status: 502, message: 'Bad Gateway' }, 2, true],
  ['502 for good', { status: 502, message: 'Bad Gateway' }, 99, false],
  ['a connection that is cut', { status: 0, message: '', instead: 'reset' }, 1, true],
  ['an answer that is lost', { status: 502, message: 'Bad Gateway', afterWork: true }, 1, true],
  ['a token that is no good', { status: 401, message: 'Bad credentials' }, 99, false],
  ['a repository that is gone', { status: 404, message: 'Not Found' }, 99, false],
];

it.each(CASES)('%s does not fail a run', async (_, fault, times, written) => {
  for (let n = 0; n < times; n++) github.faults.push({ ...fault, match: /./ });
  const workspace = await makeWorkspace({
    'template.json': JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
  });
  const { exitCode, summary } = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', 'github-token': 'token', cache: 'false' },
    event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }),
    env: { GITHUB_API_URL: github.url },
  });
  await workspace.remove();
  expect(exitCode).toBe(0);
  expect(summary).toContain('1 added');
  expect(github.comments.get(7) ?? []).toHaveLength(Number(written));
});
