/** Integrations with endpoints of others: what is passed on to them, and back. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import type { Template } from '../../../src/template/types.ts';
import { type Served, samTemplate, serveTemplate } from './apis.ts';

/** What the endpoint heard. */
interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PICTURE = Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x00]);
let endpoint: Server;
let origin: string;
beforeAll(async () => {
  endpoint = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '', 'http://endpoint');
      if (pathname === '/moved') return response.writeHead(302, { Location: '/other' }).end();
      if (pathname === '/never') return undefined;
      if (pathname === '/broken') return response.socket?.destroy();
      if (pathname === '/picture')
        return response.writeHead(200, { 'Content-Type': 'image/png' }).end(PICTURE);
      const status = pathname === '/missing' ? 404 : 200;
      response.writeHead(status, { 'Content-Type': 'application/json', Server: 'pets', 'X-Kind': 'pet' });
      const { method, url, headers } = request;
      return response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
    });
  });
  await new Promise<void>((done) => endpoint.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
});
afterAll(() => {
  endpoint.closeAllConnections();
  endpoint.close();
});

const ref = (name: string) => ({ Ref: name });

/** A method of a REST API, at a path of its own or below it. */
const method = (name: string, integration: object, below?: string) => ({
  [`${name}Path`]: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Api'), ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' }, PathPart: name },
  },
  ...(below && {
    [`${name}Below`]: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: ref('Api'), ParentId: ref(`${name}Path`), PathPart: below },
    },
  }),
  [`${name}Method`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Api'),
      ResourceId: ref(below ? `${name}Below` : `${name}Path`),
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      Integration: integration,
    },
  },
});

const rest = (): Template =>
  samTemplate(
    {},
    {
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: { Name: 'pets', BinaryMediaTypes: ['image/gif'] },
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { RestApiId: ref('Api'), StageName: 'v1', Variables: { port: new URL(origin).port } },
      },
      Words: {
        Type: 'AWS::ApiGateway::GatewayResponse',
        Properties: {
          RestApiId: ref('Api'),
          ResponseType: 'INTEGRATION_FAILURE',
          ResponseTemplates: { 'application/json': '{"own": $context.error.messageString}' },
        },
      },
      ...method(
        'all',
        {
          Type: 'HTTP_PROXY',
          IntegrationHttpMethod: 'ANY',
          Uri: 'http://127.0.0.1:${stageVariables.port}/pets/{rest}?fixed=1',
          RequestParameters: {
            'integration.request.path.rest': 'method.request.path.proxy',
            'integration.request.header.X-Stage': 'context.stage',
            'integration.request.querystring.page': "'7'",
          },
        },
        '{proxy+}',
      ),
      ...method('bare', { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: `${origin}/pets` }),
      ...method('mapped', {
        Type: 'HTTP',
        IntegrationHttpMethod: 'PUT',
        Uri: `${origin}/pets`,
        RequestParameters: {
          'integration.request.header.X-Name': 'method.request.body.name',
          'integration.request.querystring.q': 'method.request.querystring.ask',
        },
        RequestTemplates: {
          'application/json': `#set($context.requestOverride.header.X-More = "more")
{"pet": "$input.path('$.name')"}`,
        },
        IntegrationResponses: [
          { StatusCode: '200', ResponseTemplates: { 'application/json': '{"heard": $input.json("$")}' } },
        ],
      }),
      ...method('gone', {
        Type: 'HTTP',
        IntegrationHttpMethod: 'GET',
        Uri: `${origin}/missing`,
        IntegrationResponses: [
          { StatusCode: '200' },
          {
            StatusCode: '410',
            SelectionPattern: '4\\d{2}',
            ResponseParameters: { 'method.response.header.X-Was': 'integration.response.header.X-Kind' },
          },
        ],
      }),
      ...Object.assign(
        {},
        ...['moved', 'never', 'broken', 'picture'].map((name) =>
          method(name, { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: `${origin}/${name}` }),
        ),
      ),
      ...method('unmapped', { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: `${origin}/{id}` }),
      ...method('anywhere', {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'GET',
        Uri: 'http://{host}/latest',
        RequestParameters: { 'integration.request.path.host': 'method.request.querystring.host' },
      }),
      ...method('linked', {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'GET',
        Uri: origin,
        ConnectionType: 'VPC_LINK',
      }),
    },
  );

