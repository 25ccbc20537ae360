import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { type Upload, uploadAll } from '../../../src/aws/uploads/upload.ts';
import { sha256 } from '../../../src/hash/canonical.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { connectTo } from '../support.ts';

const bucket = { name: 'archives', owner: undefined };
const { signal } = new AbortController();
const upload = (content: string): Upload => ({
  key: `prod/orders/${sha256(content)}.zip`,
  hash: sha256(content),
  size: Buffer.byteLength(content),
  content: { text: content },
});
const five = ['1', '2', '3', '4', '5'].map(upload);
const sorted = five.map(({ key }) => key).sort();

let emulator: Emulator;
let proxy: FaultProxy;
let aws: Aws;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startFaultProxy(emulator.endpoint);
  aws = await connectTo(proxy.endpoint);
});
beforeEach(async () => {
  await emulator.reset();
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.CreateBucketCommand({ Bucket: bucket.name }));
  proxy.clear();
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
});

/** How often each call was made, since this was last asked. */
function calls(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation } of proxy.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  proxy.clear();
  return counts;
}

async function sent(uploads: readonly Upload[]): Promise<number> {
  const all = await uploadAll(aws, bucket, uploads, signal);
  return all.filter((each) => each.sent).length;
}

const listOf = (keys: readonly string[], truncated: boolean) => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><ListBucketResult><IsTruncated>${truncated}</IsTruncated>${keys
    .map((Key) => `<Contents><Key>${Key}</Key><Size>1</Size></Contents>`)
    .join('')}</ListBucketResult>`,
});

it('lists a folder once, and looks up only what is there already', async () => {
  expect(await sent(five)).toBe(5);
  expect(calls()).toEqual({ ListObjectsV2: 1, PutObject: 5 });
  expect(await sent(five)).toBe(0);
  expect(calls()).toEqual({ ListObjectsV2: 1, HeadObject: 5 });
});

it('looks up few by themselves', async () => {
  expect(await sent(five.slice(0, 3))).toBe(3);
  expect(calls()).toEqual({ HeadObject: 3, PutObject: 3 });
});

it('replaces what is listed and is not the content that the key says', async () => {
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.PutObjectCommand({ Bucket: bucket.name, Key: sorted[2], Body: 'other' }));
  expect(await sent(five)).toBe(5);
});

it('takes what another run has sent since for what it is', async () => {
  await sent(five.slice(0, 2));
  calls();
  proxy.inject({ on: 'ListObjectsV2', fault: listOf([], false) });
  expect(await sent(five)).toBe(3);
  expect(calls()).toMatchObject({ PutObject: 5, HeadObject: 2 });
});

it('looks up what a first page does not reach', async () => {
  const [first = '', ...others] = sorted;
  await sent(five.filter(({ key }) => key === others[3]));
  calls();
  proxy.inject({ on: 'ListObjectsV2', fault: listOf([`${first}.later`], true) });
  expect(await sent(five)).toBe(4);
  expect(calls()).toEqual({ ListObjectsV2: 1, HeadObject: 4, PutObject: 4 });
});

it('looks up each where nothing may be listed', async () => {
  const body = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  proxy.inject({ on: 'ListObjectsV2', fault: { status: 403, body } });
  expect(await sent(five)).toBe(5);
  expect(calls()).toEqual({ ListObjectsV2: 1, HeadObject: 5, PutObject: 5 });
});
