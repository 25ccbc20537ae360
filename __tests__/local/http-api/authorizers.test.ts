import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listen } from '../../../src/local/server/listen.ts';
import { type Served, samTemplate, serveTemplate } from './apis.ts';

const onApi = (path: string, authorizer: string) => ({
  Type: 'Api',
  Properties: { Path: path, Method: 'get', Auth: { Authorizer: authorizer } },
});
const onHttp = (path: string, authorizer: string, more: object = {}) => ({
  Type: 'HttpApi',
  Properties: { Path: path, Method: 'get', Auth: { Authorizer: authorizer, ...more } },
});
const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

describe('authorizers of a REST API', () => {
  let served: Served;
  beforeAll(async () => {
    const Authorizers = {
      Token: { FunctionArn: arnOf('Token'), Identity: { ValidationExpression: '[a-z]+' } },
      Request: {
        FunctionArn: arnOf('Request'),
        FunctionPayloadType: 'REQUEST',
        Identity: { Headers: ['auth'], QueryStrings: ['q'] },
      },
      Missing: { FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:elsewhere' },
      Pool: { UserPoolArn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_x' },
    };
    served = await serveTemplate(
      samTemplate(
        {
          Echo: {
            Events: {
              token: onApi('/token', 'Token'),
              request: onApi('/request', 'Request'),
              missing: onApi('/missing', 'Missing'),
              pool: onApi('/pool', 'Pool'),
              iam: onApi('/iam', 'AWS_IAM'),
              open: onApi('/open', 'NONE'),
            },
          },
        },
        {},
        { Api: { Auth: { Authorizers, DefaultAuthorizer: 'Token' } } },
      ),
    );
  });
  afterAll(() => served.stop());

  it.each([
    ['none', undefined, 401, { message: 'Unauthorized' }],
    ['one that does not match the expression', 'ALLOW', 401, { message: 'Unauthorized' }],
    ['one that is refused', 'unauthorized', 401, { message: 'Unauthorized' }],
    [
      'an explicit deny',
      'deny',
      403,
      { Message: 'User is not authorized to access this resource with an explicit deny' },
    ],
    [
      'an allow of something else',
      'other',
      403,
      { Message: 'User is not authorized to access this resource' },
    ],
    ['an answer without a policy', 'malformed', 500, { message: null }],
    ['an authorizer that fails', 'broken', 500, { message: null }],
  ])('with %s: TOKEN refuses', async (_what, token, status, body) => {
    const response = await served.request('/token', {
      headers: token === undefined ? {} : { Authorization: token },
    });
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  it('TOKEN lets through, and passes its context on as text', async () => {
    const response = await served.request('/token', { headers: { Authorization: 'allow' } });
    expect(await response.json()).toMatchObject({
      requestContext: { authorizer: { principalId: 'someone', level: '7', admin: 'true' } },
    });
  });

  it.each([
    ['/request?q=1', 'allow', 200],
    ['/request?q=1', 'deny', 403],
    ['/request', 'allow', 401],
  ])('REQUEST answers %s with %s by %i', async (path, auth, status) => {
    expect((await served.request(path, { headers: { auth } })).status).toBe(status);
  });

  it.each([
    ['/missing', 500],
    ['/pool', 401],
    ['/iam', 403],
  ])('%s fails closed', async (path, status) => {
    const response = await served.request(path, { headers: { Authorization: 'AWS4-HMAC-SHA256 allow' } });
    expect(response.status).toBe(status);
  });

  it('NONE opens a route', async () => {
    expect((await served.request('/open')).status).toBe(200);
  });
});

it('claims of a signature pass where the caller allows it', async () => {
  const served = await serveTemplate(samTemplate({ Echo: { Events: { iam: onApi('/iam', 'AWS_IAM') } } }), {
    allowUnverifiedIam: true,
  });
  try {
    expect((await served.request('/iam')).status).toBe(403);
    expect(
      (await served.request('/iam', { headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=x' } })).status,
    ).toBe(200);
  } finally {
    await served.stop();
  }
});

describe('simple authorizers of an HTTP API', () => {
  let served: Served;
  beforeAll(async () => {
    const Authorizers = {
      Simple: {
        FunctionArn: arnOf('Simple'),
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        Identity: { Headers: ['auth'] },
      },
    };
    served = await serveTemplate(
      samTemplate(
        { Echo: { Events: { one: onHttp('/one', 'Simple') } } },
        {},
        { HttpApi: { Auth: { Authorizers } } },
      ),
    );
  });
  afterAll(() => served.stop());

  it.each([
    [undefined, 401, { message: 'Unauthorized' }],
    ['deny', 403, { message: 'Forbidden' }],
    ['broken', 500, { message: 'Internal Server Error' }],
    ['malformed', 500, { message: 'Internal Server Error' }],
  ])('%s is refused with %i', async (auth, status, body) => {
    const response = await served.request('/one', { headers: auth === undefined ? {} : { auth } });
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  it('let through, with their context', async () => {
    const response = await served.request('/one', { headers: { auth: 'allow' } });
    expect(await response.json()).toMatchObject({
      requestContext: { authorizer: { lambda: { type: 'REQUEST', level: 7 } } },
    });
  });
});

describe('JWT authorizers', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  let served: Served;
  let issuer: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    const server: Server = createServer((request, response) => {
      const body = request.url?.startsWith('/.well-known')
        ? { jwks_uri: `${issuer.url}/keys` }
        : { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] };
      response.end(JSON.stringify(body));
    });
    issuer = await listen(server);
    const Authorizers = {
      Jwt: {
        IdentitySource: '$request.header.Authorization',
        JwtConfiguration: { issuer: issuer.url, audience: ['app'] },
      },
      Lost: {
        JwtConfiguration: { issuer: 'http://127.0.0.1:1', audience: ['app'] },
        IdentitySource: '$request.header.Authorization',
      },
    };
    served = await serveTemplate(
      samTemplate(
        {
          Echo: {
            Events: {
              one: onHttp('/one', 'Jwt'),
              scoped: onHttp('/scoped', 'Jwt', { AuthorizationScopes: ['write'] }),
              lost: onHttp('/lost', 'Lost'),
            },
          },
        },
        {},
        { HttpApi: { Auth: { Authorizers } } },
      ),
    );
  });
  afterAll(async () => {
    await served.stop();
    await issuer.stop();
  });

  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const in5Minutes = (): number => Math.floor(Date.now() / 1000) + 300;
  function token(claims: object = {}, header: object = {}, key: KeyObject = privateKey): string {
    const body = { iss: issuer.url, aud: 'app', exp: in5Minutes(), scope: 'read', ...claims };
    const signed = `${encode({ alg: 'RS256', kid: 'one', ...header })}.${encode(body)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
  const get = (path: string, bearer: string) =>
    served.request(path, { headers: { Authorization: `Bearer ${bearer}` } });

  it('let a valid token through, with its claims', async () => {
    const response = await get('/one', token({ sub: 'me', groups: ['a', 'b'] }));
    expect(await response.json()).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'me', groups: '[a b]' }, scopes: null } } },
    });
  });

  it.each<[string, () => string]>([
    ['another key', () => token({}, {}, stranger)],
    ['an unknown key id', () => token({}, { kid: 'two' })],
    ['no key id', () => token({}, { kid: undefined })],
    ['no algorithm', () => `${token({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    ['an algorithm that is not accepted', () => token({}, { alg: 'HS256' })],
    ['a name of the prototype as algorithm', () => token({}, { alg: 'constructor' })],
    ['another issuer', () => token({ iss: 'https://evil.example' })],
    ['another audience', () => token({ aud: 'other' })],
    ['no audience', () => token({ aud: undefined })],
    ['an end in the past', () => token({ exp: 1 })],
    ['no end', () => token({ exp: undefined })],
    ['a start in the future', () => token({ nbf: in5Minutes() })],
    [
      'a changed body',
      () =>
        token().replace(
          /\.[^.]+\./,
          `.${encode({ iss: issuer.url, aud: 'app', exp: in5Minutes(), sub: 'root' })}.`,
        ),
    ],
    ['no token', () => 'nonsense'],
  ])('refuse a token with %s', async (_what, make) => {
    const response = await get('/one', make());
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it('refuse when there is none, and when the issuer does not answer', async () => {
    expect((await served.request('/one')).status).toBe(401);
    expect((await get('/lost', token({ iss: 'http://127.0.0.1:1' }))).status).toBe(401);
  });

  it('want one of the scopes', async () => {
    expect((await get('/scoped', token())).status).toBe(403);
    const response = await get('/scoped', token({ scope: 'read write' }));
    expect(await response.json()).toMatchObject({
      requestContext: { authorizer: { jwt: { scopes: ['write'] } } },
    });
  });
});
