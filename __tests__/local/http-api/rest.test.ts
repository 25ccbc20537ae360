/** What REST APIs do beside calling functions: checks of requests, keys, mapping templates, answers of their own. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Served, samTemplate, serveTemplate } from './apis.ts';

const ref = (name: string) => ({ Ref: name });
const uri = (name: string) => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
});

const ORDER = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: 'Order',
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', minLength: 2 },
    count: { type: 'integer', minimum: 0, exclusiveMinimum: true },
    item: { $ref: 'https://apigateway.amazonaws.com/restapis/abc/models/Item' },
  },
};

/** Resources of one method at a path of its own. */
const method = (name: string, properties: object) => ({
  [`${name}Path`]: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Api'), ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' }, PathPart: name },
  },
  [`${name}Method`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Api'),
      ResourceId: ref(`${name}Path`),
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      ...properties,
    },
  },
});

const RESOURCES = {
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: ref('Api'), StageName: 'v1', Variables: { color: 'blue' } },
  },
  Item: {
    Type: 'AWS::ApiGateway::Model',
    Properties: {
      RestApiId: ref('Api'),
      Name: 'Item',
      ContentType: 'application/json',
      Schema: JSON.stringify({ type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] }),
    },
  },
  Order: {
    Type: 'AWS::ApiGateway::Model',
    Properties: { RestApiId: ref('Api'), ContentType: 'application/json', Schema: ORDER },
  },
  Validator: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { RestApiId: ref('Api'), ValidateRequestBody: true, ValidateRequestParameters: true },
  },
  ...method('checked', {
    RequestValidatorId: ref('Validator'),
    RequestModels: { 'application/json': ref('Order') },
    RequestParameters: {
      'method.request.querystring.age': true,
      'method.request.header.x-who': true,
      'method.request.header.X-Not-Needed': false,
    },
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri('Echo') },
  }),
  Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: 'true', Value: 'the-key-of-the-shop' } },
  Off: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: false, Value: 'one-that-is-not-on' } },
  Lone: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: 'one-without-a-plan' } },
  Plan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Stage') }] },
  },
  ...Object.fromEntries(
    ['Key', 'Off'].map((name) => [
      `Plan${name}`,
      {
        Type: 'AWS::ApiGateway::UsagePlanKey',
        Properties: { KeyId: ref(name), KeyType: 'API_KEY', UsagePlanId: ref('Plan') },
      },
    ]),
  ),
  ...method('keyed', {
    ApiKeyRequired: true,
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri('Echo') },
  }),
  ...method('mapped', {
    Integration: {
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: uri('Same'),
      PassthroughBehavior: 'WHEN_NO_TEMPLATES',
      RequestTemplates: {
        'application/json': String.raw`#set($sent = $input.path('$'))
{"who": "$sent.who", "all": $input.json('$'), "q": "$input.params('q')", "said": "$util.escapeJavaScript($sent.said).replaceAll("\\'","'")", "stage": "$context.stage", "color": "$stageVariables.color"}`,
      },
      IntegrationResponses: [
        {
          StatusCode: '200',
          ResponseParameters: {
            'method.response.header.X-Fixed': "'yes'",
            'method.response.header.X-Who': 'integration.response.body.who',
          },
          ResponseTemplates: {
            'application/json':
              '#set($root = $input.path("$"))\n#set($context.responseOverride.header.X-Made = "$root.who!")\n#if($root.q == "teapot")#set($context.responseOverride.status = 418)#end\n{"answer": $input.json("$")}',
          },
        },
      ],
    },
  }),
  ...method('failing', {
    Integration: {
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: uri('Fails'),
      IntegrationResponses: [
        { StatusCode: '200' },
        {
          StatusCode: '404',
          SelectionPattern: '.*oom',
          ResponseTemplates: { 'application/json': '{"why": $input.json("$.errorMessage")}' },
        },
      ],
    },
  }),
  ...Object.fromEntries(
    ['Echo', 'Fails'].flatMap((to) =>
      Object.entries(
        method(`any${to}`, {
          Integration: {
            Type: 'AWS',
            IntegrationHttpMethod: 'POST',
            Uri: uri(to),
            IntegrationResponses: [{ StatusCode: '200' }, { StatusCode: '502', SelectionPattern: '(?s).+' }],
          },
        }),
      ),
    ),
  ),
  ...method('mock', {
    Integration: {
      Type: 'MOCK',
      RequestTemplates: {
        'application/json':
          '#if($input.params("bad") == "yes"){ statusCode: 400 }#else{"statusCode": 200}#end',
      },
      IntegrationResponses: [
        {
          StatusCode: '200',
          ResponseTemplates: { 'application/json': '{"ok": true}', 'text/plain': 'ok' },
        },
        {
          StatusCode: '400',
          SelectionPattern: '4\\d\\d',
          ResponseTemplates: { 'application/json': '{"ok": false}' },
        },
      ],
    },
  }),
  ...method('handed', {
    Integration: {
      Type: 'MOCK',
      RequestTemplates: {
        'application/json': `#set($name = "foo")
#set($context.requestOverride.querystring[$name] = "bar")
$context.requestOverride.querystring.put("put", "too")
#set($context.responseOverride.status = 444)
#set($context.responseOverride.header.foo = "bar")
#set($context.responseOverride.custom = "passed around")
{"statusCode": 200}`,
      },
      IntegrationResponses: [
        {
          StatusCode: '200',
          ResponseParameters: {
            'method.response.header.Content-Length': "'7'",
            'method.response.header.Server': "'mine'",
            'method.response.header.Transfer-Encoding': "'chunked'",
          },
          ResponseTemplates: {
            'application/json':
              '{"foo": "$context.requestOverride.querystring["foo"]", "put": "$context.requestOverride.querystring.put", "custom": "$context.responseOverride.custom", "status": "$context.responseOverride.status"}',
          },
        },
      ],
    },
  }),
  ...method('sent', {
    Integration: {
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: uri('Echo'),
      RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
      IntegrationResponses: [{ StatusCode: '202' }],
    },
  }),
  BadBody: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: ref('Api'),
      ResponseType: 'BAD_REQUEST_BODY',
      StatusCode: '422',
      ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
      ResponseTemplates: {
        'application/json':
          '{"error": $context.error.messageString, "why": "$context.error.validationErrorString", "type": "${context.error.responseType}"}',
      },
    },
  },
  All: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: ref('Api'),
      ResponseType: 'DEFAULT_4XX',
      ResponseParameters: { 'gatewayresponse.header.X-All': 'method.request.header.X-Who' },
    },
  },
};

