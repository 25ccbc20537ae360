import { describe, expect, it } from '@jest/globals';
import { checkService } from '../../src/service/check/index.ts';
import { externalRoles } from '../../src/service/marshal/index.ts';
import { parseService } from '../../src/service/parse.ts';
import type { Service } from '../../src/service/types.ts';
import type { WebFunctionDefinition } from '../../src/service/web-types.ts';
import { serviceBuilds } from '../../src/sources/service/builds.ts';
import { lint, propertiesOf, templateOf, typesOf } from './declare/support.ts';

const serviceOf = (web: Partial<WebFunctionDefinition> = {}, more: Partial<Service> = {}): Service => ({
  name: 'shop',
  web: { site: { entry: 'src/server.ts', auth: 'iam', ...web } },
  ...more,
});
const FULL: Partial<WebFunctionDefinition> = {
  auth: 'application',
  description: 'The shop',
  timeout: 60,
  concurrency: 8,
  environment: { TABLE: { Ref: 'Orders' }, LIMIT: 3, DEBUG: false },
  role: { privileges: [{ actions: ['dynamodb:GetItem'], resource: 'Orders' }] },
  endpoint: 'front',
  maxEnvironments: 10,
  rateLimit: 1000,
  logging: { applicationLevel: 'WARN', systemLevel: 'DEBUG', retention: 30 },
  networkConnector: 'arn:aws:lambda:eu-central-1:123456789012:network-connector:vpc:1',
  kmsKey: 'arn:aws:kms:eu-central-1:123456789012:key/1',
  dependsOn: ['Orders'],
  tags: { team: 'web' },
};
const ORDERS = {
  resources: {
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
  },
};
const check = (service: Service, isThere = true) =>
  checkService(service, { kindOf: () => (isThere ? 'file' : undefined), today: '2026-11-29' });

describe('a web function of a definition', () => {
  it('is a web function with a revision, an endpoint, a role, a log group and its address', () => {
    const service = serviceOf();
    expect(parseService(service)).toEqual({ service });
    expect(check(service)).toEqual({ faults: [], warnings: [] });
    expect(typesOf(service)).toEqual({
      SiteLogGroup: 'AWS::Logs::LogGroup',
      SiteRole: 'AWS::IAM::Role',
      Site: 'AWS::Lambda::WebFunction',
      SiteRevision: 'AWS::Lambda::WebFunctionRevision',
      SiteEndpoint: 'AWS::Lambda::WebFunctionEndpoint',
    });
    const name = { 'Fn::Sub': '${AWS::StackName}-site' };
    expect(propertiesOf(service, 'SiteRevision')).toEqual({
      FunctionName: name,
      BuildConfig: {
        CodeConfig: { S3Object: { Bucket: 'artifacts', Key: 'artifacts' } },
        RuntimeConfig: { Runtime: 'nodejs24.x' },
      },
      ServiceConfig: {
        ExecutionRoleArn: { 'Fn::GetAtt': ['SiteRole', 'Arn'] },
        EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'server.mjs' },
        TelemetryConfig: { LoggingConfig: { LogGroup: { Ref: 'SiteLogGroup' } } },
      },
    });
    expect(propertiesOf(service, 'SiteEndpoint')).toEqual({
      FunctionName: name,
      EndpointName: 'prod',
      EndpointType: 'HomeRegion',
      AuthType: 'IamAuth',
      RevisionWeights: [{ RevisionId: { 'Fn::GetAtt': ['SiteRevision', 'RevisionId'] }, Weight: 100 }],
    });
    expect(templateOf(service).Outputs).toMatchObject({
      SiteUrl: { Value: { 'Fn::Sub': 'https://${SiteEndpoint.DomainName}' } },
    });
  });

  it('has all that it says, and what CloudFormation’s own schemas take', async () => {
    const service = serviceOf(FULL, ORDERS);
    expect(parseService(service)).toEqual({ service });
    expect(check(service)).toEqual({ faults: [], warnings: [] });
    expect(propertiesOf(service, 'SiteRevision').ServiceConfig).toMatchObject({
      TimeoutSeconds: 60,
      MaxConcurrencyPerEnvironment: 8,
      EnvironmentVariables: { TABLE: { Ref: 'Orders' }, LIMIT: '3', DEBUG: 'false' },
      TelemetryConfig: { LoggingConfig: { ApplicationLogLevel: 'WARN', SystemLogLevel: 'DEBUG' } },
    });
    expect(propertiesOf(service, 'SiteEndpoint')).toMatchObject({
      EndpointName: 'front',
      AuthType: 'ApplicationManaged',
      ScalingConfig: { MaxEnvironments: 10 },
      ThrottleConfig: { RateLimit: 1000 },
    });
    expect(await lint({ full: templateOf(service), plain: templateOf(serviceOf()) })).toEqual([]);
  });

  it('shares a role, or has one that exists', () => {
    const shared = serviceOf({ role: 'web' }, { roles: { web: {} } });
    expect(propertiesOf(shared, 'SiteRevision').ServiceConfig).toMatchObject({
      ExecutionRoleArn: { 'Fn::GetAtt': ['WebRole', 'Arn'] },
    });
    expect(JSON.stringify(propertiesOf(shared, 'WebRole').Policies)).toContain('SiteLogGroup');
    expect(externalRoles(serviceOf({ role: 'of-others' }))).toEqual(['of-others']);
  });

  it.each<[string, Partial<WebFunctionDefinition>, object, string | undefined]>([
    ['TypeScript is a module', {}, { kind: 'node', entries: ['src/server.ts'], format: 'esm' }, 'server.mjs'],
    ['.cts is none', { entry: 'src/index.cts' }, { kind: 'node', format: 'cjs' }, undefined],
    [
      'its build says otherwise',
      { build: { kind: 'node', format: 'cjs', minify: false } },
      { kind: 'node', format: 'cjs', minify: false },
      'server.js',
    ],
    [
      'a command makes it',
      { entry: 'server/index.mjs', build: { kind: 'command', command: 'npm run build', output: '.output' } },
      { kind: 'command', command: 'npm run build' },
      'server/index.mjs',
    ],
  ])('starts the file that its build makes: %s', (_how, web, build, file) => {
    const service = serviceOf(web);
    expect(check(service).faults).toEqual([]);
    const { builds } = serviceBuilds(service, { directory: '/r', buildTags: [], ldflags: '' });
    expect(builds).toMatchObject([
      {
        owner: 'Site',
        build,
        targets: [
          {
            path: ['Resources', 'SiteRevision', 'Properties', 'BuildConfig', 'CodeConfig', 'S3Object'],
            form: { kind: 'object', bucket: 'Bucket', key: 'Key' },
          },
        ],
      },
    ]);
    expect(propertiesOf(service, 'SiteRevision').ServiceConfig).toMatchObject({
      EnvironmentVariables: file === undefined ? {} : { AWS_LAMBDA_NODEJS_ENTRYPOINT: file },
    });
  });

  it('takes code that is there already', () => {
    const service = serviceOf({ entry: 'index.js', build: { kind: 'prebuilt', path: 'dist' } });
    const { local } = serviceBuilds(service, { directory: '/r', buildTags: [], ldflags: '' });
    expect(local).toMatchObject([{ path: '/r/dist', packaging: 'archive', forLambda: true }]);
  });
});

