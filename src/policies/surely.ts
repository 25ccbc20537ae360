import { isObject, type JsonObject, own } from '../template/types.ts';
import type { Handler } from './handlers.ts';
import type { Need } from './needs.ts';
import { ownService } from './related.ts';

/** What happens to a resource. */
export interface HandledChange {
  readonly handler: Extract<Handler, 'c' | 'u' | 'd'>;
  readonly properties: JsonObject;
  /** Names of properties that differ; of a resource that is made, all that it has. */
  readonly changed: readonly string[];
  /** Of the stack, which resources get, too. */
  readonly tags: boolean;
}

/** How the names of actions begin that do it. */
const VERBS: Readonly<Record<HandledChange['handler'], string>> = {
  c: 'Create|Put|Add|Register|Publish|Allocate|Request|Subscribe|Associate|Start',
  u: 'Update|Modify|Set|Put',
  d: 'Delete|Remove|Deregister|Unsubscribe|Release|Disassociate|Terminate|Schedule',
};

/** API Gateway's actions are methods of HTTP. */
const METHODS: Readonly<Record<HandledChange['handler'], string>> = {
  c: 'apigateway:POST',
  u: 'apigateway:PATCH',
  d: 'apigateway:DELETE',
};

const READS = /:(Get|Describe|List|BatchGet|Head|Search)|:GET$/;
const TAGS = /:(Tag|AddTags|PutBucketTagging|CreateTags)/;

/**
 * Actions that a property makes a handler call, by type and property.
 * Source: the services' references of what a call with that setting needs, and their own calls for it.
 */
const BY_PROPERTY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Lambda::Function': {
    ReservedConcurrentExecutions: 'lambda:PutFunctionConcurrency',
    Role: 'iam:PassRole',
  },
  'AWS::StepFunctions::StateMachine': { RoleArn: 'iam:PassRole' },
  'AWS::S3::Bucket': {
    BucketEncryption: 's3:PutEncryptionConfiguration',
    VersioningConfiguration: 's3:PutBucketVersioning',
    LifecycleConfiguration: 's3:PutLifecycleConfiguration',
    PublicAccessBlockConfiguration: 's3:PutBucketPublicAccessBlock',
    CorsConfiguration: 's3:PutBucketCORS',
    NotificationConfiguration: 's3:PutBucketNotification',
    WebsiteConfiguration: 's3:PutBucketWebsite',
  },
  'AWS::Logs::LogGroup': { RetentionInDays: 'logs:PutRetentionPolicy' },
  'AWS::DynamoDB::Table': {
    TimeToLiveSpecification: 'dynamodb:UpdateTimeToLive',
    PointInTimeRecoverySpecification: 'dynamodb:UpdateContinuousBackups',
  },
  'AWS::IAM::Role': { ManagedPolicyArns: 'iam:AttachRolePolicy', Policies: 'iam:PutRolePolicy' },
  'AWS::IAM::Policy': {
    Roles: 'iam:PutRolePolicy',
    Users: 'iam:PutUserPolicy',
    Groups: 'iam:PutGroupPolicy',
  },
  'AWS::Events::Rule': { Targets: 'events:PutTargets' },
};

/** Actions by what changed of a resource that is only updated, where it takes more than one. */
const UPDATES: Readonly<Record<string, (changed: readonly string[]) => readonly string[]>> = {
  'AWS::Lambda::Function': (changed) => [
    ...(changed.includes('Code') ? ['lambda:UpdateFunctionCode'] : []),
    ...(changed.some((name) => CONFIGURATION.test(name)) ? ['lambda:UpdateFunctionConfiguration'] : []),
  ],
  'AWS::IAM::Role': (changed) => [
    ...(changed.includes('AssumeRolePolicyDocument') ? ['iam:UpdateAssumeRolePolicy'] : []),
    ...(changed.some((name) => /^(Description|MaxSessionDuration)$/.test(name)) ? ['iam:UpdateRole'] : []),
  ],
  'AWS::S3::Bucket': () => [],
  'AWS::Logs::LogGroup': () => [],
};
const CONFIGURATION =
  /^(Handler|Runtime|MemorySize|Timeout|Environment|Layers|Description|Role|EphemeralStorage)$/;

/**
 * Whether a change surely calls an action. Schemas name all that a handler may ever call, in whichever circumstances; that
 * one of these is not allowed fails few deployments, and is told as a possibility only.
 */
export function isSurelyCalled(need: Need, all: readonly Need[], change: HandledChange): boolean {
  const { action, type, handlers } = need;
  const { handler, changed, properties } = change;
  if (!handlers.has(handler)) return false;
  if (need.isCertain) return true;
  if (READS.test(action)) return false;
  if (handler !== 'd') {
    const byProperty = Object.entries(own(BY_PROPERTY, type) ?? {});
    if (byProperty.some(([property, each]) => each === action && changed.includes(property))) return true;
    if (byProperty.some(([, each]) => each === action)) return false;
    const tagged = change.tags || (changed.includes('Tags') && hasEntries(properties.Tags));
    if (TAGS.test(action)) return tagged && isTagAction(type, action);
  }
  if (!action.startsWith(`${ownService(type)}:`)) return false;
  if (action.startsWith('apigateway:')) return action === METHODS[handler];
  const updates = handler === 'u' ? own(UPDATES, type) : undefined;
  if (updates) return updates(changed).includes(action);
  if (handler === 'u' && changed.every((name) => name === 'Tags')) return false;
  const noun = type.split('::').at(-1) ?? '';
  const exact = new RegExp(`:(${VERBS[handler]})${noun}(Attributes|Configuration|Config)?$`, 'i');
  if (exact.test(action)) return true;
  // Of a type whose actions have other names, the only one that changes anything.
  const candidates = all.filter(
    (each) =>
      each.logicalId === need.logicalId &&
      each.handlers.has(handler) &&
      each.action.startsWith(`${ownService(type)}:`) &&
      !READS.test(each.action) &&
      !TAGS.test(each.action),
  );
  return candidates.length === 1;
}

const hasEntries = (value: JsonObject[string] | undefined): boolean =>
  Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;

/** S3 has two, of which buckets take the older one. */
const isTagAction = (type: string, action: string): boolean =>
  type !== 'AWS::S3::Bucket' || action === 's3:PutBucketTagging';
