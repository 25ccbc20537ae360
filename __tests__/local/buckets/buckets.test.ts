import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changesOf } from '../../../src/local/buckets/changes.ts';
import { bucketsProxy } from '../../../src/local/buckets/index.ts';
import { tellOf } from '../../../src/local/buckets/tell.ts';
import type { RemoteEndpoint } from '../../../src/local/service/part.ts';
import type { BucketPlan } from '../../../src/local/service/plan.ts';
import { until } from '../../support/eventually.ts';
import { KEEPS, serviceContext } from '../service-context.ts';

const notification = { id: 'all', event: 's3:Object*', arn: KEEPS, prefix: '', suffix: '' };
const files: BucketPlan = { name: 'files', eventBridge: false, notifications: [notification] };

/** What is told of a change: to a queue, and to the default bus. */
async function told(event: string, more: object = {}) {
  const { context, sent } = serviceContext({ buckets: [{ ...files, eventBridge: true }] });
  context.targets.add('events', async (arn, body, delivery) => void sent.push({ arn, body, ...delivery }));
  tellOf(context)({ bucket: 'files', key: "a b/(1)'s.txt", event, size: 3, tag: 'abc', ...more });
  await Promise.resolve();
  const [record, bus] = sent.map(({ body }) => JSON.parse(body));
  return { record: record.Records[0], detail: bus.detail, type: bus['detail-type'] };
}

/** Source: Amazon S3 User Guide, "Event message structure" and "EventBridge event message structure". */
describe('what a bucket tells', () => {
  it.each([
    ['ObjectCreated:Put', 'PutObject', undefined],
    ['ObjectCreated:Copy', 'CopyObject', undefined],
    ['ObjectCreated:CompleteMultipartUpload', 'CompleteMultipartUpload', undefined],
    ['ObjectRemoved:Delete', 'DeleteObject', 'Permanently Deleted'],
    ['ObjectRemoved:DeleteMarkerCreated', 'DeleteObject', 'Delete Marker Created'],
  ])('%s is the reason %s', async (event, reason, deletion) => {
    const { record, detail } = await told(event);
    expect(record.eventName).toBe(event);
    expect([detail.reason, detail['deletion-type']]).toEqual([reason, deletion]);
  });

  it('has keys encoded for notifications only, and versions where there are some', async () => {
    const { record, detail } = await told('ObjectCreated:Put', { version: 'v1' });
    expect(record.s3.object).toMatchObject({ key: 'a+b/%281%29%27s.txt', versionId: 'v1' });
    expect(detail.object).toMatchObject({ key: "a b/(1)'s.txt", 'version-id': 'v1' });
    const next = await told('ObjectCreated:Put');
    expect(record.s3.object.sequencer < next.record.s3.object.sequencer).toBe(true);
  });
});

it('a version that is marked as deleted is no deletion', () => {
  const answer = { headers: { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'v2' } };
  const deletion = (path: string) =>
    changesOf({
      target: new URL(`http://localhost/files/a${path}`),
      incoming: { method: 'DELETE', headers: {} },
      answer,
      body: '',
    }).map(({ event, version }) => [event, version]);
  expect(deletion('')).toEqual([['ObjectRemoved:DeleteMarkerCreated', 'v2']]);
  expect(deletion('?versionId=v2')).toEqual([['ObjectRemoved:Delete', 'v2']]);
});

describe('an object whose request says nothing of its size', () => {
  const servers: Server[] = [];
  const listen = async (server: Server): Promise<string> => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  let front: string;
  const { context, sent } = serviceContext({ buckets: [files] });
  beforeAll(async () => {
    const storage = createServer((request, response) => {
      if (request.method !== 'HEAD') response.end('<Result/>');
      else if (request.url === '/files/there')
        response.setHeader('ETag', '"of-it"').setHeader('Content-Length', 42).end();
      else response.writeHead(404).end();
    });
    const remote: RemoteEndpoint = {
      url: await listen(storage),
      make: true,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    front = await listen(createServer(bucketsProxy(context, remote)));
  });
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is asked for it, and is told of only where it is there', async () => {
    await fetch(`${front}/files/missing?uploadId=1`, { method: 'POST', body: '<Complete/>' });
    await fetch(`${front}/files/there?uploadId=1`, { method: 'POST', body: '<Complete/>' });
    await fetch(`${front}/files/there`, { method: 'PUT', headers: { 'x-amz-copy-source': 'files/other' } });
    await until(() => sent.length === 2);
    const records = sent.map(({ body }) => JSON.parse(body).Records[0]);
    expect(records.map(({ eventName }) => eventName).sort()).toEqual([
      'ObjectCreated:CompleteMultipartUpload',
      'ObjectCreated:Copy',
    ]);
    expect(records.map(({ s3 }) => [s3.object.size, s3.object.eTag])).toEqual([
      [42, 'of-it'],
      [42, 'of-it'],
    ]);
  });
});
