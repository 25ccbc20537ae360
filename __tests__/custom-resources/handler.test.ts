import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  CloudFrontClient,
  CreateDistributionCommand,
  GetInvalidationCommand,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront';
import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateReceiptRuleSetCommand,
  DescribeActiveReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import {
  type Answer,
  call,
  type Deployed,
  deployHandler,
  type ResponseServer,
  startResponseServer,
} from './support.ts';

let aws: Emulator;
let deployed: Deployed;
let cloudFormation: ResponseServer;
let s3: S3Client;
let ses: SESClient;

beforeAll(async () => {
  [aws, deployed] = await Promise.all([startEmulator(), deployHandler()]);
  const options = {
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  s3 = new S3Client({ ...options, forcePathStyle: true });
  ses = new SESClient(options);
});
afterAll(async () => {
  s3.destroy();
  ses.destroy();
  await Promise.all([aws.stop(), deployed.remove()]);
});
beforeEach(async () => {
  await aws.reset();
  cloudFormation = await startResponseServer();
});
afterEach(() => cloudFormation.stop());

const STACK = 'arn:aws:cloudformation:us-east-1:000000000000:stack/shop/8e4c7a10-1111-2222-3333-444455556666';

const eventOf = (RequestType: string, type: string, properties: object, rest: object = {}) => ({
  RequestType,
  RequestId: `request-${RequestType}`,
  StackId: STACK,
  LogicalResourceId: 'Thing',
  ResourceType: `Custom::Sparta${type}`,
  ResponseURL: cloudFormation.url,
  ResourceProperties: { ServiceToken: 'arn', ...properties },
  ...rest,
});

const env = () => ({ ...aws.env, AWS_REGION: 'us-east-1' });

async function send(event: object, options: { env?: Record<string, string>; remaining?: number } = {}) {
  const { code, output } = await call(deployed, event, { ...env(), ...options.env }, options.remaining);
  const last = cloudFormation.requests.at(-1);
  if (!last) throw new Error(`no answer: ${output}`);
  expect(code).toBe(0);
  expect(last.method).toBe('PUT');
  expect(last.contentType).toBeUndefined();
  expect(output).not.toContain('canary');
  return JSON.parse(last.body) as Answer;
}

const textOf = async (bucket: string, key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body?.transformToString();
};
const keysOf = async (bucket: string) =>
  ((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents ?? []).map(({ Key }) => Key);

describe('every request is answered', () => {
  const body = { BucketName: 'reports', Key: 'shop.json', Body: { Url: 'https://shop' } };

  it('with what it was asked, word for word', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'reports' }));
    expect(await send(eventOf('Create', 'Artifact', body))).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'reports/shop.json',
      Data: { Address: 's3://reports/shop.json' },
      StackId: STACK,
      RequestId: 'request-Create',
      LogicalResourceId: 'Thing',
    });
  });
  it('when the work fails, with the reason and where to read on', async () => {
    const answer = await send(eventOf('Create', 'Artifact', body));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'reports/shop.json' });
    expect(answer.Reason).toMatch(/bucket does not exist.*\(log stream stream-1\)/);
  });
  it('when an update fails, as the resource that it was', async () => {
    const answer = await send(eventOf('Update', 'Artifact', body, { PhysicalResourceId: 'old/shop.json' }));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'old/shop.json' });
  });
  it('when properties are wrong, with all of them; and nothing is there to delete', async () => {
    const wrong = { BucketName: 7, Body: 'text' };
    const answer = await send(eventOf('Create', 'Artifact', wrong));
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(
      'Properties are wrong: BucketName has to be text; Key is missing; Body has to be a map.',
    );
    const { PhysicalResourceId } = answer;
    expect(await send(eventOf('Delete', 'Artifact', wrong, { PhysicalResourceId }))).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId,
    });
  });
  it('when the type is unknown', async () => {
    const answer = await send(eventOf('Create', 'Spaceship', {}));
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toContain('no custom resource of the type Custom::SpartaSpaceship');
  });
  it('when CloudFormation is out of order for a moment', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'reports' }));
    cloudFormation.failWith(500, 503);
    expect(await send(eventOf('Create', 'Artifact', body))).toMatchObject({ Status: 'SUCCESS' });
    expect(cloudFormation.requests).toHaveLength(3);
  });
  it('the same to a repeated request', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'reports' }));
    const event = eventOf('Create', 'Artifact', body);
    expect(await send(event)).toEqual(await send(event));
    expect(await keysOf('reports')).toEqual(['shop.json']);
    const gone = { ...eventOf('Delete', 'Artifact', body), PhysicalResourceId: 'reports/shop.json' };
    expect(await send(gone)).toEqual(await send(gone));
    expect(await keysOf('reports')).toEqual([]);
  });
  it('and ends in an error where the address cannot be reached', async () => {
    const event = eventOf('Create', 'Spaceship', {}, { ResponseURL: 'http://127.0.0.1:9/answer' });
    const { code, output } = await call(deployed, event, env());
    expect(code).toBe(1);
    expect(output).toContain('CloudFormation cannot be answered');
  });
});

