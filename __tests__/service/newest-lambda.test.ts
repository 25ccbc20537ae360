/** What Lambda got in 2026, from a service definition to the properties of its resources. */
import { describe, expect, it } from '@jest/globals';
import { checkService } from '../../src/service/check/index.ts';
import type { EventDefinition } from '../../src/service/event-types.ts';
import type { FunctionDefinition } from '../../src/service/function-types.ts';
import { parseService } from '../../src/service/parse.ts';
import type { Service } from '../../src/service/types.ts';
import { faultsOf, lint, propertiesOf, templateOf, typesOf } from './declare/support.ts';

const serviceOf = (fn: FunctionDefinition, more: Partial<Service> = {}): Service => ({
  name: 'shop',
  functions: { hello: { handler: 'src/hello.ts', ...fn } },
  ...more,
});
/** Properties of the function; what the definition says has to be accepted as it is. */
function functionOf(fn: FunctionDefinition, more: Partial<Service> = {}) {
  const service = serviceOf(fn, more);
  expect(parseService(service)).toEqual({ service });
  const { faults } = checkService(service, { kindOf: () => 'file', today: '2026-11-29' });
  expect(faults).toEqual([]);
  const [id = ''] =
    Object.entries(typesOf(service)).find(([, type]) => type === 'AWS::Lambda::Function') ?? [];
  return propertiesOf(service, id);
}
const mappingOf = (event: EventDefinition) => {
  const service = serviceOf({ events: [event] });
  expect(faultsOf(service)).toEqual([]);
  const [id = ''] =
    Object.entries(typesOf(service)).find(([, type]) => type === 'AWS::Lambda::EventSourceMapping') ?? [];
  return { properties: propertiesOf(service, id), service };
};

describe('a function', () => {
  it('runs on a runtime that customers manage', () => {
    const arn = 'arn:aws:lambda:eu-central-1:123456789012:runtime/team-node';
    expect(functionOf({ customRuntime: { arn, alias: 'stable' } })).toMatchObject({
      Runtime: 'custom',
      Handler: 'hello.handler',
      RuntimeConfig: { RuntimeArn: arn, RuntimeAlias: 'stable' },
    });
    const faultOf = (fn: FunctionDefinition) =>
      checkService(serviceOf(fn), { kindOf: () => 'file', today: '2026-11-29' }).faults.map(
        ({ message }) => message,
      );
    expect(faultOf({ runtime: 'custom' })).toEqual(['the runtime custom says nothing without customRuntime']);
    expect(faultOf({ runtime: 'nodejs24.x', customRuntime: { arn, alias: 'stable' } })).toEqual([
      'with customRuntime the runtime is custom, not nodejs24.x',
    ]);
  });

  it('leaves its archive where it lies', () => {
    expect(functionOf({ codeStorage: 'reference' }).Code).toMatchObject({ S3ObjectStorageMode: 'REFERENCE' });
    expect(functionOf({}).Code).not.toHaveProperty('S3ObjectStorageMode');
  });

  it('has files of S3, GPUs, and a capacity provider that the service declares', () => {
    const access =
      'arn:aws:s3files:eu-central-1:123456789012:file-system/fs-0123456789abcdef0/access-point/fsap-0123456789abcdef0';
    const provider = {
      Type: 'AWS::Lambda::CapacityProvider',
      Properties: {
        VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:aws:iam::123456789012:role/operator' },
      },
    };
    const properties = functionOf(
      {
        vpc: { subnets: ['subnet-1'], securityGroups: ['sg-1'] },
        fileSystems: [{ arn: access, mount: '/mnt/data', directRead: 'enabled' }],
        capacityProvider: { arn: 'Gpus', concurrency: 10 },
        accelerator: { memory: 24 },
        scaling: { minimum: 1, maximum: 5 },
      },
      { resources: { Gpus: provider } },
    );
    expect(properties).toMatchObject({
      FileSystemConfigs: [
        { Arn: access, LocalMountPath: '/mnt/data', S3FilesConfig: { DirectS3Read: 'ENABLED' } },
      ],
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: { 'Fn::GetAtt': ['Gpus', 'Arn'] },
          PerExecutionEnvironmentMaxConcurrency: 10,
        },
      },
      AcceleratorConfig: { AcceleratorMemorySize: 24 },
      FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 5 },
    });
  });
});

