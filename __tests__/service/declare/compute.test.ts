/** Capacity providers, network connectors and images of MicroVMs, from a definition to its resources. */
import { describe, expect, it } from '@jest/globals';
import { checkService } from '../../../src/service/check/index.ts';
import { declaredAssets } from '../../../src/service/marshal/index.ts';
import { parseService } from '../../../src/service/parse.ts';
import type { Service } from '../../../src/service/types.ts';
import { faultsOf, lint, propertiesOf, templateOf, typesOf } from './support.ts';

const network = {
  subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroups: ['sg-0123456789abcdef0'],
};
const base = { base: 'arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1', baseVersion: '1' };

/** A function on GPUs, and MicroVMs that reach a network. */
const service: Service = {
  name: 'models',
  functions: {
    infer: {
      handler: 'src/infer.py',
      architecture: 'arm64',
      capacityProvider: { arn: 'gpu-machines', concurrency: 4, memoryPerCpu: 4 },
      accelerator: { memory: 24 },
      scaling: { minimum: 1, maximum: 5 },
      publishToLatest: true,
      timeout: 3600,
    },
  },
  capacityProviders: {
    'gpu-machines': {
      ...network,
      architecture: 'arm64',
      instanceTypes: ['g5g.xlarge'],
      maxCpus: 64,
      use: { cpu: 70, gpu: 60 },
      logging: { level: 'INFO' },
      machineTags: { team: 'models' },
      tags: { team: 'models' },
    },
  },
  networkConnectors: { inner: { ...network, protocol: 'DualStack' } },
  microvmImages: {
    sandbox: {
      folder: 'sandbox',
      ...base,
      memory: 2048,
      environment: { MODE: 'test' },
      connectors: ['inner'],
      hooks: { port: 9000, ready: 60, run: 10, suspend: 5 },
      logging: { group: '/models/sandbox' },
      osCapabilities: true,
    },
  },
};
const facts = {
  kindOf: (path: string) => (path === 'sandbox' ? ('folder' as const) : ('file' as const)),
  today: '2026-11-29',
};
const faults = (more: Partial<Service>): string[] =>
  checkService({ ...service, ...more }, facts).faults.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('a service with machines of its own', () => {
  it('is taken as it is', () => {
    expect(parseService(service)).toEqual({ service });
    expect(faultsOf(service)).toEqual([]);
    expect(faults({})).toEqual([]);
  });

  it('has a capacity provider with a role, and functions on it', () => {
    expect(propertiesOf(service, 'GpuMachinesCapacityProvider')).toEqual({
      VpcConfig: {
        SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        SecurityGroupIds: ['sg-0123456789abcdef0'],
      },
      PermissionsConfig: {
        CapacityProviderOperatorRoleArn: { 'Fn::GetAtt': ['GpuMachinesCapacityProviderRole', 'Arn'] },
      },
      InstanceRequirements: { Architectures: ['arm64'], AllowedInstanceTypes: ['g5g.xlarge'] },
      CapacityProviderScalingConfig: {
        MaxVCpuCount: 64,
        ScalingMode: 'Manual',
        ScalingPolicies: [
          { PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 70 },
          { PredefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization', TargetValue: 60 },
        ],
      },
      TelemetryConfig: { LoggingConfig: { SystemLogLevel: 'INFO' } },
      PropagateTags: { Mode: 'Explicit', ExplicitTags: [{ Key: 'team', Value: 'models' }] },
      Tags: [{ Key: 'team', Value: 'models' }],
    });
    const [id = ''] =
      Object.entries(typesOf(service)).find(([, type]) => type === 'AWS::Lambda::Function') ?? [];
    expect(propertiesOf(service, id)).toMatchObject({
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: { 'Fn::GetAtt': ['GpuMachinesCapacityProvider', 'Arn'] },
          ExecutionEnvironmentMemoryGiBPerVCpu: 4,
          PerExecutionEnvironmentMaxConcurrency: 4,
        },
      },
      AcceleratorConfig: { AcceleratorMemorySize: 24 },
      FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 5 },
      PublishToLatestPublished: true,
    });
  });

  it('has connectors, and images of MicroVMs whose role reads their archive only', () => {
    expect(propertiesOf(service, 'InnerNetworkConnector')).toEqual({
      Configuration: {
        VpcEgressConfiguration: {
          SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
          SecurityGroupIds: ['sg-0123456789abcdef0'],
          NetworkProtocol: 'DualStack',
          AssociatedComputeResourceTypes: ['MicroVm'],
        },
      },
      OperatorRole: { 'Fn::GetAtt': ['InnerNetworkConnectorRole', 'Arn'] },
    });
    const place = { Bucket: 'artifacts', Key: 'artifacts' };
    expect(propertiesOf(service, 'SandboxMicrovmImage')).toEqual({
      Name: { 'Fn::Sub': '${AWS::StackName}-sandbox' },
      Description: '',
      CodeArtifact: { Uri: { 'Fn::Sub': ['s3://${Bucket}/${Key}', place] } },
      BaseImageArn: base.base,
      BaseImageVersion: '1',
      BuildRoleArn: { 'Fn::GetAtt': ['SandboxMicrovmImageRole', 'Arn'] },
      CpuConfigurations: [],
      Resources: [{ MinimumMemoryInMiB: 2048 }],
      EnvironmentVariables: [{ Key: 'MODE', Value: 'test' }],
      EgressNetworkConnectors: [{ 'Fn::GetAtt': ['InnerNetworkConnector', 'Arn'] }],
      AdditionalOsCapabilities: ['ALL'],
      Hooks: {
        Port: 9000,
        MicrovmImageHooks: { Ready: 'ENABLED', ReadyTimeoutInSeconds: 60 },
        MicrovmHooks: {
          Run: 'ENABLED',
          RunTimeoutInSeconds: 10,
          Suspend: 'ENABLED',
          SuspendTimeoutInSeconds: 5,
        },
      },
      Logging: { CloudWatch: { LogGroup: '/models/sandbox' } },
    });
    expect(propertiesOf(service, 'SandboxMicrovmImageRole')).toMatchObject({
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Action: ['s3:GetObject'],
                Resource: [{ 'Fn::Sub': ['arn:${AWS::Partition}:s3:::${Bucket}/${Key}', place] }],
              },
              { Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'] },
            ],
          },
        },
      ],
    });
    expect(declaredAssets(service)).toMatchObject([{ source: { folder: 'sandbox' } }]);
  });

  it('makes a template that AWS has schemas for', async () => {
    const small: Service = {
      name: 'small',
      capacityProviders: { plain: network },
      networkConnectors: {
        web: { ...network, for: 'web-functions', role: 'arn:aws:iam::123456789012:role/r' },
      },
      microvmImages: { quiet: { folder: 'sandbox', ...base, logging: false } },
    };
    expect(parseService(small)).toEqual({ service: small });
    const findings = await lint({ full: templateOf(service), small: templateOf(small) });
    // The published schema of functions does not have this property yet.
    expect(findings.filter((each) => !each.includes("'AcceleratorConfig' was unexpected"))).toEqual([]);
  });

  it('is told what contradicts itself', () => {
    const { infer } = service.functions as { infer: NonNullable<Service['functions']>[string] };
    const { capacityProvider: _, ...alone } = infer;
    expect(faults({ functions: { infer: alone } })).toEqual([
      'functions.infer.accelerator: it is for functions on a capacity provider, which this one has not',
      'functions.infer.scaling: it is for functions on a capacity provider, which this one has not',
      'functions.infer.publishToLatest: it is for functions on a capacity provider, which this one has not',
      'functions.infer.timeout: has to be a whole number from 1 to 1800, but is 3600',
    ]);
    expect(
      faults({
        functions: { infer: { ...infer, architecture: 'x86_64', scaling: { minimum: 2, maximum: 1 } } },
      }),
    ).toEqual([
      'functions.infer.scaling: the minimum is 2, which is more than the maximum of 1',
      'functions.infer.architecture: it is x86_64, but the machines of gpu-machines are arm64',
    ]);
    expect(faults({ functions: { infer: { ...infer, capacityProvider: { arn: 'GpuMachine' } } } })).toEqual([
      'functions.infer.capacityProvider: the service has no resource GpuMachine',
    ]);
    expect(
      faults({
        capacityProviders: {
          'gpu-machines': {
            ...network,
            architecture: 'arm64',
            instanceTypes: ['a'],
            excludedInstanceTypes: ['b'],
          },
        },
        networkConnectors: { inner: { ...network, for: 'web-functions' } },
        microvmImages: {
          sandbox: { folder: 'sandbox', ...base, connectors: ['inner', 'iner', 'arn:aws:lambda:x'] },
          other: { folder: 'missing', ...base },
        },
      }),
    ).toEqual([
      'capacityProviders.gpu-machines: instanceTypes and excludedInstanceTypes exclude each other',
      'microvmImages.sandbox.connectors.0: inner is for web functions',
      'microvmImages.sandbox.connectors.1: iner is no network connector of this service',
      'microvmImages.other.folder: missing is no folder',
    ]);
    const bare = {
      ...facts,
      kindOf: (path: string) => (path === 'sandbox' ? ('folder' as const) : undefined),
    };
    expect(
      checkService({ name: 'x', microvmImages: { sandbox: { folder: 'sandbox', ...base } } }, bare).faults,
    ).toMatchObject([{ message: 'there is no Dockerfile in sandbox' }]);
  });
});
