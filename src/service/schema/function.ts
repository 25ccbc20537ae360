import { LIMITS } from '../../limits.ts';
import type {
  AcceleratorDefinition,
  AliasDefinition,
  CapacityProviderDefinition,
  CorsDefinition,
  CustomRuntimeDefinition,
  DurableDefinition,
  FileSystemDefinition,
  FunctionDefinition,
  LoggingDefinition,
  RuntimeManagementDefinition,
  ScalingDefinition,
  UrlDefinition,
  VersionDefinition,
  VpcDefinition,
} from '../function-types.ts';
import type { LambdaDecorator } from '../hook-types.ts';
import type { Value } from '../values.ts';
import { build } from './build.ts';
import { event } from './event.ts';
import * as s from './kinds.ts';
import { role } from './role.ts';
import { tags } from './tags.ts';

// Limits: AWS Lambda Developer Guide, "Lambda quotas", and the resource schema of AWS::Lambda::Function.

/** Lambda sets these itself. Source: AWS Lambda Developer Guide, "Defined runtime environment variables". */
const RESERVED =
  'AWS_DEFAULT_REGION|AWS_REGION|AWS_EXECUTION_ENV|AWS_ACCESS_KEY|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|' +
  'AWS_LAMBDA_FUNCTION_NAME|AWS_LAMBDA_FUNCTION_MEMORY_SIZE|AWS_LAMBDA_FUNCTION_VERSION|AWS_LAMBDA_INITIALIZATION_TYPE|' +
  'AWS_LAMBDA_LOG_GROUP_NAME|AWS_LAMBDA_LOG_STREAM_NAME|AWS_LAMBDA_RUNTIME_API|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR';
const ENVIRONMENT_NAME = {
  pattern: new RegExp(`^(?!(${RESERVED})$)[a-zA-Z][a-zA-Z0-9_]+$`),
  accepts:
    'at least two letters, digits and underscores, the first a letter, and no name that Lambda sets itself',
};
const ALIAS_NAME = {
  pattern: /^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/,
  accepts: 'letters, digits, - and _, up to 128 and not only digits',
};

const optionalText = () => s.optional(s.text());
const description = s.optional(s.text({ max: 256 }));
const textValue = s.value(s.text());
const optionalValue = s.optional(textValue);

const listOrIntrinsic = (max: number) =>
  s.either(s.list(textValue, { max }), s.intrinsic as s.Schema<Value<never>>);

const vpc = s.object<VpcDefinition>('VpcDefinition', {
  subnets: s.required(listOrIntrinsic(16)),
  securityGroups: s.required(listOrIntrinsic(5)),
  ipv6: s.optional(s.boolean),
});

/** Days that CloudWatch Logs takes. */
export const retention = s.optional(
  s.choice(
    ...([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096] as const),
    ...([1827, 2192, 2557, 2922, 3288, 3653] as const),
  ),
);

const logging = s.object<LoggingDefinition>('LoggingDefinition', {
  format: s.optional(s.choice('Text', 'JSON')),
  applicationLevel: s.optional(s.choice('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL')),
  systemLevel: s.optional(s.choice('DEBUG', 'INFO', 'WARN')),
  retention,
  group: optionalValue,
  kmsKey: optionalValue,
});

const fileSystem = s.object<FileSystemDefinition>('FileSystemDefinition', {
  arn: s.required(textValue),
  mount: s.required(s.text({ pattern: /^\/mnt\/[a-zA-Z0-9_.-]+$/, accepts: 'a path such as /mnt/data' })),
  directRead: s.optional(s.choice('auto', 'enabled', 'disabled')),
  bucket: optionalValue,
});

const version = s.object<VersionDefinition>('VersionDefinition', {
  description,
  provisionedConcurrency: s.optional(s.whole(1)),
});

const alias = s.object<AliasDefinition>('AliasDefinition', {
  description,
  provisionedConcurrency: s.optional(s.whole(1)),
  weights: s.optional(
    s.map(s.number({ min: 0, max: 1 }), { pattern: /^\d+$/, accepts: 'the number of a version' }),
  ),
});

