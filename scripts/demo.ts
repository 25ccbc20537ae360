/**
 * `npm run demo`: a SAM template from a pull request to production and back, with the bundled action, an AWS emulator
 * and a stand-in for GitHub. Without Python the preview half still runs: it needs no AWS.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../__tests__/support/github-server.ts';
import { runAction, type StepResult } from '../__tests__/support/runner.ts';
import { startEmulator } from './emulator.ts';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'demo-out');
const workspace = join(out, 'workspace');
const PULL_REQUEST = 7;
const HEAD = 'a'.repeat(40);
const MERGED = 'c'.repeat(40);
const PREVIEW = { event: pullRequestEvent(PULL_REQUEST, { headSha: HEAD, baseSha: 'b'.repeat(40) }) };

let failed = false;
const github = await startGitHub();
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
cpSync(join(root, 'examples', 'sam-orders'), workspace, { recursive: true });
const aws = await startEmulator();
try {
  if ('missing' in aws) {
    await preview('1. A pull request: what would be created', {});
    console.log(
      `\nThe deploy half was left out: ${aws.missing}. Install Python 3.10 or newer and run npm run demo again.`,
    );
  } else await wholeStory(aws.env);
} finally {
  if ('stop' in aws) await aws.stop();
  await github.stop();
}
console.log(`\nThe comment as a page: ${join(out, 'comment.html')}`);
process.exitCode = failed ? 1 : 0;

async function wholeStory(env: Record<string, string>): Promise<void> {
  await preview('1. A pull request: what would be created', env);
  github.merged.set(MERGED, PULL_REQUEST);
  await deploy('2. It is merged: main deploys it', env);

  edit('orders/index.mjs', "'taken'", "'accepted'");
  edit('template.yaml', 'Timeout: 10', 'Timeout: 20');
  edit(
    'template.yaml',
    '- { AttributeName: id, KeyType: HASH }',
    '- { AttributeName: order, KeyType: HASH }',
  );
  edit(
    'template.yaml',
    '- { AttributeName: id, AttributeType: S }',
    '- { AttributeName: order, AttributeType: S }',
  );
  await preview('3. The next pull request: new code, a longer timeout, and another key for the table', env);
  // Of this one a picture is made: scripts/picture.ts.
  cpSync(join(out, 'comment.md'), join(out, 'comment-for-review.md'));
  edit('template.yaml', 'AttributeName: order', 'AttributeName: id');
  await preview('4. The review says: not the key! The same comment after a push', env);
  await deploy('5. It is merged: main deploys that', env);
  await step('6. Once more: nothing changed, so nothing is done', env, { env: { GITHUB_SHA: MERGED } });
}

async function preview(title: string, env: Record<string, string>): Promise<void> {
  await step(title, env, PREVIEW);
  const comment = commentOf(github);
  console.log(`\n--- the comment, as Markdown ---\n\n${comment}`);
  writeFileSync(join(out, 'comment.md'), comment);
  writeFileSync(join(out, 'comment.html'), readFileSync(join(workspace, '.sparta', 'report.html')));
}

async function deploy(title: string, env: Record<string, string>): Promise<void> {
  const { outputs } = await step(title, env, { env: { GITHUB_SHA: MERGED } });
  console.log('\n--- the outputs of the action ---\n');
  for (const [name, value] of Object.entries(outputs)) console.log(`${name} = ${value}`);
}

async function step(
  title: string,
  env: Record<string, string>,
  options: { event?: typeof PREVIEW.event; env?: Record<string, string> },
): Promise<StepResult> {
  console.log(`\n=== ${title} ===\n`);
  const result = await runAction({
    workspace,
    inputs: {
      'stack-name': 'orders',
      'github-token': 'demo',
      events: 'events/**/*.json',
      'fail-on': 'smoke',
    },
    ...options,
    env: { ...env, GITHUB_API_URL: github.url, ...options.env },
  });
  console.log(
    result.stdout
      .replace(/^::add-mask::.*\n/gm, '')
      .replace(/^::group::/gm, '> ')
      .replace(/^::endgroup::\n/gm, '')
      .trimEnd(),
  );
  if (result.exitCode !== 0) failed = true;
  return result;
}

function commentOf({ comments }: GitHubServer): string {
  return comments.get(PULL_REQUEST)?.at(-1)?.body ?? '';
}

function edit(name: string, from: string, to: string): void {
  const path = join(workspace, name);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
}