describe('a REST API', () => {
  let served: Served;
  const said: string[] = [];
  beforeAll(async () => {
    served = await serveTemplate(rest(), { tell: (line) => said.push(line) });
  });
  afterAll(() => served.stop());

  it('passes a request on with its headers, query and body, and what is mapped', async () => {
    const answer = await served.request('/all/a%2Fb/c%20d?page=1&x=y', {
      method: 'POST',
      headers: { 'X-Own': 'yes', 'Content-Type': 'text/plain' },
      body: 'hello',
    });
    expect(answer.status).toBe(200);
    const heard = (await answer.json()) as Heard;
    expect(heard).toMatchObject({
      method: 'POST',
      url: '/pets/a%2Fb/c%20d?fixed=1&x=y&page=7',
      headers: {
        'x-own': 'yes',
        'x-stage': 'v1',
        host: new URL(origin).host,
        'x-amzn-apigateway-api-id': 'api0000000',
      },
      body: 'hello',
    });
    expect(answer.headers.get('x-kind')).toBe('pet');
    expect(answer.headers.get('x-amzn-remapped-server')).toBe('pets');
  });

  it('leaves a query as it was sent, where nothing is mapped to it', async () => {
    const heard = (await (await served.request('/bare?a&b=%20+&c=1&c=2')).json()) as Heard;
    expect(heard.url).toBe('/pets?a&b=%20+&c=1&c=2');
  });

  it('sends only what is mapped, where it maps', async () => {
    const answer = await served.request('/mapped?ask=why&more=no', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Own': 'yes' },
      body: '{"name": "Rex"}',
    });
    const { heard } = (await answer.json()) as { heard: Heard };
    expect(JSON.parse(heard.body)).toEqual({ pet: 'Rex' });
    expect(heard).toMatchObject({
      method: 'PUT',
      url: '/pets?q=why',
      headers: {
        'x-name': 'Rex',
        'x-more': 'more',
        'content-type': 'application/json',
        'user-agent': 'AmazonAPIGateway_api0000000',
        'x-amzn-apigateway-api-id': 'api0000000',
      },
    });
    expect(heard.headers).not.toHaveProperty('x-own');
  });

  it('chooses an answer by the status of the endpoint', async () => {
    const answer = await served.request('/gone');
    expect(answer.status).toBe(410);
    expect(answer.headers.get('x-was')).toBe('pet');
  });

  it('follows no redirect', async () => {
    const answer = await served.request('/moved', { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/other');
  });

  it('takes for text what is of no binary media type', async () => {
    const bytes = async (accept: string) =>
      Buffer.from(await (await served.request('/picture', { headers: { Accept: accept } })).arrayBuffer());
    expect(await bytes('image/png')).toEqual(Buffer.from(PICTURE.toString()));
    // Who accepts a binary type gets what the text stands for.
    expect((await served.request('/picture', { headers: { Accept: 'image/gif' } })).status).toBe(500);
    expect(said.join('\n')).toContain('is to become binary, and is no Base64');
  });

  it('says in its own words that the endpoint does not answer', async () => {
    const broken = await served.request('/broken');
    expect(broken.status).toBe(504);
    expect(await broken.json()).toEqual({ own: 'Network error communicating with endpoint' });
    const impatient = await serveTemplate(rest(), {
      integrationTimeoutMs: 50,
      tell: (line) => said.push(line),
    });
    const late = await impatient.request('/never').finally(() => impatient.stop());
    expect([late.status, await late.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
    expect(said.join('\n')).toContain(`/broken: GET ${origin}/broken gave no answer: `);
    expect(said.join('\n')).toContain(
      `/never: GET ${origin}/never gave no answer: it took longer than 0.05 s`,
    );
  });

  it('fails where its address is not complete', async () => {
    expect((await served.request('/unmapped')).status).toBe(500);
    expect(said.join('\n')).toContain('nothing is mapped to {id} of its address');
  });

  it('reaches no host but those that the template names', async () => {
    for (const [path, why] of [
      ['/anywhere?host=127.0.0.1', 'its address is not known here: http://{host}/latest'],
      ['/linked', 'a VPC link leads into a network that is not here'],
    ] as const) {
      const answer = await served.request(path);
      expect([answer.status, await answer.json()]).toEqual([501, { message: `Not emulated here: ${why}` }]);
    }
  });
});

describe('an HTTP API', () => {
  const integrated = (name: string, key: string, integration: object) => ({
    [`${name}To`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Pets'),
        IntegrationType: 'HTTP_PROXY',
        PayloadFormatVersion: '1.0',
        ...integration,
      },
    },
    [name]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId: ref('Pets'), RouteKey: key, Target: { 'Fn::Sub': `integrations/\${${name}To}` } },
    },
  });
  const resources = () => ({
    Pets: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'pets', ProtocolType: 'HTTP' } },
    ...integrated('One', 'GET /pets/{id}', {
      IntegrationMethod: 'POST',
      IntegrationUri: `${origin}/v2/{id}`,
      RequestParameters: {
        'append:header.X-Id': '$request.path.id',
        'overwrite:header.X-Own': 'is ${request.header.x-own} of ${context.httpMethod}',
        'remove:header.X-Secret': "''",
        'append:querystring.page': '$request.querystring.from',
        'remove:querystring.from': "''",
      },
      ResponseParameters: {
        200: {
          ResponseParameters: [
            { Destination: 'overwrite:statuscode', Source: '203' },
            { Destination: 'append:header.X-Was', Source: '$response.header.x-kind' },
            { Destination: 'overwrite:header.X-Verb', Source: '$response.body.method' },
            { Destination: 'remove:header.X-Kind', Source: "''" },
          ],
        },
      },
    }),
    ...integrated('Path', 'ANY /path/{proxy+}', {
      IntegrationMethod: 'ANY',
      IntegrationUri: origin,
      RequestParameters: { 'overwrite:path': '/v3/${request.path.proxy}' },
    }),
    ...integrated('Broken', 'GET /broken', { IntegrationMethod: 'GET', IntegrationUri: `${origin}/broken` }),
  });
  let served: Served;
  beforeAll(async () => {
    served = await serveTemplate(samTemplate({}, resources()));
  });
  afterAll(() => served.stop());

  it('changes requests and answers as it says', async () => {
    const answer = await served.request('/pets/a%20b?from=2&x=y', {
      headers: { 'X-Own': 'mine', 'X-Secret': 'hidden' },
    });
    expect(answer.status).toBe(203);
    const heard = (await answer.json()) as Heard;
    expect(heard).toMatchObject({
      method: 'POST',
      url: '/v2/a%20b?x=y&page=2',
      headers: { 'x-id': 'a b', 'x-own': 'is mine of GET' },
    });
    expect(heard.headers).not.toHaveProperty('x-secret');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-was': 'pet',
      'x-verb': 'POST',
      server: 'pets',
    });
    expect(answer.headers.has('x-kind')).toBe(false);
  });

  it('has another path where it says so', async () => {
    const heard = (await (await served.request('/path/a%20b%3F/c?x=y', { method: 'PUT' })).json()) as Heard;
    expect(heard).toMatchObject({ method: 'PUT', url: '/v3/a%20b%3F/c?x=y' });
  });

  it('says that the endpoint does not answer', async () => {
    const answer = await served.request('/broken');
    expect([answer.status, await answer.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('has its mappings in OpenAPI documents as well', () => {
    const body = {
      openapi: '3.0.1',
      paths: {
        '/pets': {
          get: {
            'x-amazon-apigateway-integration': {
              type: 'HTTP_PROXY',
              httpMethod: 'GET',
              uri: 'https://pets.example/all',
              requestParameters: { 'append:header.x': '$context.stage' },
              responseParameters: { 200: { 'remove:header.y': "''" } },
              payloadFormatVersion: '1.0',
            },
          },
        },
      },
    };
    const template = {
      Resources: { Pets: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: body } } },
    };
    expect(routesOf(template as unknown as Template)[0]?.target).toEqual({
      kind: 'http',
      endpoint: {
        origin: 'https://pets.example',
        path: '/all',
        query: '',
        method: 'GET',
        parameters: { 'append:header.x': '$context.stage' },
      },
      changes: { 200: { 'remove:header.y': "''" } },
    });
  });
});
