/** Bodies on their way through integrations of REST APIs: as text, as bytes, and from one to the other. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64 } from '../../../src/local/http-api/rest/content.ts';
import { type Served, samTemplate, serveTemplate } from './apis.ts';

/** No UTF-8, so that whoever takes it for text loses it. */
const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0x0a]);
const AS_TEXT = Buffer.from(PICTURE.toString());
const ENCODED = Buffer.from(PICTURE.toString('base64'));
const TWICE = Buffer.from(ENCODED.toString('base64'));
const WORDS = Buffer.from('this is no Base64');

let endpoint: Server;
let url: string;
/** What the endpoint got, and what it answers. */
let got: Buffer | undefined;
let answers: { readonly type: string; readonly body: Buffer };
beforeAll(async () => {
  endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      got = Buffer.concat(chunks);
      response.writeHead(200, { 'Content-Type': answers.type }).end(answers.body);
    });
  });
  await new Promise<void>((done) => endpoint.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
});
afterAll(() => {
  endpoint.closeAllConnections();
  endpoint.close();
});
let served: Served | undefined;
const told: string[] = [];
afterEach(async () => {
  got = undefined;
  told.length = 0;
  await served?.stop();
  served = undefined;
});

const uri = (name: string) => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
});

/** Each kind of integration that sends bodies as they are. */
const SENDING = {
  AWS: () => ({ Type: 'AWS', Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:s3:path/files/picture' } }),
  HTTP: () => ({ Type: 'HTTP', Uri: `${url}/picture` }),
  HTTP_PROXY: () => ({ Type: 'HTTP_PROXY', Uri: `${url}/picture` }),
};

async function serve(types: readonly string[], integration: object): Promise<Served> {
  served = await serveTemplate(
    samTemplate(
      {},
      {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'files', BinaryMediaTypes: types } },
        Method: {
          Type: 'AWS::ApiGateway::Method',
          Properties: {
            RestApiId: { Ref: 'Api' },
            ResourceId: { 'Fn::GetAtt': 'Api.RootResourceId' },
            HttpMethod: 'ANY',
            AuthorizationType: 'NONE',
            Integration: {
              IntegrationHttpMethod: 'POST',
              IntegrationResponses: [{ StatusCode: '200' }],
              ...integration,
            },
          },
        },
      },
    ),
    { services: () => ({ url, accessKeyId: 'here' }), tell: (line) => told.push(line) },
  );
  return served;
}

const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** AWS's table of requests: the media type, binary types, the handling, what is sent, and what arrives (nothing: 500). */
const REQUESTS: readonly (readonly [
  type: string,
  types: readonly string[],
  handling: string | undefined,
  sent: Buffer,
  arrives: Buffer | undefined,
])[] = [
  ['image/png', [], undefined, PICTURE, AS_TEXT],
  ['image/png', [], 'CONVERT_TO_TEXT', PICTURE, AS_TEXT],
  ['image/png', [], 'CONVERT_TO_BINARY', ENCODED, PICTURE],
  ['image/png', [], 'CONVERT_TO_BINARY', PICTURE, undefined],
  ['text/plain', ['image/png'], undefined, PICTURE, AS_TEXT],
  ['text/plain', ['image/png'], 'CONVERT_TO_TEXT', ENCODED, ENCODED],
  ['text/plain', ['image/png'], 'CONVERT_TO_BINARY', ENCODED, PICTURE],
  ['text/plain', ['image/png'], 'CONVERT_TO_BINARY', WORDS, undefined],
  ['image/png', ['image/png'], undefined, PICTURE, PICTURE],
  ['image/png', ['*/*'], undefined, PICTURE, PICTURE],
  ['image/png', ['image/*'], 'CONVERT_TO_BINARY', PICTURE, PICTURE],
  ['image/png', ['image/png'], 'CONVERT_TO_BINARY', ENCODED, ENCODED],
  ['image/png', ['image/png'], 'CONVERT_TO_TEXT', PICTURE, ENCODED],
  ['image/png', ['image/png'], 'CONVERT_TO_TEXT', ENCODED, TWICE],
];

