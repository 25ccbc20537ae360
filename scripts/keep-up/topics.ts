import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { STACK_STATES } from '../../src/aws/stack/stack-states.ts';
import { RUNTIMES } from '../../src/runtimes.ts';
import { POLICY_TEMPLATES } from '../../src/sam/data/policy-templates.ts';
import { FUNCTION_EVENTS, STATE_MACHINE_EVENTS } from '../../src/sam/events/index.ts';
import { TYPES } from '../../src/sam/generators.ts';
import { jsonSchema } from '../../src/service/schema/json-schema.ts';
import { serviceSchema } from '../../src/service/schema/service.ts';
import { ASSET_PROPERTIES } from '../../src/template/assets/asset-properties.ts';
import type { Model, Newest } from './newest.ts';

/** Something that AWS adds to, and the place in our code that has to know it. */
export interface Topic {
  /** One word, as in decided.txt. */
  readonly name: string;
  /** Relative to the repository. */
  readonly place: string;
  /** What there is. */
  readonly of: (newest: Newest) => readonly string[];
  /** What we know. */
  readonly known: ReadonlySet<string>;
}

const root = resolve(import.meta.dirname, '../..');

/** All words of the code in a folder or file: what is written nowhere there, nobody has thought of. Comments are no code. */
function wordsOf(...places: readonly string[]): ReadonlySet<string> {
  const files = places.flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.ts'))
          .map((name) => join(place, name)),
  );
  return new Set(files.flatMap((file) => withoutComments(file).match(/[\w.-]+(?:::?[\w.-]+)*/g) ?? []));
}

const withoutComments = (file: string): string =>
  readFileSync(join(root, file), 'utf8').replaceAll(/^\s*\/\*[\s\S]*?\*\/|(^|\s)\/\/ .*/gm, '');

const values = (model: Model, shape: string): readonly string[] => model[shape]?.enum ?? [];
/** Members of a structure, those of inner ones too. */
function members(model: Model, shape: string, seen: ReadonlySet<string> = new Set()): readonly string[] {
  if (seen.has(shape)) return [];
  return Object.entries(model[shape]?.members ?? {}).flatMap(([name, { shape: inner = '' }]) => [
    name,
    ...members(model, model[inner]?.member?.shape ?? inner, new Set([...seen, shape])),
  ]);
}
const errors = (model: Model): readonly string[] =>
  Object.entries(model).flatMap(([name, { exception, error }]) => (exception ? [error?.code ?? name] : []));

/** Names of properties, those of inner ones too. */
const propertiesOf = ({ types }: Newest, type: string): readonly string[] => [
  ...new Set(
    [...(types.get(type)?.keys() ?? [])].flatMap((path) =>
      path.split('.').filter((key) => /^\w+$/.test(key)),
    ),
  ),
];

/** Types of which SAM CLI packages local files, and those of Lambda that take an object in a bucket. */
const withCode = ({ types, sam }: Newest): readonly string[] => [
  ...sam.packaged,
  ...[...types].flatMap(([type, properties]) =>
    type.startsWith('AWS::Lambda::') && [...properties.keys()].some((path) => path.endsWith('.S3Key'))
      ? [type]
      : [],
  ),
];

/** Numbers of Lambda's model, and where service definitions have them. */
const LARGEST: Readonly<Record<string, string>> = {
  Timeout: 'FunctionDefinition.timeout',
  MemorySize: 'FunctionDefinition.memory',
  EphemeralStorageSize: 'FunctionDefinition.ephemeralStorage',
  ExecutionTimeout: 'DurableDefinition.executionTimeout',
  RetentionPeriodInDays: 'DurableDefinition.retention',
  PerExecutionEnvironmentMaxConcurrency: 'CapacityProviderDefinition.concurrency',
  FunctionScalingConfigExecutionEnvironments: 'ScalingDefinition.maximum',
  MaxAge: 'CorsDefinition.maxAge',
  BatchSize: 'SqsEvent.batchSize',
  MaximumBatchingWindowInSeconds: 'SqsEvent.window',
  MaximumConcurrency: 'SqsEvent.maxConcurrency',
  ParallelizationFactor: 'KinesisEvent.parallelization',
  MaximumRecordAgeInSeconds: 'KinesisEvent.maxAge',
  MaximumRetryAttemptsEventSourceMapping: 'KinesisEvent.retries',
  TumblingWindowInSeconds: 'KinesisEvent.tumblingWindow',
  MinimumNumberOfPollers: 'PollersDefinition.minimum',
  MaximumNumberOfPollers: 'PollersDefinition.maximum',
};

const { definitions } = jsonSchema(serviceSchema, '', { descriptions: {} }) as {
  definitions: Record<string, { properties?: Record<string, { maximum?: number }> }>;
};
const largest = (at: string): number | undefined => {
  const [definition = '', property = ''] = at.split('.');
  return definitions[definition]?.properties?.[property]?.maximum;
};