describe('what is wrong with a web function', () => {
  const parsed = (web: object): string[] => {
    const result = parseService(serviceOf(web as Partial<WebFunctionDefinition>));
    return 'faults' in result
      ? result.faults.map(({ path, message }) => `${path.join('.')}: ${message}`)
      : [];
  };
  it.each<[object, RegExp]>([
    [{ auth: 'none' }, /web\.site\.auth/],
    [{ timeout: 901 }, /web\.site\.timeout/],
    [{ rateLimit: 50 }, /web\.site\.rateLimit/],
    [{ memory: 512 }, /memory/],
    [{ port: 8080 }, /port/],
    [{ runtime: 'python3.14' }, /web\.site\.runtime/],
    [{ environment: { EMPTY: '' } }, /text of 1 to 4096/],
    [{ environment: { AWS_LAMBDA_HTTP_ENDPOINT: 'x' } }, /AWS_LAMBDA_/],
    [{ build: { kind: 'image', directory: '.' } }, /kind/],
  ])('is told by the schema: %j', (web, message) => {
    expect(parsed(web).join('\n')).toMatch(message);
  });

  it.each<[string, Partial<WebFunctionDefinition>, boolean, string]>([
    ['another language', { entry: 'app.py' }, true, 'no file of JavaScript or TypeScript'],
    ['a file that is not there', {}, false, 'there is no file src/server.ts'],
    ['a way out', { entry: '../server.ts' }, true, 'leads out'],
    ['a long name', { functionName: 'x'.repeat(65) }, true, 'at most 64'],
    ['a log group of others', { logging: { group: 'g', retention: 1 } }, true, 'group names another'],
    ['what it waits for', { dependsOn: ['Nothing'] }, true, 'no resource Nothing'],
  ])('is told by the check: %s', (_what, web, isThere, message) => {
    expect(check(serviceOf(web), isThere).faults.map((fault) => fault.message)).toEqual([
      expect.stringContaining(message),
    ]);
  });

  it('is a name that something else has', () => {
    const service = serviceOf({}, { functions: { 'site-revision': { handler: 'a.ts' } } });
    expect(check(service).faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('SiteRevision'),
    ]);
  });
});