describe.each(Object.entries(SENDING))('a request to an integration %s', (_, integration) => {
  it.each(REQUESTS)('%s of %j, %s', async (type, types, ContentHandling, sent, arrives) => {
    answers = { type: 'text/plain', body: Buffer.from('done') };
    const { request } = await serve(types, { ...integration(), ...(ContentHandling && { ContentHandling }) });
    const response = await request('/', {
      method: 'POST',
      headers: { 'Content-Type': type, Accept: 'text/plain' },
      body: sent,
    });
    expect([response.status, got]).toEqual([arrives ? 200 : 500, arrives]);
    if (!arrives) expect(told.join()).toContain('is to become binary, and is no Base64');
  });
});

/** AWS's table of answers: the media type of the endpoint, what the client accepts, and so on. */
const ANSWERS: readonly (readonly [
  type: string,
  accept: string,
  types: readonly string[],
  handling: string | undefined,
  answered: Buffer,
  comes: Buffer | undefined,
])[] = [
  ['image/png', 'image/png', [], undefined, PICTURE, AS_TEXT],
  ['image/png', 'image/png', [], 'CONVERT_TO_TEXT', PICTURE, AS_TEXT],
  ['text/plain', 'text/plain', [], 'CONVERT_TO_BINARY', ENCODED, PICTURE],
  ['image/png', 'image/png', [], 'CONVERT_TO_BINARY', PICTURE, undefined],
  ['text/plain', 'text/plain', ['image/png'], undefined, WORDS, WORDS],
  ['text/plain', 'text/plain', ['image/png'], 'CONVERT_TO_BINARY', ENCODED, PICTURE],
  ['text/plain', 'text/plain', ['image/png'], 'CONVERT_TO_TEXT', PICTURE, AS_TEXT],
  ['text/plain', 'image/png', ['image/png'], undefined, ENCODED, PICTURE],
  ['text/plain', 'image/png', ['image/png'], undefined, WORDS, undefined],
  ['text/plain', 'image/png', ['image/png'], 'CONVERT_TO_BINARY', ENCODED, PICTURE],
  ['text/plain', 'image/png', ['image/png'], 'CONVERT_TO_TEXT', WORDS, WORDS],
  ['image/png', 'text/plain', ['image/png'], undefined, PICTURE, ENCODED],
  ['image/png', '*/*', ['image/png'], undefined, PICTURE, ENCODED],
  ['image/png', 'text/plain', ['image/png'], 'CONVERT_TO_BINARY', PICTURE, PICTURE],
  ['image/png', 'text/plain', ['image/png'], 'CONVERT_TO_TEXT', PICTURE, ENCODED],
  ['image/png', 'image/png', ['image/png'], undefined, PICTURE, PICTURE],
  ['image/png', 'image/png;q=0.8, text/plain', ['image/png'], undefined, PICTURE, PICTURE],
  ['image/png', '*/*', ['*/*'], undefined, PICTURE, PICTURE],
  ['image/png', 'image/png', ['image/png'], 'CONVERT_TO_BINARY', PICTURE, PICTURE],
  ['image/png', 'image/png', ['image/png'], 'CONVERT_TO_TEXT', PICTURE, ENCODED],
];

describe.each(Object.entries(SENDING))('an answer of an integration %s', (kind, integration) => {
  // Proxies have no responses that could say how.
  const rows = ANSWERS.filter(([, , , handling]) => kind !== 'HTTP_PROXY' || handling === undefined);
  it.each(rows)('%s for %s of %j, %s', async (type, Accept, types, ContentHandling, body, comes) => {
    answers = { type, body };
    const { request } = await serve(types, {
      ...integration(),
      IntegrationResponses: [{ StatusCode: '200', ...(ContentHandling && { ContentHandling }) }],
    });
    const response = await request('/', { headers: { Accept } });
    expect(response.status).toBe(comes ? 200 : 500);
    if (comes) expect(await bytesOf(response)).toEqual(comes);
    else expect(told.join()).toContain('is to become binary, and is no Base64');
  });
});

