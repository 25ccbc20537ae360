import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Aws, connect } from '../../../src/aws/connection/clients.ts';
import { ensureBucket } from '../../../src/aws/uploads/bucket.ts';
import { removeUploads, type Upload, uploadAll } from '../../../src/aws/uploads/upload.ts';
import { sha256 } from '../../../src/hash/canonical.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { connectTo, lines } from '../support.ts';

const OWN = 'sparta-000000000000-us-east-1';
const signal = new AbortController().signal;

let emulator: Emulator;
let aws: Aws;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = await connectTo(emulator.endpoint);
  folder = await mkdtemp(join(tmpdir(), 'upload-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await emulator.stop();
});
beforeEach(() => emulator.reset());

const ownBucket = () => ensureBucket(aws, undefined, aws.identity, lines());
const text = (content: string): Upload => ({
  key: `orders/${sha256(content)}.json`,
  hash: sha256(content),
  size: Buffer.byteLength(content),
  content: { text: content },
});
async function file(bytes: Buffer): Promise<Upload> {
  const hash = sha256(bytes);
  const path = join(folder, hash);
  await writeFile(path, bytes);
  return { key: `orders/${hash}.zip`, hash, size: bytes.length, content: { path } };
}
async function stored(key: string): Promise<Buffer> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { client } = await aws.s3();
  const { Body } = await client.send(new GetObjectCommand({ Bucket: OWN, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

describe('the bucket', () => {
  it('is created once, private and encrypted', async () => {
    const log = lines();
    expect(await ensureBucket(aws, undefined, aws.identity, log)).toEqual({
      name: OWN,
      owner: '000000000000',
    });
    expect(await ensureBucket(aws, undefined, aws.identity, log)).toEqual({
      name: OWN,
      owner: '000000000000',
    });
    expect(log.lines).toHaveLength(1);
    const { GetBucketOwnershipControlsCommand, GetPublicAccessBlockCommand } = await import(
      '@aws-sdk/client-s3'
    );
    const { client } = await aws.s3();
    const bucket = { Bucket: OWN };
    expect(await client.send(new GetPublicAccessBlockCommand(bucket))).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(await client.send(new GetBucketOwnershipControlsCommand(bucket))).toMatchObject({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  it('that was given must exist, in the region of the stack', async () => {
    await expect(ensureBucket(aws, 'nobodys', aws.identity, lines())).rejects.toThrow(
      /there is no bucket nobodys/,
    );
    const elsewhere = await connect({ region: 'eu-west-1', env: process.env, version: '0' });
    await ensureBucket(elsewhere, undefined, elsewhere.identity, lines());
    await expect(ensureBucket(aws, 'sparta-000000000000-eu-west-1', aws.identity, lines())).rejects.toThrow(
      /is in eu-west-1, but the stack is in us-east-1/,
    );
  });

  it('made by two runs at once is one', async () => {
    const both = await Promise.all([ownBucket(), ownBucket()]);
    expect(both[0]).toEqual(both[1]);
  });
});

describe('an upload', () => {
  it('sends what is not there, each key once', async () => {
    const bucket = await ownBucket();
    const small = await file(Buffer.from('small'));
    const large = await file(randomBytes(20 * 1024 * 1024 + 7));
    const first = await uploadAll(aws, bucket, [text('{}'), small, large, small], signal);
    expect(first.map(({ sent }) => sent)).toEqual([true, true, true]);
    expect(sha256(await stored(large.key))).toBe(large.hash);
    expect(String(await stored(small.key))).toBe('small');
    const second = await uploadAll(aws, bucket, [text('{}'), small, large], signal);
    expect(second.map(({ sent }) => sent)).toEqual([false, false, false]);
  });

  it('replaces what is not the content that the key says', async () => {
    const bucket = await ownBucket();
    const { client, sdk } = await aws.s3();
    const upload = text('right');
    await client.send(
      new sdk.PutObjectCommand({ Bucket: OWN, Key: upload.key, Body: 'wrong', ChecksumAlgorithm: 'SHA256' }),
    );
    const [uploaded] = await uploadAll(aws, bucket, [upload], signal);
    expect(uploaded?.sent).toBe(true);
    expect(String(await stored(upload.key))).toBe('right');
  });

  it('keyed by its source takes any archive that is not empty', async () => {
    const bucket = await ownBucket();
    const { client, sdk } = await aws.s3();
    const source = { ...text('an archive of the same source, other bytes'), keyedBy: 'source' as const };
    const put = (Body: string) =>
      client.send(new sdk.PutObjectCommand({ Bucket: OWN, Key: source.key, Body }));
    await put('x'.repeat(22));
    expect((await uploadAll(aws, bucket, [source], signal))[0]?.sent).toBe(true);
    await put('x'.repeat(23));
    expect((await uploadAll(aws, bucket, [source], signal))[0]?.sent).toBe(false);
  });

  it('of a file that changed meanwhile fails and leaves nothing', async () => {
    const bucket = await ownBucket();
    const large = await file(randomBytes(9 * 1024 * 1024));
    const small = await file(Buffer.from('content'));
    await expect(uploadAll(aws, bucket, [{ ...large, size: large.size + 1 }], signal)).rejects.toThrow(
      /changed while/,
    );
    await expect(uploadAll(aws, bucket, [{ ...small, size: 3 }], signal)).rejects.toThrow(/changed while/);
    await expect(uploadAll(aws, bucket, [{ ...small, hash: sha256('other') }], signal)).rejects.toThrow(
      /uploading/,
    );
    const { ListMultipartUploadsCommand } = await import('@aws-sdk/client-s3');
    const { client, sdk } = await aws.s3();
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket: OWN }))).Uploads ?? []).toEqual([]);
    expect((await client.send(new sdk.ListObjectsV2Command({ Bucket: OWN }))).Contents ?? []).toEqual([]);
  });

  it('that is cancelled sends nothing more', async () => {
    const bucket = await ownBucket();
    const aborted = AbortSignal.abort();
    await expect(uploadAll(aws, bucket, [text('{}')], aborted)).rejects.toThrow(/abort/i);
  });

  it('is undone only for what this run sent', async () => {
    const bucket = await ownBucket();
    await uploadAll(aws, bucket, [text('old')], signal);
    const uploads = await uploadAll(aws, bucket, [text('old'), text('new')], signal);
    await removeUploads(aws, bucket, uploads);
    const { client, sdk } = await aws.s3();
    const { Contents = [] } = await client.send(new sdk.ListObjectsV2Command({ Bucket: OWN }));
    expect(Contents.map(({ Key }) => Key)).toEqual([text('old').key]);
  });
});
