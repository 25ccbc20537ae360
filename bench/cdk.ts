import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sha256 } from '../src/hash/canonical.ts';
import { forEachOf } from '../src/order/for-each.ts';
import { createArchive } from '../src/packaging/archive/archive.ts';
import { walk } from '../src/packaging/workspace/walk.ts';
import { workspace } from '../src/packaging/workspace/workspace.ts';
import { randomFrom, text } from './packaging.ts';
import type { BenchRow } from './row.ts';

const RESOURCES = 500;
const ASSETS = 100;
const FILES = 20;
const BYTES = 40_000;
const ROUNDS = 5;
const TARGET = 2;

/**
 * The preview of a cloud assembly with 500 resources and 100 assets, from the start of the process to the report, against
 * reading, hashing and zipping the files of its assets and nothing else.
 */
export async function run(): Promise<BenchRow> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'bench-cdk-')));
  try {
    const names = await makeAssembly(join(folder, 'cdk.out'));
    const times = { ours: [] as number[], files: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.ours.push(await timed(async () => preview(folder)));
      times.files.push(await timed(() => zipAll(folder, names)));
      await rm(join(folder, '.sparta'), { recursive: true, force: true });
      await rm(join(folder, 'zipped'), { recursive: true, force: true });
    }
    // The round that other programs disturbed least: both use all cores, so a busy one counts many times over.
    const [ours, peerValue] = [Math.min(...times.ours), Math.min(...times.files)];
    return {
      name: `preview of ${RESOURCES} CDK resources with ${ASSETS} assets (${(ASSETS * FILES * BYTES) / 1e6} MB)`,
      ours,
      peer: 'zipping the files alone',
      peerValue,
      unit: 'ms',
      ratio: ours / peerValue,
      target: `under ${TARGET}x`,
      ok: ours / peerValue < TARGET,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function preview(folder: string): void {
  const cli = resolve(import.meta.dirname, '../dist/cli.js');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'provision', '--noop'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the preview failed: ${stderr}`);
}

async function zipAll(folder: string, names: readonly string[]): Promise<void> {
  const space = workspace(folder, false);
  await forEachOf(names, 4, async (name) => {
    await createArchive(space, walk(space, join(folder, 'cdk.out', name)), join(folder, 'zipped'));
  });
}

/** Writes `cdk.out` as `cdk synth` would: functions with roles, and topics. */
async function makeAssembly(out: string): Promise<string[]> {
  const files: Record<string, object> = {};
  const resources: Record<string, object> = {};
  const names: string[] = [];
  const random = randomFrom(1);
  for (let index = 0; index < ASSETS; index++) {
    const hash = sha256(`asset ${index}`);
    const name = `asset.${hash}`;
    names.push(name);
    await mkdir(join(out, name), { recursive: true });
    for (let file = 0; file < FILES; file++)
      await writeFile(join(out, name, `file-${file}.js`), text(BYTES, random));
    const destination = { bucketName: 'cdk-assets-${AWS::AccountId}', objectKey: `${hash}.zip` };
    files[hash] = { source: { path: name, packaging: 'zip' }, destinations: { current: destination } };
    const S3Bucket = { 'Fn::Sub': destination.bucketName };
    resources[`Fn${index}`] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket, S3Key: destination.objectKey },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: { 'Fn::GetAtt': [`Role${index}`, 'Arn'] },
      },
      Metadata: {
        'aws:cdk:path': `App/Fn${index}/Resource`,
        'aws:asset:path': name,
        'aws:asset:property': 'Code',
      },
    };
    const statement = {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
    };
    const policy = { Version: '2012-10-17', Statement: [statement] };
    resources[`Role${index}`] = {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: policy },
    };
  }
  for (let index = 2 * ASSETS; index < RESOURCES; index++)
    resources[`Topic${index}`] = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: `Topic ${index}` } };
  const artifacts = {
    'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
    App: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: 'App.template.json' },
      dependencies: ['App.assets'],
    },
  };
  const write = (name: string, value: object) =>
    writeFile(join(out, name), JSON.stringify(value, undefined, 1));
  await write('App.template.json', { Resources: resources });
  await write('App.assets.json', { version: '38.0.0', files });
  await write('manifest.json', { version: '38.0.0', artifacts });
  return names;
}