describe('against a service that does not behave', () => {
  let server: Server;
  let answers: ((requests: number) => number | undefined) | undefined;
  let requests = 0;
  let endpoint = '';
  beforeEach(async () => {
    requests = 0;
    server = createServer((_, response) => {
      requests += 1;
      const status = answers?.(requests);
      const error = status === 403 ? '<Error><Code>AccessDenied</Code></Error>' : '';
      if (status !== undefined) response.writeHead(status).end(error);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const event = () => eventOf('Create', 'Artifact', { BucketName: 'reports', Key: 'a', Body: { a: 'b' } });

  it('that hangs: answered while there is time to', async () => {
    answers = undefined;
    const answer = await send(event(), { env: { AWS_ENDPOINT_URL: endpoint }, remaining: 6000 });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'reports/a' });
    expect(answer.Reason).toContain('Not done after 1 seconds');
  });
  it('that does not know of a new permission yet: tried again', async () => {
    answers = (count) => (count === 1 ? 403 : 200);
    expect(await send(event(), { env: { AWS_ENDPOINT_URL: endpoint } })).toMatchObject({ Status: 'SUCCESS' });
    expect(requests).toBe(2);
  });
});

describe('notifications of a bucket that others use as well', () => {
  const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
  const others = {
    LambdaFunctionConfigurations: [
      { Id: 'billing', LambdaFunctionArn: arn('billing'), Events: ['s3:ObjectRemoved:*' as const] },
      { Id: 'shop-Thing-more', LambdaFunctionArn: arn('more'), Events: ['s3:ObjectRestore:*' as const] },
    ],
  };
  const properties = (BucketName: string, ...suffixes: string[]) => ({
    BucketName,
    Functions: suffixes.map((Suffix) => ({
      Arn: arn('thumbnails'),
      Events: ['s3:ObjectCreated:*'],
      Prefix: 'in/',
      Suffix,
    })),
  });
  const found = async (bucket: string) =>
    (await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket })))
      .LambdaFunctionConfigurations ?? [];
  const idsOf = async (bucket: string) => (await found(bucket)).map(({ Id }) => Id).sort();

  beforeEach(async () => {
    for (const Bucket of ['photos', 'films']) await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'photos',
        NotificationConfiguration: others,
        SkipDestinationValidation: true,
      }),
    );
  });

  it('are added, changed, moved and removed; theirs stay', async () => {
    const created = await send(eventOf('Create', 'BucketNotification', properties('photos', '.jpg', '.png')));
    expect(created).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'photos/shop-Thing' });
    expect(await idsOf('photos')).toEqual(['billing', 'shop-Thing-0', 'shop-Thing-1', 'shop-Thing-more']);
    const [ours] = (await found('photos')).filter(({ Id }) => Id === 'shop-Thing-0');
    expect(ours).toMatchObject({
      LambdaFunctionArn: arn('thumbnails'),
      Events: ['s3:ObjectCreated:*'],
      Filter: {
        Key: {
          FilterRules: [
            { Name: expect.stringMatching(/^prefix$/i), Value: 'in/' },
            { Name: expect.stringMatching(/^suffix$/i), Value: '.jpg' },
          ],
        },
      },
    });

    const { PhysicalResourceId } = created;
    await send(eventOf('Update', 'BucketNotification', properties('photos', '.gif'), { PhysicalResourceId }));
    expect(await idsOf('photos')).toEqual(['billing', 'shop-Thing-0', 'shop-Thing-more']);

    const moved = await send(
      eventOf('Update', 'BucketNotification', properties('films', '.gif'), { PhysicalResourceId }),
    );
    expect(moved.PhysicalResourceId).toBe('films/shop-Thing');
    expect(await idsOf('films')).toEqual(['shop-Thing-0']);
    await send(eventOf('Delete', 'BucketNotification', properties('photos', '.gif'), { PhysicalResourceId }));
    expect(await idsOf('photos')).toEqual(['billing', 'shop-Thing-more']);
    expect(await idsOf('films')).toEqual(['shop-Thing-0']);
  });
  it('need no removal from a bucket that is gone', async () => {
    expect(
      await send(
        eventOf('Delete', 'BucketNotification', properties('gone', '.a'), {
          PhysicalResourceId: 'gone/shop',
        }),
      ),
    ).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('the rule set that SES uses', () => {
  const active = async () => (await ses.send(new DescribeActiveReceiptRuleSetCommand({}))).Metadata?.Name;
  const of = (type: string, name: string, rest: object = {}) =>
    eventOf(type, 'ReceiptRuleSet', { RuleSetName: name }, rest);
  beforeEach(async () => {
    for (const RuleSetName of ['ours', 'ours-2', 'theirs'])
      await ses.send(new CreateReceiptRuleSetCommand({ RuleSetName }));
  });

  it('is ours, another of ours, then none', async () => {
    expect(await send(of('Create', 'ours'))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'ours' });
    expect(await active()).toBe('ours');
    const change = { PhysicalResourceId: 'ours', OldResourceProperties: { RuleSetName: 'ours' } };
    expect(await send(of('Update', 'ours-2', change))).toMatchObject({ PhysicalResourceId: 'ours-2' });
    expect(await active()).toBe('ours-2');
    await send(of('Delete', 'ours', { PhysicalResourceId: 'ours' }));
    expect(await active()).toBe('ours-2');
    await send(of('Delete', 'ours-2', { PhysicalResourceId: 'ours-2' }));
    expect(await active()).toBeUndefined();
  });
  it('is not taken from others', async () => {
    await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: 'theirs' }));
    const answer = await send(of('Create', 'ours'));
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain('The rule set theirs is active in this region');
    await send(of('Delete', 'ours', { PhysicalResourceId: answer.PhysicalResourceId }));
    expect(await active()).toBe('theirs');
  });
});

