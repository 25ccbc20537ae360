/** Web functions from a definition to the bucket that Lambda reads them from, and from a template to the preview. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { pullRequestEvent } from '../support/github-event.ts';
import { runAction } from '../support/runner.ts';

let aws: Emulator;
let client: S3Client;
beforeAll(async () => {
  aws = await startEmulator();
  client = new S3Client({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

it('code is put where Lambda can read it, into a bucket that keeps versions by then', async () => {
  const workspace = await exampleWorkspace('web-function');
  try {
    const { stdout, errors } = await runAction({
      workspace: workspace.path,
      inputs: { noop: 'false' },
      env: aws.env,
    });
    const [, Bucket = '', Key = ''] = /sent: s3:\/\/([^/]+)\/(\S+\.zip)/.exec(stdout) ?? [];
    expect(await client.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({
      Status: 'Enabled',
    });
    const { Policy = '{}' } = await client.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Principal: { Service: 'lambda.amazonaws.com' }, Resource: `arn:aws:s3:::${Bucket}/*` },
    ]);
    // The emulator does not know the types yet: nothing of the stack is made there.
    if (errors.length > 0) expect(errors).toEqual([expect.stringContaining('AWS::Lambda::WebFunction')]);
    const { stdout: second } = await runAction({
      workspace: workspace.path,
      inputs: { noop: 'false' },
      env: aws.env,
    });
    expect(second).not.toMatch(/Switching on|Letting Lambda/);
    // What was put there before it kept versions would have none.
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    expect(Versions.length).toBeGreaterThan(0);
    expect(Versions.map(({ VersionId }) => VersionId)).not.toContain('null');
  } finally {
    await workspace.remove();
  }
});

it('new code is a new revision with its files, and what opens it to everybody a caution', async () => {
  const workspace = await exampleWorkspace('sam-web-function');
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', workspace.path, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
      { encoding: 'utf8' },
    ).trim();
  const edit = async (name: string, from: string, to: string): Promise<void> => {
    const file = join(workspace.path, name);
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  };
  try {
    git('init', '-q');
    git('add', 'template.yaml', 'site', 'events');
    git('commit', '-qm', 'base');
    const event = pullRequestEvent(1, { headSha: 'a'.repeat(40), baseSha: git('rev-parse', 'HEAD') });
    const preview = () => runAction({ workspace: workspace.path, inputs: { 'stack-name': 'site' }, event });
    // The archive of the base lies beside the new one, as a cache would bring it.
    expect(await preview()).toMatchObject({ exitCode: 0, errors: [] });
    await edit('site/index.js', 'world', 'everybody');
    await edit('template.yaml', 'IamAuth', 'ApplicationManaged');
    const { summary, exitCode, errors } = await preview();
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
    expect(summary).toContain('1 new revision, code of 1 function');
    expect(summary).toContain('! index.js');
    expect(summary).toMatch(/SiteEndpoint.* is open to everybody/);
    expect(summary).not.toMatch(/replaced/);
  } finally {
    await workspace.remove();
  }
});
