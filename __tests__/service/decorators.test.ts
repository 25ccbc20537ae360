import { describe, expect, it } from '@jest/globals';
import {
  alarms,
  apiDomain,
  cloudFrontDistribution,
  cloudMap,
  concurrency,
  dashboard,
  loadBalancer,
  logAggregation,
  publishOutput,
  s3Artifact,
  safeDeployment,
  versioning,
} from '../../src/service/decorators/index.ts';
import type { LambdaDecorator, ServiceDecorator } from '../../src/service/hook-types.ts';
import { mergeFragments } from '../../src/service/marshal/fragment.ts';
import { logicalId } from '../../src/service/marshal/ids.ts';
import type { Service } from '../../src/service/types.ts';
import type { JsonObject, Template } from '../../src/template/types.ts';
import { lint, templateOf } from './declare/support.ts';

const context = {
  noop: true,
  stage: '',
  region: undefined,
  accountId: undefined,
  buildId: 'b',
  stackName: 'shop',
  directory: '/',
};

/** Runs decorators as the flow does. */
function decorated(service: Service): Template {
  const marshalled = templateOf(service);
  const run = (decorator: LambdaDecorator | ServiceDecorator, more: object) => {
    const template: Template = { Resources: {} };
    decorator({ ...context, service, template, marshalled, codeHash: 'c', ...more } as never);
    return { from: `decorator ${decorator.name}`, fragment: template };
  };
  const functions = Object.entries(service.functions ?? {}).flatMap(([functionName, { decorators = [] }]) =>
    decorators.map((each) => run(each, { functionName, logicalId: logicalId(functionName) })),
  );
  const services = (service.decorators ?? []).map((each) => run(each, {}));
  return mergeFragments([{ from: 'the service', fragment: marshalled }, ...functions, ...services]);
}

const propertiesIn = (template: Template, id: string) =>
  (template.Resources[id] as JsonObject | undefined)?.Properties as JsonObject;
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555';

const everything: Service = {
  name: 'shop',
  functions: {
    list: {
      handler: 'list.ts',
      url: true,
      decorators: [
        alarms({
          errors: 5,
          duration: 1000,
          iteratorAge: 60_000,
          notify: ['arn:aws:sns:us-east-1:123456789012:ops'],
        }),
        versioning(),
        publishOutput('ListArn'),
        publishOutput('ListName', { attribute: 'Ref', description: 'Name of list' }),
      ],
    },
    take: {
      handler: 'take.ts',
      aliases: { live: {} },
      decorators: [
        safeDeployment({
          shift: 'Canary10Percent5Minutes',
          alarms: [{ Ref: 'ListErrorsAlarm' }],
          before: 'check',
          after: 'check',
        }),
        concurrency({ reserved: 50 }),
      ],
    },
    check: { handler: 'check.ts' },
    busy: {
      handler: 'busy.ts',
      aliases: { live: { description: 'what callers use' } },
      decorators: [
        concurrency({
          provisioned: {
            minimum: 1,
            maximum: 5,
            schedule: [{ cron: '0 8 * * ? *', minimum: 3, maximum: 10 }],
          },
        }),
      ],
    },
  },
  apis: {
    shop: { kind: 'http', routes: { 'GET /': 'list' } },
    admin: { kind: 'rest', routes: { 'GET /': 'list' } },
  },
  resources: { Orders: { Type: 'AWS::SQS::Queue' } },
  decorators: [
    dashboard(),
    logAggregation({ shards: 1, except: ['check'] }),
    cloudFrontDistribution({
      origin: { api: 'shop' },
      names: ['shop.example.com'],
      certificate: CERTIFICATE,
      zone: 'Z0123456789ABC',
    }),
    cloudFrontDistribution({ id: 'UrlDistribution', origin: { functionUrl: 'list' } }),
    cloudFrontDistribution({ id: 'AdminDistribution', origin: { api: 'admin' } }),
    apiDomain('shop', { name: 'api.example.com', certificate: CERTIFICATE }),
    apiDomain('admin', { name: 'admin.example.com', certificate: CERTIFICATE, basePath: 'v1' }),
    loadBalancer({
      subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      securityGroups: ['sg-0123456789abcdef0'],
      certificate: CERTIFICATE,
      default: 'list',
      rules: [{ function: 'take', paths: ['/take/*'], methods: ['POST'] }],
    }),
    cloudMap({ service: 'orders', resources: { Orders: { Arn: { 'Fn::GetAtt': ['Orders', 'Arn'] } } } }),
    s3Artifact({ bucket: 'reports', key: 'shop/outputs.json', content: { Queue: { Ref: 'Orders' } } }),
  ],
};

it('all decorators together make something that CloudFormation takes', async () => {
  expect(await lint({ decorators: decorated(everything) })).toEqual([]);
});
it('they make the same each time', () => {
  expect(JSON.stringify(decorated(everything))).toBe(JSON.stringify(decorated(everything)));
});

describe('a decorator', () => {
  const template = decorated(everything);

  it('adds to what the definition says of an alias', () => {
    expect(propertiesIn(template, 'BusyLiveAlias')).toMatchObject({
      Description: 'what callers use',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
    });
  });
  it('has calls move to the version that was published', () => {
    const { FunctionVersion } = propertiesIn(template, 'TakeLiveAlias') as {
      FunctionVersion: { 'Fn::GetAtt': string[] };
    };
    expect(FunctionVersion['Fn::GetAtt'][0]).toMatch(/^TakeVersion/);
    expect(template.Resources).toHaveProperty(FunctionVersion['Fn::GetAtt'][0] ?? '');
  });
  it('says that there is no alias', () => {
    const decorators = [safeDeployment({ shift: 'AllAtOnce' })];
    const service: Service = { name: 'shop', functions: { a: { handler: 'a.ts', decorators } } };
    expect(() => decorated(service)).toThrow('the function has no alias live; give it aliases: { live: {} }');
  });
  it('sets a property of a function', () => {
    expect(propertiesIn(template, 'Take').ReservedConcurrentExecutions).toBe(50);
  });
  it('that contradicts the definition is an error that names both', () => {
    const service: Service = {
      name: 'shop',
      functions: {
        a: { handler: 'a.ts', reservedConcurrency: 1, decorators: [concurrency({ reserved: 2 })] },
      },
    };
    expect(() => decorated(service)).toThrow(
      'the service and decorator concurrency both define Resources.A.Properties.ReservedConcurrentExecutions, differently',
    );
  });
  it.each<[string, ServiceDecorator, string]>([
    ['an API', apiDomain('no', { name: 'a.b', certificate: 'c' }), 'there is no API no'],
    [
      'a function',
      loadBalancer({ subnets: [], securityGroups: [], default: 'no' }),
      'there is no function no',
    ],
    ['a URL', cloudFrontDistribution({ origin: { functionUrl: 'take' } }), 'the function take has no url'],
  ])('says that there is not %s', (_, decorator, message) => {
    expect(() => decorated({ ...everything, decorators: [decorator] })).toThrow(message);
  });
  it('has no alarm for what is turned off', () => {
    const service: Service = {
      name: 's',
      functions: { a: { handler: 'a.ts', decorators: [alarms({ throttles: false })] } },
    };
    const made = Object.keys(decorated(service).Resources).filter((id) => id.endsWith('Alarm'));
    expect(made).toEqual(['AErrorsAlarm']);
  });
});