describe('a site', () => {
  const zip = (files: Record<string, string>): Promise<Buffer> => {
    const archive = new ZipArchive();
    for (const [name, text] of Object.entries(files)) archive.append(text, { name });
    void archive.finalize();
    return buffer(archive);
  };
  const store = (Key: string, Body: Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key, Body }));
  const properties = (SourceKey: string, rest: object = {}) => ({
    SourceBucket: 'artifacts',
    SourceKey,
    BucketName: 'site',
    Prefix: 'www/',
    Cache: [{ Pattern: 'assets/**', Header: 'max-age=31536000, immutable' }],
    Manifest: { ApiUrl: 'https://api' },
    ...rest,
  });
  beforeEach(async () => {
    for (const Bucket of ['artifacts', 'site']) await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket: 'site', Key: 'other/kept.txt', Body: 'kept' }));
    await store(
      'one.zip',
      await zip({
        'index.html': '<h1>one</h1>',
        'assets/app.js': 'one()',
        'assets/app.js.br': 'packed',
        'old.txt': 'old',
        'archive.gz': 'offered',
      }),
    );
    await store('two.zip', await zip({ 'index.html': '<h1>two</h1>', 'assets/app.js': 'one()' }));
  });

  it('is unpacked with types and headers, replaced without leftovers, and emptied', async () => {
    const created = await send(eventOf('Create', 'Site', properties('one.zip')));
    expect(created).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'site/www/',
      Data: { Files: '6' },
    });
    const head = async (name: string) => {
      const found = await s3.send(new GetObjectCommand({ Bucket: 'site', Key: `www/${name}` }));
      return [found.ContentType, found.ContentEncoding, found.CacheControl];
    };
    expect(await head('index.html')).toEqual(['text/html; charset=utf-8', undefined, undefined]);
    expect(await head('assets/app.js')).toEqual([
      'text/javascript; charset=utf-8',
      undefined,
      'max-age=31536000, immutable',
    ]);
    expect((await head('assets/app.js.br')).slice(0, 2)).toEqual(['text/javascript; charset=utf-8', 'br']);
    expect((await head('archive.gz')).slice(0, 2)).toEqual(['application/octet-stream', undefined]);
    expect(await head('MANIFEST.json')).toEqual(['application/json', undefined, 'no-cache']);
    expect(JSON.parse((await textOf('site', 'www/MANIFEST.json')) ?? '')).toEqual({ ApiUrl: 'https://api' });

    const { PhysicalResourceId } = created;
    const change = { PhysicalResourceId, OldResourceProperties: properties('one.zip') };
    expect(await send(eventOf('Update', 'Site', properties('two.zip'), change))).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId,
    });
    expect(await keysOf('site')).toEqual([
      'other/kept.txt',
      'www/MANIFEST.json',
      'www/assets/app.js',
      'www/index.html',
    ]);
    expect(await textOf('site', 'www/index.html')).toBe('<h1>two</h1>');

    await send(eventOf('Delete', 'Site', properties('two.zip'), { PhysicalResourceId }));
    expect(await keysOf('site')).toEqual(['other/kept.txt']);
  });
  it('changes headers of files that are the same', async () => {
    await send(eventOf('Create', 'Site', properties('two.zip')));
    const change = { PhysicalResourceId: 'site/www/', OldResourceProperties: properties('two.zip') };
    await send(eventOf('Update', 'Site', properties('two.zip', { Cache: [] }), change));
    const { CacheControl } = await s3.send(
      new GetObjectCommand({ Bucket: 'site', Key: 'www/assets/app.js' }),
    );
    expect(CacheControl).toBeUndefined();
  });
  it('has the paths that changed invalidated, once for each request', async () => {
    const client = new CloudFrontClient({
      region: 'us-east-1',
      endpoint: aws.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const { Distribution } = await client.send(
      new CreateDistributionCommand({
        DistributionConfig: {
          CallerReference: 'test',
          Comment: '',
          Enabled: true,
          Origins: { Quantity: 1, Items: [{ Id: 'site', DomainName: 'site.s3.amazonaws.com' }] },
          DefaultCacheBehavior: { TargetOriginId: 'site', ViewerProtocolPolicy: 'https-only' },
        },
      }),
    );
    const DistributionId = Distribution?.Id ?? '';
    const of = (key: string) => properties(key, { DistributionId });
    const invalidated = async () => {
      const { InvalidationList } = await client.send(new ListInvalidationsCommand({ DistributionId }));
      const ids = (InvalidationList?.Items ?? []).map(({ Id }) => Id);
      return Promise.all(
        ids.map(async (Id) => {
          const { Invalidation } = await client.send(new GetInvalidationCommand({ DistributionId, Id }));
          return Invalidation?.InvalidationBatch?.Paths?.Items;
        }),
      );
    };

    await send(eventOf('Create', 'Site', of('one.zip')));
    expect(await invalidated()).toEqual([]);
    const change = { PhysicalResourceId: 'site/www/', OldResourceProperties: of('one.zip') };
    const event = eventOf('Update', 'Site', of('two.zip'), change);
    await send(event);
    await send(event);
    expect(await invalidated()).toEqual([
      ['/', '/archive.gz', '/assets/app.js.br', '/index.html', '/old.txt'],
    ]);
    client.destroy();
  });
  it('is refused when an entry would leave its folder', async () => {
    const bytes = await zip({ 'aa/evil.txt': 'x' });
    await store('evil.zip', Buffer.from(bytes.toString('latin1').replaceAll('aa/evil', '../evil'), 'latin1'));
    const answer = await send(eventOf('Create', 'Site', properties('evil.zip')));
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain('outside of its folder');
  });
});
