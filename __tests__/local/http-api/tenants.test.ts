/** Tenants behind APIs: as the integration names them, or as the request does. */
import { afterEach, expect, it } from '@jest/globals';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import { startHttpApi } from '../../../src/local/http-api/server.ts';
import type { Json, JsonObject, Template } from '../../../src/template/types.ts';
import { localFunction, testHost } from '../functions.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function served(template: Template) {
  const told: string[] = [];
  const host = testHost([
    localFunction({ logicalId: 'Kept', handler: 'tenant.api', tenantIsolation: true }),
    localFunction({ logicalId: 'Shared', handler: 'tenant.api' }),
  ]);
  const endpoint = await startHttpApi(host, routesOf(template), { tell: (line) => told.push(line) });
  stops.push(
    () => host.stop(),
    () => endpoint.stop(),
  );
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
    const response = await fetch(endpoint.url + path, { headers });
    return response.ok ? response.json() : response.status;
  };
  return { ask, told };
}

const uri = (name: string): Json => ({
  'Fn::Sub': `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`,
});
const FUNCTIONS: JsonObject = {
  Kept: { Type: 'AWS::Lambda::Function', Properties: {} },
  Shared: { Type: 'AWS::Lambda::Function', Properties: {} },
};
const HEADER = 'integration.request.header.X-Amz-Tenant-Id';

/** An API made of resources; the tenant comes from where it says. */
const ofResources = (name: string, source?: string): Template => ({
  Resources: {
    ...FUNCTIONS,
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live', Variables: { owner: 'stage-owner' } },
    },
    Item: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        PathPart: '{customer}',
      },
    },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { Ref: 'Item' },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'AWS_PROXY',
          Uri: uri(name),
          ...(source !== undefined && { RequestParameters: { [HEADER]: source } }),
        },
      },
    },
  },
});

/** The same as an OpenAPI document. */
const ofDocument = (name: string, source: string): Template => ({
  Resources: {
    ...FUNCTIONS,
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Body: {
          paths: {
            '/{customer}': {
              get: {
                'x-amazon-apigateway-integration': {
                  type: 'aws_proxy',
                  uri: uri(name),
                  requestParameters: { [HEADER.toLowerCase()]: source },
                },
              },
            },
          },
        },
      },
    },
  },
});

it('have environments of their own, by the header of the request', async () => {
  const { ask } = await served(ofResources('Kept'));
  const of = (tenant: string) => ask('/x', { 'X-Amz-Tenant-Id': tenant });
  expect(await of('blue')).toEqual({ tenant: 'blue', calls: 1 });
  expect(await of('green')).toEqual({ tenant: 'green', calls: 1 });
  expect(await of('blue')).toEqual({ tenant: 'blue', calls: 2 });
});

it.each<[source: string, path: string, headers: Record<string, string>, tenant: string]>([
  ['method.request.header.x-customer', '/x', { 'X-Customer': 'blue' }, 'blue'],
  ['method.request.querystring.customer', '/x?customer=green', {}, 'green'],
  ['method.request.path.customer', '/of%20red', {}, 'of red'],
  ['context.identity.sourceIp', '/x', {}, '127.0.0.1'],
  ['stageVariables.owner', '/x', {}, 'stage-owner'],
  ["'always'", '/x', {}, 'always'],
])('are named by the integration: %s', async (source, path, headers, tenant) => {
  const { ask } = await served(ofResources('Kept', source));
  // What the request itself names does not count then.
  const all = { 'X-Amz-Tenant-Id': 'intruder', ...headers };
  // On a machine with both protocols, the address has its longer form.
  const named: unknown = source.endsWith('sourceIp') ? expect.stringContaining(tenant) : tenant;
  expect(await ask(path, all)).toEqual({ tenant: named, calls: 1 });
});

it('are named by the integration of an OpenAPI document', async () => {
  const { ask } = await served(ofDocument('Kept', 'method.request.header.x-customer'));
  expect(await ask('/x', { 'X-Customer': 'blue' })).toEqual({ tenant: 'blue', calls: 1 });
});

it('have to be named where they are kept apart, and are not elsewhere', async () => {
  const kept = await served(ofResources('Kept', 'method.request.header.x-customer'));
  expect(await kept.ask('/x', { 'X-Amz-Tenant-Id': 'blue' })).toBe(500);
  expect(kept.told).toEqual([
    'GET /x: Kept keeps tenants apart, and the request names none: its integration takes it from method.request.header.x-customer',
  ]);
  const shared = await served(ofResources('Shared'));
  expect(await shared.ask('/x', { 'X-Amz-Tenant-Id': 'blue' })).toEqual({ tenant: null, calls: 1 });
});
