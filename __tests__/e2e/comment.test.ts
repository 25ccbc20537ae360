import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { parseMarker } from '../../src/report/marker.ts';
import { pullRequestEvent, workflowRunEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const HEAD = 'a'.repeat(40);
let github: GitHubServer;
beforeEach(async () => {
  github = await startGitHub();
  github.open.push({ number: 7, owner: 'stranger', branch: 'change', sha: HEAD });
});
afterEach(async () => {
  await github.stop();
  expect(github.violations).toEqual([]);
});

/** The first workflow: no credentials, no comment. */
async function stored(): Promise<string> {
  const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  const workspace = await makeWorkspace({ 'template.json': template });
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', comment: 'false' },
    event: pullRequestEvent(7, { headSha: HEAD, baseSha: 'b'.repeat(40), fork: true }),
  });
  expect(result.exitCode).toBe(0);
  const text = await readFile(join(workspace.path, '.sparta/report.json'), 'utf8');
  await workspace.remove();
  return text;
}

/** The second one, with nothing but the report. */
async function comment(report: string, headSha = HEAD) {
  const workspace = await makeWorkspace({});
  await mkdir(join(workspace.path, '.sparta'));
  await writeFile(join(workspace.path, '.sparta/report.json'), report);
  const result = await runAction({
    workspace: workspace.path,
    inputs: { command: 'comment', 'github-token': 'token-canary' },
    event: workflowRunEvent(headSha, 'change'),
    env: { GITHUB_API_URL: github.url },
  });
  await workspace.remove();
  return result;
}

it('posts the preview of another workflow to the pull request that GitHub names, and reviews nothing', async () => {
  const report = await stored();
  expect((await comment(report)).exitCode).toBe(0);
  expect((await comment(report)).exitCode).toBe(0);
  const [first, ...more] = github.comments.get(7) ?? [];
  expect(more).toEqual([]);
  expect(first?.body).toContain('Topic');
  expect(first?.body).toContain('actions/runs/41');
  expect(parseMarker(first?.body ?? '')?.stacks.map(({ plan }) => plan)).toEqual(['']);
});

it('posts nothing for a commit that is not the head of an open pull request', async () => {
  const result = await comment(await stored(), 'c'.repeat(40));
  expect(result.exitCode).toBe(0);
  expect(github.comments.size).toBe(0);
});

it('shows hostile text harmlessly', async () => {
  const report = JSON.parse(await stored());
  report.report.warnings = ['<img src=x onerror=alert(1)> @everyone\n::set-output name=a::b'];
  report.report.runUrl = 'https://evil.example/';
  report.report.state = 'preview';
  const result = await comment(JSON.stringify(report));
  const body = github.comments.get(7)?.[0]?.body ?? '';
  expect(body).not.toMatch(/<img|evil\.example|(?<![`\w&;​])@everyone/);
  expect(result.stdout).not.toMatch(/^::set-output/m);
});

it.each<[string, (report: Record<string, unknown>) => unknown, string]>([
  ['another version', (all) => ({ ...all, version: 2 }), 'version has to be 1'],
  ['no report', (all) => ({ ...all, report: null }), 'report has to be a map'],
  [
    'a report of a deployment',
    (all) => ({ ...all, report: { ...(all.report as object), state: 'deployed' } }),
    'it says deployed, which no preview does',
  ],
  [
    'numbers for texts',
    (all) => ({ ...all, report: { ...(all.report as object), warnings: [1] } }),
    'warnings[0]',
  ],
  ['depth', () => `${'['.repeat(5000)}${']'.repeat(5000)}`, 'nested too deep'],
  ['what is no JSON', () => '{', 'it is not JSON'],
])('refuses %s', async (_, change, reason) => {
  const changed = change(JSON.parse(await stored()));
  const result = await comment(typeof changed === 'string' ? changed : JSON.stringify(changed));
  expect(result.exitCode).toBe(1);
  expect(result.errors.join('\n')).toContain(reason);
  expect(github.comments.get(7)?.[0]?.body).toContain('the stored report is not used');
});