describe('the role of a function with files of S3', () => {
  const system = 'arn:aws:s3files:eu-central-1:123456789012:file-system/fs-0123456789abcdef0';
  const statementsOf = (fileSystem: NonNullable<FunctionDefinition['fileSystems']>[number]) => {
    const vpc = { subnets: ['subnet-1'], securityGroups: ['sg-1'] };
    const service = serviceOf({ vpc, fileSystems: [fileSystem] });
    expect(faultsOf(service)).toEqual([]);
    const [id = ''] = Object.entries(typesOf(service)).find(([, type]) => type === 'AWS::IAM::Role') ?? [];
    const { Policies } = propertiesOf(service, id) as {
      Policies: [{ PolicyDocument: { Statement: { Action: string[]; Resource: unknown }[] } }];
    };
    return Policies[0].PolicyDocument.Statement.filter(({ Action }) =>
      /^(s3|elasticfile)/.test(Action[0] ?? ''),
    );
  };

  it('mounts them, and reads their bucket where it is named', () => {
    const arn = `${system}/access-point/fsap-0123456789abcdef0`;
    const mount = { Action: ['s3files:ClientMount', 's3files:ClientWrite'], Resource: [arn, system] };
    expect(statementsOf({ arn, mount: '/mnt/data' })).toMatchObject([mount]);
    expect(
      statementsOf({ arn, mount: '/mnt/data', directRead: 'enabled', bucket: { Ref: 'Data' } }),
    ).toMatchObject([
      mount,
      {
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: { 'Fn::Sub': ['arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket: { Ref: 'Data' } }] },
      },
    ]);
    const point = { 'Fn::GetAtt': ['Point', 'Arn'] } as const;
    expect(statementsOf({ arn: point, mount: '/mnt/data', directRead: 'auto' })).toMatchObject([
      {
        Action: ['s3files:ClientMount', 's3files:ClientWrite'],
        Resource: [point, { 'Fn::Select': [0, { 'Fn::Split': ['/access-point/', point] }] }],
      },
    ]);
  });
});

describe('a mapping of Kafka', () => {
  const kafka = { kind: 'kafka', servers: ['broker.example.com:9092'], topics: ['orders'] } as const;

  it('consumes as a queue, logs, and shares pollers', async () => {
    const { properties, service } = mappingOf({
      ...kafka,
      consumerGroup: 'shop',
      consumption: 'queue',
      logLevel: 'DEBUG',
      pollers: { minimum: 1, maximum: 5, group: 'shop' },
    });
    expect(properties).toMatchObject({
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'shop', ConsumptionMode: 'Queue' },
      LoggingConfig: { SystemLogLevel: 'DEBUG' },
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 5, PollerGroupName: 'shop' },
    });
    expect(properties).not.toHaveProperty('StartingPosition');
    expect(mappingOf({ ...kafka, consumption: 'stream' }).properties).toMatchObject({
      StartingPosition: 'LATEST',
      SelfManagedKafkaEventSourceConfig: { ConsumptionMode: 'Stream' },
    });
    expect(await lint({ kafka: templateOf(service) })).toEqual([]);
  });

  it('has no start as a queue', () => {
    const event = { ...kafka, consumption: 'queue', start: 'LATEST', window: 5 } as const;
    expect(faultsOf(serviceOf({ events: [event] }))).toEqual([
      'functions.hello.events[0].start: with consumption: queue there is no start. Leave it out.',
      'functions.hello.events[0].window: with consumption: queue there is no window. Leave it out.',
    ]);
  });
});
