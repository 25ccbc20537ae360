import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ownBucket } from '../../../src/stages/upload/own-bucket.ts';
import { connectTo, lines } from '../../aws/support.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';

let emulator: Emulator;
let proxy: FaultProxy;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startFaultProxy(emulator.endpoint);
});
beforeEach(async () => {
  await emulator.reset();
  proxy.clear();
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
});

const looks = () => proxy.calls.filter(({ operation }) => operation === 'HeadBucket').length;

it('is made sure of once for all that share a connection', async () => {
  const aws = await connectTo(proxy.endpoint);
  const log = lines();
  const [one, two] = await Promise.all([ownBucket(aws, undefined, log), ownBucket(aws, undefined, log)]);
  expect(await ownBucket(aws, undefined, log)).toEqual(one);
  expect([two.name, looks(), log.lines.length]).toEqual(['sparta-000000000000-us-east-1', 1, 1]);
  await ownBucket(await connectTo(proxy.endpoint), undefined, log);
  expect(looks()).toBe(2);
});

it('is looked for again after it could not be had', async () => {
  const aws = await connectTo(proxy.endpoint);
  await expect(ownBucket(aws, 'late', lines())).rejects.toThrow(/there is no bucket late/);
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.CreateBucketCommand({ Bucket: 'late' }));
  expect(await ownBucket(aws, 'late', lines())).toEqual({ name: 'late', owner: undefined });
});