const send = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

let served: Served;
const told: string[] = [];
beforeAll(async () => {
  served = await serveTemplate(samTemplate({}, RESOURCES), { tell: (line) => told.push(line) });
});
afterAll(() => served.stop());

describe('a request validator', () => {
  const checked = (body: unknown, query = '?age=1') =>
    served.request(`/checked${query}`, send(body, { 'X-Who': 'me' }));

  it('lets through what its model takes', async () => {
    const response = await checked({ id: 'ab', count: 1, item: { sku: 'x' } });
    expect(response.status).toBe(200);
  });

  it.each([
    [{}, 'object has missing required properties (["id"])'],
    ['', 'object has missing required properties (["id"])'],
    [{ id: 1 }, 'instance type (integer) does not match any allowed primitive type (allowed: ["string"])'],
    [{ id: 'a' }, 'string "a" is too short (length: 1, required minimum: 2)'],
    // Draft 4 has true and false here.
    [{ id: 'ab', count: 0 }, 'minimum: 0, found: 0'],
    // By another model.
    [{ id: 'ab', item: {} }, 'object has missing required properties (["sku"])'],
  ])('refuses %j, and says why where the API has words for it', async (body, why) => {
    const response = await checked(body);
    expect(response.status).toBe(422);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('x-amzn-errortype')).toBe('BadRequestException');
    const answer = await response.text();
    expect(answer).toContain('"error": "Invalid request body"');
    expect(answer).toContain('"type": "BAD_REQUEST_BODY"');
    expect(answer).toContain(why);
  });

  it('refuses what is no JSON', async () => {
    expect((await checked('{')).status).toBe(422);
  });

  it('asks for parameters first, which are not blank', async () => {
    const response = await served.request('/checked?age=', send({}));
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: 'Missing required request parameters: [x-who, age]' },
    ]);
  });

  it.each(['text/plain', 'constructor'])('checks no body of a type without a model: %s', async (type) => {
    const response = await served.request('/checked?age=1', {
      method: 'POST',
      headers: { 'Content-Type': type, 'X-Who': 'me' },
      body: 'x',
    });
    expect(response.status).toBe(200);
  });
});

