import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { freePort } from '../../../src/local/server/free-port.ts';
import { callBucket, readBucket } from '../../../src/local/state-machines/tasks/bucket.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Lists what S3 would, a page at a time. */
async function listing(...pages: readonly (readonly string[])[]): Promise<unknown> {
  const listed = createServer(({ url = '' }, reply) => {
    const at = Number(new URL(url, 'http://host').searchParams.get('continuation-token') ?? 0);
    const entries = pages[at]?.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`) ?? [];
    const more = `<IsTruncated>true</IsTruncated><NextContinuationToken>${at + 1}</NextContinuationToken>`;
    reply.end(`<ListBucketResult>${at + 1 < pages.length ? more : ''}${entries.join('')}</ListBucketResult>`);
  });
  server = listed;
  await new Promise<void>((resolve) => listed.listen(0, '127.0.0.1', resolve));
  const found = await readBucket(`http://127.0.0.1:${(listed.address() as AddressInfo).port}`, {
    resource: 'arn:aws:states:::s3:listObjectsV2',
    bucket: 'orders',
    key: '',
    prefix: '',
  });
  return Array.isArray(found) ? found.map((each) => (each as { Key: string }).Key) : found;
}

it('lists all objects, which S3 tells a thousand at a time', async () => {
  expect(await listing(['a', 'b'], ['c'], ['d'])).toEqual(['a', 'b', 'c', 'd']);
});

it('reads keys as they are called', async () => {
  expect(await listing(['a &amp; b', '&lt;1&gt;.json', '&#38;lt; &#x41;', '&quot;&apos;'])).toEqual([
    'a & b',
    '<1>.json',
    '&lt; A',
    `"'`,
  ]);
});

it('says where nothing answers, and why', async () => {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const why = `Unable to execute HTTP request: 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`;
  const item = { resource: 'arn:aws:states:::s3:getObject', bucket: 'orders', key: 'a', prefix: '' };
  await expect(readBucket(endpoint, item)).rejects.toMatchObject({
    error: 'States.ItemReaderFailed',
    cause: why,
  });
  const caller = { machineName: '', executionArn: '', traceId: '', region: 'us-east-1', account: '' };
  const call = {
    service: 'aws-sdk:s3',
    action: 'getObject',
    parameters: { Bucket: 'orders', Key: 'a' },
    caller,
    signal: new AbortController().signal,
  };
  await expect(callBucket(endpoint, call)).rejects.toMatchObject({
    error: 'S3.SdkClientException',
    cause: why,
  });
});