it('passes on what is compressed', async () => {
  answers = { type: 'text/plain', body: PICTURE };
  const compressed = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Encoding': 'br' }).end(PICTURE);
  });
  await new Promise<void>((done) => compressed.listen(0, '127.0.0.1', done));
  try {
    const { port } = compressed.address() as AddressInfo;
    const { url: api } = await serve([], { Type: 'HTTP_PROXY', Uri: `http://127.0.0.1:${port}/` });
    const { request } = await import('node:http');
    const body = await new Promise<Buffer>((done) =>
      request(api, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => done(Buffer.concat(chunks)));
      }).end(),
    );
    expect(body).toEqual(PICTURE);
  } finally {
    compressed.close();
  }
});

it.each([
  [7, 200],
  [11, 413],
])('sends on %i MB: %i', async (megabytes, status) => {
  answers = { type: 'text/plain', body: Buffer.from('done') };
  const { request } = await serve(['image/png'], SENDING.AWS());
  const body = Buffer.alloc(megabytes * 1024 * 1024, 0xff);
  const headers = { 'Content-Type': 'image/png' };
  expect((await request('/', { method: 'POST', headers, body })).status).toBe(status);
  expect(got?.length).toBe(status === 200 ? body.length : undefined);
  if (status === 413) expect(told.join()).toContain('larger than the 10 MB that an API takes');
});

describe('a template', () => {
  const template = { RequestTemplates: { 'image/png': '{"data": "$input.body"}' } };
  const send = (body: Buffer): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'image/png', Accept: 'text/plain' },
    body,
  });
  beforeAll(() => {
    answers = { type: 'text/plain', body: Buffer.from('done') };
  });

  it('reads Base64 of a request where its integration asks for text', async () => {
    const given = { ...SENDING.AWS(), ...template, ContentHandling: 'CONVERT_TO_TEXT' };
    const { request } = await serve(['image/png'], given);
    expect((await request('/', send(PICTURE))).status).toBe(200);
    expect(got?.toString()).toBe(`{"data": "${ENCODED}"}`);
  });

  it('reads no bytes, and says what helps', async () => {
    const { request } = await serve(['image/png'], { ...SENDING.AWS(), ...template });
    const response = await request('/', send(PICTURE));
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(got).toBeUndefined();
    expect(told.join()).toContain('Set contentHandling to CONVERT_TO_TEXT in its integration');
  });

  it('writes Base64 of what is to become binary, or fails', async () => {
    const given = { ...SENDING.AWS(), ContentHandling: 'CONVERT_TO_BINARY' };
    const RequestTemplates = { 'image/png': '#set($from = $input.body)$from' };
    const { request } = await serve([], { ...given, RequestTemplates });
    expect((await request('/', send(ENCODED))).status).toBe(200);
    expect(got).toEqual(PICTURE);
    await served?.stop();
    const other = await serve([], { ...given, ...template });
    expect((await other.request('/', send(ENCODED))).status).toBe(500);
  });

  it.each([
    ['CONVERT_TO_TEXT', 200],
    [undefined, 500],
  ])('reads an answer of a binary type with %s: %i', async (ContentHandling, status) => {
    answers = { type: 'image/png', body: PICTURE };
    const { request } = await serve(['image/png'], {
      ...SENDING.HTTP(),
      IntegrationResponses: [
        {
          StatusCode: '200',
          ...(ContentHandling && { ContentHandling }),
          ResponseTemplates: { 'application/json': '{"data": "$input.body"}' },
        },
      ],
    });
    const response = await request('/', { headers: { Accept: 'image/png' } });
    expect(response.status).toBe(status);
    if (status === 200) expect(await response.json()).toEqual({ data: ENCODED.toString() });
    else expect(told.join()).toContain('CONVERT_TO_TEXT in its integration response');
  });

  it('that is empty is none', async () => {
    answers = { type: 'application/json', body: Buffer.from('{"id": 7}') };
    const { request } = await serve([], {
      ...SENDING.AWS(),
      RequestTemplates: { 'application/json': '' },
      IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': '' } }],
    });
    const body = '{"a": 1}';
    const response = await request('/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect([await response.text(), got?.toString()]).toEqual(['{"id": 7}', body]);
  });
});

