/** Usage plans of REST APIs: how often a key may be used. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createUsage } from '../../../src/local/http-api/rest/usage.ts';
import type { Route } from '../../../src/local/http-api/route.ts';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import { type Served, samExpanded, samTemplate, serveTemplate } from './apis.ts';

const ref = (name: string) => ({ Ref: name });
const key = (name: string, plan: string) => ({
  [name]: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: `the-value-of-${name}` } },
  [`${name}In`]: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: ref(name), KeyType: 'API_KEY', UsagePlanId: ref(plan) },
  },
});
const plan = (name: string, properties: object, ofMethods: object = {}) => ({
  [name]: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      ApiStages: [
        { ApiId: ref('Other'), Stage: 'v1', Throttle: { '/fast/GET': { RateLimit: 0, BurstLimit: 0 } } },
        { ApiId: ref('Api'), Stage: ref('Stage'), Throttle: ofMethods },
      ],
      ...properties,
    },
  },
});
const method = (name: string, apiKeyRequired: boolean) => ({
  [`${name}Path`]: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Api'), ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' }, PathPart: name },
  },
  [`${name}Method`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Api'),
      ResourceId: ref(`${name}Path`),
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      ApiKeyRequired: apiKeyRequired,
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 200}' },
        IntegrationResponses: [{ StatusCode: '200' }],
      },
    },
  },
});

const template = samTemplate(
  {},
  {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } },
    Other: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'other' } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: ref('Api'), StageName: 'v1' } },
    Words: {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: ref('Api'),
        ResponseType: 'QUOTA_EXCEEDED',
        StatusCode: '402',
        ResponseTemplates: { 'application/json': '{"pay": $context.error.messageString}' },
      },
    },
    // Nothing is added while the tests run: a request in some days.
    ...plan(
      'Slow',
      { Throttle: { RateLimit: 0.000001, BurstLimit: 2 } },
      { '/fast/GET': { RateLimit: 1, BurstLimit: 9 } },
    ),
    ...plan('Few', { Quota: { Limit: 3, Offset: 1, Period: 'MONTH' } }),
    ...key('One', 'Slow'),
    ...key('Two', 'Slow'),
    ...key('Third', 'Few'),
    ...method('keyed', true),
    ...method('fast', true),
    ...method('open', false),
  },
);

describe('a key of a usage plan', () => {
  let served: Served;
  const said: string[] = [];
  beforeAll(async () => {
    served = await serveTemplate(template, { tell: (line) => said.push(line) });
  });
  afterAll(() => served.stop());
  const statuses = async (name: string, path: string, times: number) => {
    const found: number[] = [];
    for (let n = 0; n < times; n++) {
      const answer = await served.request(path, { headers: { 'x-api-key': `the-value-of-${name}` } });
      found.push(answer.status);
    }
    return found;
  };

  it('is refused when it comes too fast, whatever others do', async () => {
    expect(await statuses('One', '/keyed', 3)).toEqual([200, 200, 429]);
    expect(await statuses('Two', '/keyed', 1)).toEqual([200]);
    const answer = await served.request('/keyed', { headers: { 'x-api-key': 'the-value-of-One' } });
    expect(answer.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(await answer.json()).toEqual({ message: 'Too Many Requests' });
    expect(said.at(-1)).toBe('GET /keyed: 429, refused by its API key');
  });

  it('may be used faster for a method that has a rate of its own', async () => {
    expect(await statuses('One', '/fast', 5)).toEqual([200, 200, 200, 200, 200]);
  });

  it('is refused when its quota is used up, in the words that the API has for that', async () => {
    expect(await statuses('Third', '/keyed', 3)).toEqual([200, 200, 402]);
    const answer = await served.request('/fast', { headers: { 'x-api-key': 'the-value-of-Third' } });
    expect(answer.headers.get('x-amzn-errortype')).toBe('LimitExceededException');
    expect(await answer.json()).toEqual({ pay: 'Limit Exceeded' });
  });

  it('does not count where no key is needed', async () => {
    expect(await statuses('Third', '/open', 4)).toEqual([200, 200, 200, 200]);
  });
});

describe('counting', () => {
  const at = { route: { path: '/x', method: 'GET' } as Route };

  it('lets in what each second adds, up to the burst', () => {
    let now = 0;
    const usage = createUsage(() => now);
    const plan = { id: 'P', methods: {}, throttle: { rate: 2, burst: 2 } };
    const used = () => usage.use('k', plan, at) === undefined;
    expect([used(), used(), used()]).toEqual([true, true, false]);
    now += 500;
    expect([used(), used()]).toEqual([true, false]);
    now += 60_000;
    expect([used(), used(), used()]).toEqual([true, true, false]);
  });

  it.each([
    ['DAY', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
    ['WEEK', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
    ['MONTH', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
  ] as const)('begins anew with each %s', (period, last, next) => {
    let now = Date.parse(last);
    const usage = createUsage(() => now);
    const plan = { id: 'P', methods: {}, quota: { limit: 2, offset: 1, period } };
    const used = () => usage.use('k', plan, at) === undefined;
    expect([used(), used()]).toEqual([true, false]);
    now = Date.parse(next);
    // What is taken off is taken off the first period alone.
    expect([used(), used(), used()]).toEqual([true, true, false]);
  });

  it('has the one plan for all keys where nobody knows them', () => {
    const plans = (resources: object) =>
      routesOf(
        samExpanded(samTemplate({}, { ...resources, ...method('keyed', true), Api: template.Resources.Api })),
      )
        .map(({ api }) => api.rest?.apiKeys)
        .at(-1);
    const unknown = { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } };
    const one = { ...plan('Slow', { Throttle: { BurstLimit: 2 } }), ...key('One', 'Slow'), One: unknown };
    expect(plans(one)).toMatchObject({
      taken: 'any',
      plans: [{ id: 'Slow', throttle: { rate: 10_000, burst: 2 } }],
    });
  });
});