export const cors = s.object<CorsDefinition>('CorsDefinition', {
  origins: s.optional(s.list(s.text())),
  methods: s.optional(s.list(s.choice('GET', 'PUT', 'HEAD', 'POST', 'PATCH', 'DELETE', '*'))),
  headers: s.optional(s.list(s.text())),
  exposeHeaders: s.optional(s.list(s.text())),
  credentials: s.optional(s.boolean),
  maxAge: s.optional(s.whole(0, 86_400)),
});

const url = s.object<UrlDefinition>('UrlDefinition', {
  auth: s.optional(s.choice('iam', 'none')),
  alias: optionalText(),
  streaming: s.optional(s.boolean),
  cors: s.optional(cors),
});

const runtimeManagement = s.object<RuntimeManagementDefinition>('RuntimeManagementDefinition', {
  updateOn: s.required(s.choice('Auto', 'FunctionUpdate', 'Manual')),
  runtimeVersionArn: optionalText(),
});

const durable = s.object<DurableDefinition>('DurableDefinition', {
  executionTimeout: s.required(s.whole(1, 31_622_400)),
  retention: s.optional(s.whole(1, 90)),
  kmsKey: optionalValue,
});

const capacityProvider = s.object<CapacityProviderDefinition>('CapacityProviderDefinition', {
  arn: s.required(textValue),
  memoryPerCpu: s.optional(s.number({ min: 2, max: 8 })),
  concurrency: s.optional(s.whole(1, 1600)),
});

const accelerator = s.object<AcceleratorDefinition>('AcceleratorDefinition', {
  memory: s.required(s.whole(1)),
});

const customRuntime = s.object<CustomRuntimeDefinition>('CustomRuntimeDefinition', {
  arn: s.required(textValue),
  alias: s.required(s.text({ max: 128 })),
});

const scaling = s.object<ScalingDefinition>('ScalingDefinition', {
  minimum: s.optional(s.whole(0, 15_000)),
  maximum: s.optional(s.whole(0, 15_000)),
});

export const functionSchema = s.object<FunctionDefinition>('FunctionDefinition', {
  handler: s.optional(s.text({ pattern: /^\S.*$/, accepts: 'a file or folder, such as src/hello.ts' })),
  description,
  build: s.optional(build),
  runtime: optionalText(),
  customRuntime: s.optional(customRuntime),
  codeStorage: s.optional(s.choice('copy', 'reference')),
  architecture: s.optional(s.choice('x86_64', 'arm64')),
  memory: s.optional(s.whole(128, 32_768)),
  timeout: s.optional(s.whole(1, LIMITS.function.managedTimeout)),
  ephemeralStorage: s.optional(s.whole(512, 32_768)),
  environment: s.optional(s.map(s.value(s.either(s.text(), s.number(), s.boolean)), ENVIRONMENT_NAME)),
  role: s.optional(s.either(s.text(), s.intrinsic, role)),
  dependsOn: s.optional(s.list(s.text())),
  events: s.optional(s.list(event)),
  layers: s.optional(s.list(textValue, { max: 5 })),
  vpc: s.optional(vpc),
  deadLetter: optionalValue,
  tracing: s.optional(s.boolean),
  reservedConcurrency: s.optional(s.whole(0)),
  logging: s.optional(logging),
  snapStart: s.optional(s.boolean),
  fileSystems: s.optional(s.list(fileSystem, { max: 1 })),
  kmsKey: optionalValue,
  tags: s.optional(tags),
  version: s.optional(s.either(s.boolean, version)),
  aliases: s.optional(s.map(alias, ALIAS_NAME)),
  url: s.optional(s.either(s.boolean, url)),
  functionName: optionalValue,
  codeSigning: optionalValue,
  recursiveLoop: s.optional(s.choice('Allow', 'Terminate')),
  runtimeManagement: s.optional(runtimeManagement),
  durable: s.optional(durable),
  tenantIsolation: s.optional(s.boolean),
  capacityProvider: s.optional(capacityProvider),
  accelerator: s.optional(accelerator),
  scaling: s.optional(scaling),
  publishToLatest: s.optional(s.boolean),
  properties: s.optional(s.map(s.data)),
  decorators: s.optional(s.list(s.code<LambdaDecorator>())),
});