/** Every topic. What opens or protects something is the affair of `npm run test:doors`. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'runtime',
    place: 'src/runtimes.ts',
    of: ({ lambda }) => values(lambda, 'Runtime'),
    known: new Set(RUNTIMES),
  },
  {
    name: 'limit',
    place: 'src/limits.ts, src/service/schema/function.ts, src/service/schema/event.ts',
    of: ({ lambda }) =>
      ['FunctionName', ...Object.keys(LARGEST)].flatMap((shape) =>
        lambda[shape]?.max === undefined ? [] : [`${shape}=${lambda[shape].max}`],
      ),
    known: new Set(Object.entries(LARGEST).map(([shape, at]) => `${shape}=${largest(at)}`)),
  },
  {
    name: 'function-property',
    place: 'src/service/marshal/function.ts',
    of: (newest) => [
      ...propertiesOf(newest, 'AWS::Lambda::Function'),
      ...members(newest.lambda, 'CreateFunctionRequest'),
      ...members(newest.lambda, 'FunctionCode'),
    ],
    known: wordsOf('src/service/marshal/function.ts'),
  },
  {
    name: 'mapping-property',
    place: 'src/service/declare/events/shared/mapping.ts',
    of: (newest) => [
      ...propertiesOf(newest, 'AWS::Lambda::EventSourceMapping'),
      ...members(newest.lambda, 'CreateEventSourceMappingRequest'),
      ...members(newest.lambda, 'ProvisionedPollerConfig'),
      ...members(newest.lambda, 'SelfManagedKafkaEventSourceConfig'),
    ],
    known: wordsOf('src/service/declare/events'),
  },
  {
    name: 'mapping-access',
    place: 'src/service/schema/event.ts',
    of: ({ lambda }) => values(lambda, 'SourceAccessType'),
    known: wordsOf('src/service/schema/event.ts', 'src/service/declare/events'),
  },
  {
    name: 'url-auth',
    place: 'src/service/marshal/published.ts',
    of: ({ lambda }) => values(lambda, 'FunctionUrlAuthType'),
    known: wordsOf('src/service/marshal/published.ts'),
  },
  {
    name: 'lambda-type',
    place: 'src/service/marshal/index.ts, src/template/assets/asset-properties.ts',
    of: ({ types }) => [...types.keys()].filter((type) => type.startsWith('AWS::Lambda::')),
    known: wordsOf('src/service/marshal', 'src/service/declare', 'src/template/assets'),
  },
  {
    name: 'local-code',
    place: 'src/template/assets/asset-properties.ts',
    of: withCode,
    known: new Set(Object.keys(ASSET_PROPERTIES)),
  },
  {
    name: 'sam-type',
    place: 'src/sam/generators.ts',
    of: ({ sam }) => sam.types,
    known: new Set(Object.keys(TYPES).map((name) => `AWS::Serverless::${name}`)),
  },
  {
    name: 'sam-event',
    place: 'src/sam/events/index.ts',
    of: ({ sam }) => sam.events,
    known: new Set([...Object.keys(FUNCTION_EVENTS), ...Object.keys(STATE_MACHINE_EVENTS)]),
  },
  {
    name: 'sam-policy',
    place: 'src/sam/data/policy-templates.ts (scripts/sam-data.ts)',
    of: ({ sam }) => sam.policies,
    known: new Set(POLICY_TEMPLATES.split('\n').map((line) => line.split(' ')[0] ?? '')),
  },
  {
    name: 'cdk-artifact',
    place: 'src/sources/cdk/stacks.ts',
    of: ({ cdk }) => cdk.assembly.definitions.ArtifactType?.enum ?? [],
    known: wordsOf('src/sources/cdk/stacks.ts'),
  },
  {
    name: 'cdk-field',
    place: 'src/sources/cdk/manifest.ts, src/sources/cdk/asset-manifest.ts',
    of: ({ cdk: { assembly, assets } }) =>
      [
        assembly.definitions.ArtifactManifest,
        assembly.definitions.AwsCloudFormationStackProperties,
        assembly.definitions.AssetManifestProperties,
        assembly.definitions.NestedCloudAssemblyProperties,
        ...Object.values(assets.definitions),
      ].flatMap((each) => Object.keys(each?.properties ?? {})),
    known: wordsOf('src/sources/cdk/manifest.ts', 'src/sources/cdk/asset-manifest.ts'),
  },
  {
    name: 'stack-status',
    place: 'src/aws/stack/stack-states.ts',
    of: ({ cloudFormation }) => values(cloudFormation, 'StackStatus'),
    known: new Set(Object.keys(STACK_STATES)),
  },
  {
    name: 'change-action',
    place: 'src/template/diff/change-set.ts',
    of: ({ cloudFormation }) => values(cloudFormation, 'ChangeAction'),
    known: wordsOf('src/template/diff/change-set.ts'),
  },
  {
    name: 'change-set-input',
    place: 'src/aws/stack/change-set.ts',
    of: ({ cloudFormation }) => members(cloudFormation, 'CreateChangeSetInput'),
    known: wordsOf('src/aws/stack/change-set.ts'),
  },
  {
    name: 'error-code',
    place: 'src/aws/connection/explain.ts',
    of: ({ lambda, cloudFormation }) => [...errors(lambda), ...errors(cloudFormation)],
    known: wordsOf('src/aws/connection/explain.ts'),
  },
];
