import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../src/hash/canonical.ts';
import { parseMarker } from '../../src/report/marker.ts';
import { type CacheServer, startCache } from '../support/cache-server.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction, runPost, type StepResult } from '../support/runner.ts';

const SECRETS = {
  parameter: 'hush_canary<1>&"*x',
  secretKey: 'key-canary/2+aB',
  sessionToken: 'session-canary/3==',
  githubToken: 'token-canary-4',
  secureString: 'secure-canary-5',
};
/** Every secret, as it is and as HTML, Markdown, JSON, URLs and base64 write it, has this in it, or its own base64. */
const TRACES = [
  'canary',
  ...Object.values(SECRETS).map((secret) => Buffer.from(secret).toString('base64').replace(/=+$/, '')),
];

const TEMPLATE = {
  Parameters: { Secret: { Type: 'String', NoEcho: true }, Plain: { Type: 'String', Default: 'x' } },
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Plain' } } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: 'code',
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: 'arn:aws:iam::000000000000:role/any',
        Environment: {
          Variables: {
            SECRET: { Ref: 'Secret' },
            SECURE: '{{resolve:ssm-secure:/orders/password:1}}',
          },
        },
      },
    },
  },
  Outputs: { Leak: { Value: { Ref: 'Secret' } } },
};

let emulator: Emulator;
let aws: FaultProxy;
let github: GitHubServer;
let cache: CacheServer;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = await startFaultProxy(emulator.endpoint);
  github = await startGitHub();
  cache = await startCache();
});
beforeEach(async () => {
  await emulator.reset();
  aws.clear();
  const scope = 'test/20260101/us-east-1/ssm/aws4_request';
  const put = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.PutParameter',
    },
    body: JSON.stringify({ Name: '/orders/password', Value: SECRETS.secureString, Type: 'SecureString' }),
  });
  expect(put.status).toBe(200);
});
afterAll(async () => {
  await Promise.all([aws.stop(), emulator.stop(), github.stop(), cache.stop()]);
});

/** Runs a step at debug level, and its post step, with every secret that there can be. */
async function everything(
  inputs: Record<string, string>,
  { onPullRequest = false, template = JSON.stringify(TEMPLATE) } = {},
): Promise<StepResult> {
  const workspace = await makeWorkspace({
    'template.json': template,
    'code/index.mjs': 'export const handler = async () => 1;',
  });
  const options = {
    workspace: workspace.path,
    inputs: {
      'stack-name': 'orders',
      'log-level': 'debug',
      'github-token': SECRETS.githubToken,
      parameters: JSON.stringify({ Secret: SECRETS.parameter }),
      ...inputs,
    },
    env: {
      ...emulator.env,
      ...cache.env,
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_SECRET_ACCESS_KEY: SECRETS.secretKey,
      AWS_SESSION_TOKEN: SECRETS.sessionToken,
      GITHUB_API_URL: github.url,
      RUNNER_DEBUG: '1',
    },
    ...(onPullRequest && {
      event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }),
    }),
  };
  const main = await runAction(options);
  const post = await runPost(options, main);
  const shown = {
    log: asShown(main.stdout + post.stdout),
    errors: main.errors.join('\n'),
    summary: main.summary,
    comments: JSON.stringify([...github.comments.values()]),
    'pull request': github.requests.join('\n'),
    state: JSON.stringify(main.state),
    '.sparta': await contentOf(join(workspace.path, '.sparta')),
    cache: [...cache.entries.values()]
      .map((entry) => zstdDecompressSync(entry).toString('latin1'))
      .join('\n'),
  };
  await workspace.remove();
  for (const [where, text] of Object.entries(shown)) {
    for (const trace of TRACES) {
      const at = text.indexOf(trace);
      expect(at < 0 ? '' : `${where}: ${text.slice(Math.max(0, at - 150), at + 50)}`).toBe('');
    }
  }
  return main;
}

/** What the runner shows: it obeys masks, and does not print them. */
function asShown(printed: string): string {
  const unescaped = (text: string) =>
    text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
  const masks: string[] = [];
  const kept = printed.split('\n').filter((line) => {
    const [, mask] = /^::add-mask::(.*)$/.exec(line) ?? [];
    if (mask) masks.push(unescaped(mask));
    return mask === undefined;
  });
  // Those of our own secrets are not needed: the log itself leaves them out.
  const others = masks.filter((mask) => !Object.values(SECRETS).includes(mask));
  return kept.map((line) => others.reduce((text, mask) => text.replaceAll(mask, '***'), line)).join('\n');
}

async function contentOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

const refusal = (message: string) => ({
  status: 400,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')}</Message></Error></ErrorResponse>`,
});

describe('no secret gets into log, error, summary, comment, .sparta, state or cache', () => {
  it('of a preview and a deployment', async () => {
    expect((await everything({}, { onPullRequest: true })).outputs.operation).toBe('preview');
    const deployed = await everything({});
    expect(deployed.outputs).toMatchObject({ operation: 'create', Leak: SECRETS.parameter });
    expect((await everything({ parameters: `Secret=${SECRETS.parameter}\nPlain=y` })).exitCode).toBe(0);
    expect((await everything({ command: 'delete' })).exitCode).toBe(0);
  });

  it('but four digits of the hash of the account, by which the comment is found again', async () => {
    await everything({}, { onPullRequest: true });
    const marker = parseMarker(github.comments.get(7)?.[0]?.body ?? '');
    expect(marker?.stacks.map(({ account }) => account)).toEqual([sha256('000000000000').slice(0, 4)]);
  });

  it('of a failure whose reason AWS gives with the value', async () => {
    const said = `Value '${SECRETS.parameter}' of Secret, session ${SECRETS.sessionToken}`;
    for (const on of ['CreateChangeSet', 'DescribeStacks']) {
      aws.inject({ on, fault: refusal(said), times: 1 });
      const failed = await everything({});
      expect(failed.exitCode).toBe(1);
      expect(failed.errors.join()).toContain('***');
    }
    aws.inject({ on: 'DescribeStacks', fault: refusal(said) });
    expect((await everything({}, { onPullRequest: true })).exitCode).toBe(0);
  });

  it.each([
    ['a line without =', { parameters: SECRETS.parameter }],
    ['a list that is broken', { parameters: `[{"ParameterKey": "Secret", "ParameterValue": "hush_canary}]` }],
    ['a map that is broken', { parameters: '{Secret: hush_canary, Plain: [}' }],
    ['a value of a wrong type', { parameters: '{"Secret": {"hush_canary": "hush_canary"}}' }],
    ['a parameter that is given twice', { parameters: 'Secret=hush_canary\nSecret=hush_canary' }],
    ['another input that is wrong', { timeout: 'soon' }],
    ['a template that is not there', { source: 'missing.yml' }],
    ['a command that is not there', { command: 'destroy' }],
  ])('of a run that fails before it knows its stacks: %s', async (_, inputs) => {
    const failed = await everything(inputs, { onPullRequest: true });
    expect(failed.exitCode).toBe(1);
    expect(failed.errors).not.toEqual([]);
  });
});
