/** Roles that a run assumes itself: with GitHub's token, one after another, and again when their credentials expire. */
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestEvent } from '../support/github-server.ts';
import { makeWorkspace, runAction, type StepOptions, type StepResult } from '../support/runner.ts';
import { startTokenService, type TokenService } from '../support/token-service.ts';

const SUB = 'repo:acme@17/orders@42:ref:refs/heads/main';
const HUB = 'arn:aws:iam::111111111111:role/hub';
const SPOKE = 'arn:aws:iam::222222222222:role/spoke';
const UNTAGGED = 'arn:aws:iam::333333333333:role/untagged';
const FOREIGN = 'arn:aws:iam::444444444444:role/foreign';

const ROLES = {
  [HUB]: { sub: SUB },
  [SPOKE]: { principal: HUB, externalId: 'acme-17', tags: true },
  [UNTAGGED]: { principal: HUB },
  [FOREIGN]: { sub: 'repo:acme/orders:pull_request' },
};

/** Outside of where builds may write what is kept. */
const SEEN = join(tmpdir(), `build-sees-${process.pid}.txt`);

/** A build and a hook that show what they are given, and code that is large enough to be sent in parts. */
const FILES = {
  'sparta.config.yml': [
    'name: orders',
    'functions:',
    '  take:',
    '    handler: index.handler',
    '    runtime: nodejs24.x',
    '    build:',
    '      kind: command',
    `      command: env > ${SEEN}; mkdir out; cp index.js out; head -c 9000000 /dev/urandom > out/large.bin`,
    '      output: out',
    'hooks:',
    '  postBuild: env | sed "s/^/hook sees /"',
    '',
  ].join('\n'),
  'index.js': 'exports.handler = async () => 1;\n',
};

let emulator: Emulator;
let service: TokenService;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.stop();
});
beforeEach(async () => {
  await emulator.reset();
  service = await startTokenService({ target: emulator.endpoint, roles: ROLES, sub: SUB });
  workspace = await makeWorkspace(FILES);
});
afterEach(async () => {
  await service.stop();
  await workspace.remove();
});

const step = (inputs: Record<string, string>, options: Partial<StepOptions> = {}): Promise<StepResult> =>
  runAction({
    workspace: workspace.path,
    inputs: { cache: 'false', ...inputs },
    ...options,
    env: { ...service.env, ...options.env },
  });

describe('a role of the input role-to-assume', () => {
  it('is assumed with the token of the job, and again whenever its credentials have expired', async () => {
    // Before the upload, in its middle, before the change, in the wait, at its end.
    const moments = ['HeadBucket', 'HeadObject', 'UploadPart', 'CreateChangeSet', 'DescribeStackEvents'];
    service.expireAt(moments);
    const { exitCode, stdout, outputs, environment } = await step({ 'role-to-assume': HUB });
    expect(stdout).not.toContain('::error');
    expect(exitCode).toBe(0);
    expect(outputs['stack-status']).toBe('CREATE_COMPLETE');
    expect([...new Set(service.refused)].sort()).toEqual([...moments].sort());
    // One token each; several calls that are refused at once renew once.
    expect(service.assumed).toHaveLength(moments.length + 1);
    expect(new Set(service.assumed.map(({ arn, name }) => `${arn} ${name}`))).toEqual(
      new Set([`${HUB} sparta-orders-42`]),
    );
    // Who they are was said with the credentials.
    expect(service.calls.map(({ operation }) => operation)).not.toContain('GetCallerIdentity');

    const seen = await readFile(SEEN, 'utf8');
    await rm(SEEN);
    expect(seen).toMatch(/^PATH=/m);
    expect(stdout).toContain('hook sees PATH=');
    expect(seen + stdout.replaceAll('hook sees ', '')).not.toMatch(
      /^(ACTIONS_|AWS_(ACCESS|SECRET|SESSION))/m,
    );
    expect(Object.keys(environment)).toEqual([]);
    const shown = stdout.replaceAll(/^::add-mask::.*$/gm, '');
    for (const secret of service.secrets) expect(shown).not.toContain(secret);
    for (const secret of service.secrets.slice(1)) expect(stdout).toContain(`::add-mask::${secret}`);
  });

  it('assumes the next one, with an external ID and tags, and renews both', async () => {
    service.expireAt(['AssumeRole', 'DescribeStackEvents']);
    const done = await step({ 'role-to-assume': `${HUB}\n${SPOKE}`, 'external-id': 'acme-17' });
    expect(done.stdout).not.toContain('::error');
    expect(done.exitCode).toBe(0);
    expect(done.outputs['stack-id']).toContain(':222222222222:');
    expect(service.refused).toEqual(['AssumeRole', 'DescribeStackEvents']);
    expect(service.assumed.map(({ arn }) => arn)).toEqual([HUB, HUB, SPOKE, SPOKE]);
    expect(service.assumed.at(-1)?.tags).toMatchObject({ GitHub: 'Actions', Repository: 'acme/orders' });
  });

  it('goes without tags where the next role takes none', async () => {
    const done = await step({ command: 'status', 'stack-name': 'x', 'role-to-assume': `${HUB},${UNTAGGED}` });
    expect(done.exitCode).toBe(0);
    expect(service.assumed.map(({ arn }) => arn)).toEqual([HUB, UNTAGGED]);
  });
});

describe('a role that cannot be assumed', () => {
  const status = { command: 'status', 'stack-name': 'orders' };
  const onFork = pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40), fork: true });
  const withoutToken = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };

  it.each([
    [
      'does not trust the job',
      { 'role-to-assume': FOREIGN },
      {},
      [JSON.stringify(SUB), 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub'],
    ],
    [
      'has no permission',
      { 'role-to-assume': HUB },
      { env: withoutToken },
      ['Add `id-token: write` to the permissions'],
    ],
    [
      'is of a fork',
      { 'role-to-assume': HUB },
      { env: withoutToken, event: onFork },
      ['pull requests from forks', 'docs/untrusted.md'],
    ],
    [
      'asks for another external ID',
      { 'role-to-assume': `${HUB} ${SPOKE}`, 'external-id': 'other' },
      {},
      [`may not assume the role ${SPOKE}`, 'with the external ID'],
    ],
    [
      'has an external ID that goes nowhere',
      { 'role-to-assume': HUB, 'external-id': 'acme-17' },
      {},
      ['input external-id', 'Name two roles'],
    ],
    ['has an external ID and no role', { 'external-id': 'acme-17' }, {}, ['Set role-to-assume']],
    [
      'gets no token',
      { 'role-to-assume': HUB },
      { env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'wrong' } },
      ['GitHub gives no identity token', 'status 401'],
    ],
  ])('%s', async (_, inputs, options, said) => {
    const { exitCode, errors } = await step({ ...status, ...inputs }, options);
    expect(exitCode).toBe(1);
    for (const each of said) expect(errors.join('\n')).toContain(each);
  });

  it('is told by a preview, which goes on', async () => {
    const preview = await step({ noop: 'true', 'role-to-assume': FOREIGN });
    expect(preview.exitCode).toBe(0);
    expect(preview.stdout).toContain('does not trust this job');
  });
});