describe('a key', () => {
  const asked = (key?: string) =>
    served.request('/keyed', { headers: key === undefined ? {} : { 'X-Api-Key': key } });

  it('is one of a usage plan of the API', async () => {
    expect((await asked('the-key-of-the-shop')).status).toBe(200);
  });

  it.each([undefined, 'another', 'one-that-is-not-on', 'one-without-a-plan', '__proto__'])(
    'is not %s',
    async (key) => {
      const response = await asked(key);
      expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
      expect(response.headers.get('x-amzn-errortype')).toBe('ForbiddenException');
    },
  );
});

describe('a mapping', () => {
  it('makes the event and the answer', async () => {
    const response = await served.request(
      '/mapped?q=a',
      send({ who: 'me', said: `it's "so"`, list: [{ a: 1 }] }),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('x-fixed')).toBe('yes');
    expect(response.headers.get('x-who')).toBe('me');
    expect(response.headers.get('x-made')).toBe('me!');
    expect(await response.json()).toMatchObject({
      answer: { who: 'me', q: 'a', said: `it's "so"`, stage: 'v1', color: 'blue' },
    });
  });

  it('may choose another status', async () => {
    expect((await served.request('/mapped?q=teapot', send({ who: 'me', said: '' }))).status).toBe(418);
  });

  it.each(['text/csv', 'constructor'])(
    'takes no media type without a template, where it has one for another: %s',
    async (type) => {
      const response = await served.request('/mapped', { ...send('x', { 'Content-Type': type }) });
      expect([response.status, await response.json()]).toEqual([415, { message: 'Unsupported Media Type' }]);
    },
  );

  it('chooses the answer by the message of an error', async () => {
    const response = await served.request('/failing', send({}));
    expect([response.status, await response.json()]).toEqual([404, { why: expect.stringContaining('boom') }]);
  });

  it('tries patterns on errors alone', async () => {
    expect((await served.request('/anyEcho', send({}))).status).toBe(200);
    expect((await served.request('/anyFails', send({}))).status).toBe(502);
  });

  it('passes a body through, and does not wait for an asynchronous invocation', async () => {
    const response = await served.request('/sent', send({ a: 1 }));
    expect([response.status, await response.text()]).toEqual([202, '']);
  });

  it('says what a function cannot be sent', async () => {
    const response = await served.request('/sent', send('no JSON'));
    expect(response.status).toBe(400);
    expect(told.join('\n')).toContain('what Echo would get is no JSON');
  });
});

describe('a mock', () => {
  it.each([
    ['/mock', {}, 200, '{"ok": true}', 'application/json'],
    ['/mock', { Accept: 'text/plain' }, 200, 'ok', 'text/plain'],
    ['/mock?bad=yes', {}, 400, '{"ok": false}', 'application/json'],
  ])('%s with %j', async (path, headers, status, body, type) => {
    const response = await served.request(path, { headers });
    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([
      status,
      body,
      type,
    ]);
  });

  // Source: LocalStack's tests of integrations, which were run at AWS.
  it('hands on to the answer what the request changed, and keeps headers of the gateway apart', async () => {
    const response = await served.request('/handed');
    expect([response.status, response.headers.get('foo')]).toEqual([444, 'bar']);
    expect(await response.json()).toEqual({
      foo: 'bar',
      put: 'too',
      custom: 'passed around',
      status: '444',
    });
    expect(response.headers.get('x-amzn-remapped-content-length')).toBe('7');
    expect(response.headers.get('x-amzn-remapped-server')).toBe('mine');
    expect(response.headers.get('transfer-encoding')).toBeNull();
  });

  it('needs a template that gives its status', async () => {
    const response = await served.request('/mock', send('x', { 'Content-Type': 'text/csv' }));
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
  });
});

