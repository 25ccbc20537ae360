import { describe, expect, it } from '@jest/globals';
import type { ApiDefinition, RestApiDefinition } from '../../../src/service/api-types.ts';
import type { Service } from '../../../src/service/types.ts';
import { everyApi } from './every-api.ts';
import { faultsOf, lint, propertiesOf, templateOf, typesOf } from './support.ts';

const of = (api: ApiDefinition): Service => ({
  name: 'shop',
  functions: { list: { handler: 'list.ts' }, take: { handler: 'take.ts' } },
  apis: { shop: api },
});
const idsOf = (service: Service, type: string) =>
  Object.entries(typesOf(service)).flatMap(([id, each]) => (each === type ? [id] : []));

describe('every kind of API', () => {
  it('is something that CloudFormation takes', async () => {
    expect(faultsOf(everyApi)).toEqual([]);
    expect(await lint({ apis: templateOf(everyApi) })).toEqual([]);
  });
  it('gives the same template each time', () => {
    expect(JSON.stringify(templateOf(structuredClone(everyApi)))).toBe(JSON.stringify(templateOf(everyApi)));
  });
  it('has its addresses in the outputs', () => {
    expect(Object.keys(templateOf(everyApi).Outputs ?? {})).toEqual([
      'ShopApiUrl',
      'ShopApiDomainUrl',
      'AdminApiAcmeKeyId',
      'AdminApiGlobexKeyId',
      'AdminApiUrl',
      'AdminApiDomainUrl',
      'ChatApiUrl',
      'ChatApiDomainUrl',
    ]);
  });
});

describe('a deployment of a REST API', () => {
  const api: RestApiDefinition = { kind: 'rest', routes: { 'GET /orders': 'list' } };
  const deployment = (changed: RestApiDefinition) => idsOf(of(changed), 'AWS::ApiGateway::Deployment')[0];

  it.each<[string, RestApiDefinition]>([
    ['a route', { ...api, routes: { ...api.routes, 'POST /orders': 'take' } }],
    ['a function', { ...api, routes: { 'GET /orders': 'take' } }],
    ['a guard', { ...api, authorizer: 'iam' }],
    ['CORS', { ...api, cors: { origins: ['*'] } }],
    ['the types of files', { ...api, binaryTypes: ['image/png'] }],
  ])('is another when there is another %s', (_, changed) => {
    expect(deployment(changed)).not.toBe(deployment(api));
  });
  it.each<[string, RestApiDefinition]>([
    ['nothing', { ...api }],
    ['the stage', { ...api, throttling: { rate: 1, burst: 1 } }],
    ['a plan', { ...api, usagePlans: { a: {} } }],
  ])('is the same when %s changes', (_, changed) => {
    expect(deployment(changed)).toBe(deployment(api));
  });
});

it('a function is told once that an API may call it', () => {
  const service = of({ kind: 'http', routes: { 'GET /a': 'list', 'GET /b': 'list', 'GET /c': 'take' } });
  expect(idsOf(service, 'AWS::Lambda::Permission')).toEqual([
    'ShopApiListPermission',
    'ShopApiTakePermission',
  ]);
  expect(idsOf(service, 'AWS::ApiGatewayV2::Integration')).toHaveLength(2);
  expect(propertiesOf(service, 'ShopApiListPermission').SourceArn).toEqual({
    'Fn::Sub': [
      'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/${Rest}',
      { Api: { Ref: 'ShopApi' }, Rest: '*' },
    ],
  });
});

it('paths that look alike are different resources', () => {
  const routes = { 'GET /a/{b}': 'list', 'GET /a/b': 'list', 'GET /a-b': 'list', 'GET /aB': 'list' };
  expect(idsOf(of({ kind: 'rest', routes }), 'AWS::ApiGateway::Resource')).toHaveLength(5);
  expect(idsOf(of({ kind: 'http', routes }), 'AWS::ApiGatewayV2::Route')).toHaveLength(4);
});

describe('faults', () => {
  it.each<[string, ApiDefinition, string]>([
    ['no routes', { kind: 'http', routes: {} }, 'apis.shop: the API has no routes. Add routes.'],
    [
      'a function that there is not',
      { kind: 'http', routes: { 'GET /a': 'lst' } },
      'apis.shop.routes.GET /a: there is no function lst. Write list if that is meant.',
    ],
    [
      'an authorizer that there is not',
      { kind: 'rest', routes: { 'GET /a': { function: 'list', authorizer: 'people' } } },
      'apis.shop.routes.GET /a.authorizer: there is no authorizer people. Add it to authorizers of the API.',
    ],
    [
      'a user pool that there is not',
      { kind: 'rest', routes: { 'GET /a': 'list' }, authorizers: { a: { kind: 'cognito', pool: 'Users' } } },
      'apis.shop.authorizers.a.pool: Users is no resource of this service. Add it to resources (AWS::Cognito::UserPool), or give an ARN.',
    ],
    [
      'a sender that there is not',
      { kind: 'websocket', routes: { $default: 'list' }, senders: ['tkae'] },
      'apis.shop.senders[0]: there is no function tkae. Write take if that is meant.',
    ],
    [
      'an authorizer that nobody asks',
      { kind: 'websocket', routes: { $default: 'list' }, authorizer: 'iam' },
      'apis.shop.authorizer: the authorizer is asked on the route $connect, which there is not. Add $connect to routes.',
    ],
  ])('%s', (_, api, fault) => expect(faultsOf(of(api))).toEqual([fault]));
});