describe('a mock of an API all of whose types are binary', () => {
  const mock = {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode": 200}' },
    IntegrationResponses: [
      { StatusCode: '200', ResponseParameters: { 'method.response.header.X-Cors': "'*'" } },
    ],
  };

  it('fails, as it does at AWS, until it converts its requests to text', async () => {
    const { request } = await serve(['*/*'], mock);
    expect((await request('/', { method: 'OPTIONS' })).status).toBe(500);
    expect(told.join()).toContain('unable to transform the request');
    await served?.stop();
    const other = await serve(['*/*'], { ...mock, ContentHandling: 'CONVERT_TO_TEXT' });
    const response = await other.request('/', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('x-cors'), await response.text()]).toEqual([200, '*', '']);
  });

  it('may answer with a picture', async () => {
    const { request } = await serve(['image/png'], {
      ...mock,
      IntegrationResponses: [
        {
          StatusCode: '200',
          ContentHandling: 'CONVERT_TO_BINARY',
          ResponseTemplates: { 'image/png': ENCODED.toString() },
        },
      ],
    });
    expect(await bytesOf(await request('/', { headers: { Accept: 'image/png' } }))).toEqual(PICTURE);
  });
});

describe('a function behind mappings', () => {
  it.each([
    ['image/png', undefined, PICTURE],
    ['text/plain', 'CONVERT_TO_BINARY', PICTURE],
    ['text/plain', undefined, Buffer.from(JSON.stringify(ENCODED.toString()))],
  ])('answers Base64, which becomes binary for %s and %s', async (Accept, ContentHandling, comes) => {
    const { request } = await serve(['image/png'], {
      Type: 'AWS',
      Uri: uri('Same'),
      IntegrationResponses: [{ StatusCode: '200', ...(ContentHandling && { ContentHandling }) }],
    });
    const response = await request('/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept },
      body: JSON.stringify(ENCODED.toString()),
    });
    expect(await bytesOf(response)).toEqual(comes);
  });
});

describe('a function behind a proxy integration', () => {
  const proxy = { Type: 'AWS_PROXY', Uri: uri('Respond') };
  const answer = (body: string) => JSON.stringify({ statusCode: 200, body, isBase64Encoded: true });
  const asked = (Accept: string, body: string): RequestInit => ({
    method: 'POST',
    headers: { 'Content-Type': 'text/plain', Accept },
    body: answer(body),
  });

  it.each([
    ['image/png', PICTURE],
    ['image/*', ENCODED],
    ['*/*', ENCODED],
    ['image/webp,image/png', ENCODED],
  ])('answers binary for the first type that is accepted: %s', async (accept, comes) => {
    const { request } = await serve(['image/png', '*/test'], proxy);
    expect(await bytesOf(await request('/', asked(accept, ENCODED.toString())))).toEqual(comes);
  });

  it('fails where what it calls Base64 is none', async () => {
    const { request } = await serve(['image/png'], proxy);
    const response = await request('/', asked('image/png', 'no Base64'));
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
    expect(told.join()).toContain('it is to become binary, and is no Base64: "no Base64"');
  });
});

it.each([
  ['', Buffer.alloc(0)],
  ['YQ==', Buffer.from('a')],
  ['YQ', Buffer.from('a')],
  ['YWI=', Buffer.from('ab')],
  ['+/+/', Buffer.from([0xfb, 0xff, 0xbf])],
])('reads the Base64 %j', (text, bytes) => {
  expect(fromBase64(text)).toEqual(bytes);
});

it.each(['Y', 'YQ=', 'YQ===', 'YWJj=', 'YQ==YQ==', 'YW Jj', 'YWJj\n', '-_-_', '"YQ=="'])(
  'finds that %j is no Base64',
  (text) => {
    expect(() => fromBase64(text)).toThrow('is no Base64');
  },
);