it('answers what is not there in its own words, too', async () => {
  const response = await served.request('/nothing', { headers: { 'X-Who': 'me' } });
  expect(response.status).toBe(403);
  expect(response.headers.get('x-all')).toBe('me');
});

describe('an OpenAPI document', () => {
  let api: Served;
  beforeAll(async () => {
    api = await serveTemplate(
      samTemplate(
        {},
        {
          Api: {
            Type: 'AWS::Serverless::Api',
            Properties: {
              StageName: 'v1',
              DefinitionBody: {
                openapi: '3.0.1',
                info: { title: 'orders', version: '1' },
                'x-amazon-apigateway-request-validators': {
                  all: { validateRequestBody: true, validateRequestParameters: true },
                },
                'x-amazon-apigateway-gateway-responses': {
                  DEFAULT_4XX: {
                    responseTemplates: { 'application/json': '{"no":$context.error.messageString}' },
                  },
                },
                components: {
                  parameters: { Page: { in: 'query', name: 'page', required: true } },
                  schemas: {
                    Order: {
                      type: 'object',
                      required: ['id'],
                      properties: { item: { $ref: '#/components/schemas/Item' } },
                    },
                    Item: { type: 'object', additionalProperties: false },
                  },
                  securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
                },
                paths: {
                  '/orders': {
                    parameters: [{ $ref: '#/components/parameters/Page' }],
                    post: {
                      'x-amazon-apigateway-request-validator': 'all',
                      requestBody: {
                        content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
                      },
                      'x-amazon-apigateway-integration': {
                        type: 'aws',
                        httpMethod: 'POST',
                        uri: uri('Fails'),
                        responses: {
                          default: { statusCode: '200' },
                          'bo+m': { statusCode: '409', responseTemplates: { 'application/json': 'sorry' } },
                        },
                      },
                    },
                    options: {
                      'x-amazon-apigateway-integration': {
                        type: 'mock',
                        requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
                        responses: {
                          default: {
                            statusCode: '204',
                            responseParameters: {
                              'method.response.header.Access-Control-Allow-Methods': "'POST,OPTIONS'",
                            },
                          },
                        },
                      },
                    },
                  },
                  '/keyed': {
                    get: {
                      security: [{ key: [] }],
                      'x-amazon-apigateway-integration': { type: 'mock', responses: {} },
                    },
                  },
                },
              },
            },
          },
        },
      ),
    );
  });
  afterAll(() => api.stop());

  const no = async (response: Response) => [response.status, await response.json()];

  it('has requests checked by its schemas, which refer to each other', async () => {
    expect(await no(await api.request('/orders', send({})))).toEqual([
      400,
      { no: 'Missing required request parameters: [page]' },
    ]);
    for (const body of [{}, { id: 1, item: { more: 1 } }])
      expect(await no(await api.request('/orders?page=1', send(body)))).toEqual([
        400,
        { no: 'Invalid request body' },
      ]);
  });

  it('chooses responses by patterns', async () => {
    const response = await api.request('/orders?page=1', send({ id: 1, item: {} }));
    expect([response.status, await response.text()]).toEqual([409, 'sorry']);
  });

  it('answers preflights with a mock', async () => {
    const response = await api.request('/orders', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'POST,OPTIONS',
    ]);
  });

  it('asks for a key, and takes any where no plan says which', async () => {
    expect(await no(await api.request('/keyed'))).toEqual([403, { no: 'Forbidden' }]);
    const response = await api.request('/keyed', { headers: { 'x-api-key': 'any' } });
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal server error' }]);
  });
});
