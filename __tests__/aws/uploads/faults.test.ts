import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { removeUploads, type Upload, uploadAll } from '../../../src/aws/uploads/upload.ts';
import { sha256 } from '../../../src/hash/canonical.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import type { Fault } from '../../support/faults.ts';
import { connectTo } from '../support.ts';

const bucket = { name: 'parts', owner: undefined };
const { signal } = new AbortController();

let emulator: Emulator;
let proxy: FaultProxy;
let aws: Aws;
let folder: string;
let large: Upload;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startFaultProxy(emulator.endpoint);
  aws = await connectTo(proxy.endpoint);
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.CreateBucketCommand({ Bucket: bucket.name }));
  folder = await mkdtemp(join(tmpdir(), 'parts-'));
  const bytes = randomBytes(17 * 1024 * 1024);
  const path = join(folder, 'large');
  await writeFile(path, bytes);
  large = { key: 'orders/large.zip', hash: sha256(bytes), size: bytes.length, content: { path } };
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
  await rm(folder, { recursive: true });
});

async function unfinished(): Promise<number> {
  const { client } = await aws.s3();
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name }));
  return Uploads.length;
}

const CALLS = ['CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'ListMultipartUploads'];
const FAULTS: readonly { readonly fault: Fault; readonly after?: boolean }[] = [
  { fault: 'throttling' },
  { fault: 'internal-error', after: true },
  { fault: 'reset', after: true },
  { fault: 'truncated', after: true },
  { fault: 'expired-credentials' },
];

it.each(CALLS)('a fault of %s leaves the object or a clear error, and nothing unfinished', async (on) => {
  for (const how of FAULTS) {
    // A client that was throttled stays slow for a while.
    aws = await connectTo(proxy.endpoint);
    proxy.inject({ ...how, on, times: 1 });
    const failure = await uploadAll(aws, bucket, [large], signal).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const expected = how.fault === 'expired-credentials' && on !== 'ListMultipartUploads';
    expect(failure).toEqual(expected ? expect.stringContaining('The credentials have expired') : undefined);
    proxy.clear();
    aws = await connectTo(proxy.endpoint);
    const [again] = await uploadAll(aws, bucket, [large], signal);
    expect(again?.sent).toBe(expected);
    // What S3 did not tell of is aborted by the next upload, or by S3 itself after a day.
    if (on !== 'ListMultipartUploads') expect(await unfinished()).toBe(0);
    await removeUploads(aws, bucket, [{ ...large, sent: true }]);
  }
});

it('aborts what a run that was killed had begun', async () => {
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.CreateMultipartUploadCommand({ Bucket: bucket.name, Key: large.key }));
  await client.send(new sdk.CreateMultipartUploadCommand({ Bucket: bucket.name, Key: `${large.key}.other` }));
  await uploadAll(aws, bucket, [large], signal);
  expect(await unfinished()).toBe(1);
});

it('waits as long as AWS asks for', async () => {
  const retryAfter = { status: 503, headers: { 'retry-after': '1' }, body: '' };
  proxy.inject({ on: 'ListObjectsV2', fault: retryAfter, times: 1 });
  const { client, sdk } = await aws.s3();
  const start = performance.now();
  await client.send(new sdk.ListObjectsV2Command({ Bucket: bucket.name }));
  expect(performance.now() - start).toBeGreaterThan(950);
});
