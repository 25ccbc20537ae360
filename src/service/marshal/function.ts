import type { Json, JsonObject } from '../../template/types.ts';
import type { FunctionDefinition } from '../function-types.ts';
import { DISCOVERY } from './discovery.ts';
import type { DefinedCode } from './handler.ts';

/** What a function's resource refers to. */
export interface FunctionLinks {
  readonly code: DefinedCode;
  /** Its physical name. */
  readonly name: Json;
  /** ARN of its role. */
  readonly role: Json;
  /** Name of its log group. */
  readonly logGroup: Json;
  /** `undefined` where a function may have no environment. */
  readonly discovery: Json | undefined;
  /** Logical IDs. */
  readonly dependsOn: readonly string[];
}

/** The function itself. Its code is filled in once its archive has a place. */
export function functionResource(fn: FunctionDefinition, links: FunctionLinks): JsonObject {
  return {
    Type: 'AWS::Lambda::Function',
    ...(links.dependsOn.length > 0 && { DependsOn: [...links.dependsOn] }),
    Properties: { ...properties(fn, links), ...(fn.properties as JsonObject | undefined) },
  };
}

function properties(fn: FunctionDefinition, links: FunctionLinks): JsonObject {
  const { code, name, role } = links;
  return {
    FunctionName: name,
    ...set('Description', fn.description),
    Role: role,
    ...(code.kind === 'image' ? imageProperties(fn) : codeProperties(code, fn)),
    Architectures: [fn.architecture ?? 'x86_64'],
    ...set('MemorySize', fn.memory),
    ...set('Timeout', fn.timeout),
    ...(fn.ephemeralStorage !== undefined && { EphemeralStorage: { Size: fn.ephemeralStorage } }),
    ...(links.discovery !== undefined && {
      Environment: { Variables: { ...environment(fn), [DISCOVERY]: links.discovery } },
    }),
    ...set('Layers', fn.layers),
    ...(fn.vpc && { VpcConfig: vpcProperties(fn.vpc) }),
    ...(fn.deadLetter !== undefined && { DeadLetterConfig: { TargetArn: fn.deadLetter as Json } }),
    ...(fn.tracing !== undefined && { TracingConfig: { Mode: fn.tracing ? 'Active' : 'PassThrough' } }),
    ...set('ReservedConcurrentExecutions', fn.reservedConcurrency),
    LoggingConfig: {
      LogGroup: links.logGroup,
      ...set('LogFormat', fn.logging?.format),
      ...set('ApplicationLogLevel', fn.logging?.applicationLevel),
      ...set('SystemLogLevel', fn.logging?.systemLevel),
    },
    ...(fn.snapStart && { SnapStart: { ApplyOn: 'PublishedVersions' } }),
    ...(fn.fileSystems && {
      FileSystemConfigs: fn.fileSystems.map(({ arn, mount, directRead }) => ({
        Arn: arn as Json,
        LocalMountPath: mount,
        ...(directRead && { S3FilesConfig: { DirectS3Read: directRead.toUpperCase() } }),
      })),
    }),
    ...set('KmsKeyArn', fn.kmsKey),
    ...set('CodeSigningConfigArn', fn.codeSigning),
    ...set('RecursiveLoop', fn.recursiveLoop),
    ...(fn.runtimeManagement && {
      RuntimeManagementConfig: {
        UpdateRuntimeOn: UPDATE_ON[fn.runtimeManagement.updateOn],
        ...set('RuntimeVersionArn', fn.runtimeManagement.runtimeVersionArn),
      },
    }),
    ...(fn.durable && {
      DurableConfig: {
        ExecutionTimeout: fn.durable.executionTimeout,
        ...set('RetentionPeriodInDays', fn.durable.retention),
        ...set('KMSKeyArn', fn.durable.kmsKey),
      },
    }),
    ...(fn.tenantIsolation && { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }),
    ...(fn.capacityProvider && {
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: fn.capacityProvider.arn as Json,
          ...set('ExecutionEnvironmentMemoryGiBPerVCpu', fn.capacityProvider.memoryPerCpu),
          ...set('PerExecutionEnvironmentMaxConcurrency', fn.capacityProvider.concurrency),
        },
      },
    }),
    ...(fn.accelerator && { AcceleratorConfig: { AcceleratorMemorySize: fn.accelerator.memory } }),
    ...(fn.scaling && {
      FunctionScalingConfig: {
        ...set('MinExecutionEnvironments', fn.scaling.minimum),
        ...set('MaxExecutionEnvironments', fn.scaling.maximum),
      },
    }),
    ...(fn.publishToLatest !== undefined && { PublishToLatestPublished: fn.publishToLatest }),
    ...(fn.tags && { Tags: tagList(fn.tags) }),
  };
}

const UPDATE_ON = { Auto: 'Auto', FunctionUpdate: 'FunctionUpdate', Manual: 'Manual' } as const;

const codeProperties = (
  { handler, runtime }: Exclude<DefinedCode, { kind: 'image' }>,
  { customRuntime, codeStorage }: FunctionDefinition,
): JsonObject => ({
  Handler: handler,
  Runtime: runtime,
  ...(customRuntime && {
    RuntimeConfig: { RuntimeArn: customRuntime.arn as Json, RuntimeAlias: customRuntime.alias },
  }),
  Code: { S3Bucket: '', S3Key: '', ...set('S3ObjectStorageMode', codeStorage?.toUpperCase()) },
});

function imageProperties({ build }: FunctionDefinition): JsonObject {
  const { command, entryPoint, workingDirectory } = build?.kind === 'image' ? build : {};
  const config = {
    ...set('Command', command),
    ...set('EntryPoint', entryPoint),
    ...set('WorkingDirectory', workingDirectory),
  };
  return {
    PackageType: 'Image',
    Code: { ImageUri: '' },
    ...(Object.keys(config).length > 0 && { ImageConfig: config }),
  };
}

/** Lambda takes text only. */
function environment({ environment: variables = {} }: FunctionDefinition): JsonObject {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === 'object' ? (value as JsonObject) : String(value),
    ]),
  );
}

const vpcProperties = ({
  subnets,
  securityGroups,
  ipv6,
}: NonNullable<FunctionDefinition['vpc']>): JsonObject => ({
  SubnetIds: subnets as Json,
  SecurityGroupIds: securityGroups as Json,
  ...set('Ipv6AllowedForDualStack', ipv6),
});

/** Tags as most resources take them, in the order of their keys. */
export const tagList = (tags: Readonly<Record<string, string>>): Json[] =>
  Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));

/** A property, unless it is left out. */
const set = (name: string, value: unknown): JsonObject =>
  value === undefined ? {} : { [name]: value as Json };
