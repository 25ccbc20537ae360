import type { TemplatePath } from '../../template/types.ts';
import type { DrawnResource } from '../types.ts';
import type { Mention } from './scope.ts';

/**
 * Types that only serve another resource, and the properties that name it: they are drawn as a part of that one. The
 * first row that fits a type counts.
 */
const SERVANTS: readonly (readonly [types: RegExp, properties: readonly string[]])[] = [
  [/^AWS::Lambda::(Permission|EventInvokeConfig|Version|Alias|EventSourceMapping)$/, ['FunctionName']],
  [/^AWS::Lambda::Url$/, ['TargetFunctionArn']],
  [/^AWS::Lambda::LayerVersionPermission$/, ['LayerVersionArn']],
  [/^AWS::ApiGateway::UsagePlan$/, ['ApiStages']],
  [/^AWS::ApiGateway::UsagePlanKey$/, ['UsagePlanId']],
  [/^AWS::ApiGateway::ApiKey$/, ['StageKeys']],
  [/^AWS::ApiGateway::(?!RestApi$|DomainName|VpcLink|Account|ClientCertificate)/, ['RestApiId']],
  [/^AWS::ApiGatewayV2::(?!Api$|DomainName|VpcLink)/, ['ApiId']],
  [/^AWS::AppSync::(?!GraphQLApi$|Api$|DomainName$)/, ['ApiId']],
  [/^AWS::SNS::(Subscription|Topic(Inline)?Policy)$/, ['TopicArn', 'Topics']],
  [/^AWS::SQS::Queue(Inline)?Policy$/, ['Queues', 'Queue']],
  [/^AWS::S3::BucketPolicy$/, ['Bucket']],
  [/^Custom::(S3BucketNotifications|S3AutoDeleteObjects|SpartaBucketNotification)$/, ['BucketName']],
  [/^AWS::Logs::(MetricFilter|SubscriptionFilter|LogStream|LogGroup)$/, ['LogGroupName']],
  [/^Custom::LogRetention$/, ['LogGroupName']],
  [/^AWS::Events::EventBusPolicy$/, ['EventBusName']],
  [/^AWS::Cognito::UserPool./, ['UserPoolId']],
  [/^AWS::Cognito::IdentityPool./, ['IdentityPoolId']],
  [/^AWS::SecretsManager::(?!Secret$)/, ['SecretId']],
  [/^AWS::KMS::Alias$/, ['TargetKeyId']],
  [/^AWS::IAM::((Managed|Role)?Policy|InstanceProfile)$/, ['Roles', 'RoleName']],
  [/^AWS::StepFunctions::StateMachine(Version|Alias)$/, ['StateMachineArn', 'RoutingConfiguration']],
  [/^AWS::CodeDeploy::DeploymentGroup$/, ['ApplicationName']],
  [/^AWS::ApplicationAutoScaling::/, ['ResourceId', 'ScalingTargetId']],
];

/** Types that are a part of whoever names them. */
const SHARED =
  /^AWS::(IAM::(Role|ManagedPolicy)|Logs::LogGroup|ApiGateway::(ApiKey|DomainName|Account)|ApiGatewayV2::DomainName|CloudFront::(OriginAccessControl|CloudFrontOriginAccessIdentity|Function|(CachePolicy|OriginRequestPolicy|ResponseHeadersPolicy))|Lambda::CodeSigningConfig|CodeDeploy::(Application|DeploymentConfig))$/;

/** Properties that are given a role to act with; of others a role's name says nothing about who acts. */
const ROLE = /role|credentials|managedpolic/i;

/** By the key of a resource: those that it is a part of; itself where it stands alone. */
export type Owners = ReadonlyMap<string, readonly string[]>;

/** A resource and what it mentions. */
export interface Mentioning {
  readonly resource: DrawnResource;
  readonly mentioned: readonly Mention[];
}

/** Who every resource is drawn with. */
export function ownersOf(all: ReadonlyMap<string, Mentioning>): Owners {
  const users = usersOf(all);
  const found = new Map<string, readonly string[]>();
  const open = new Set<string>();
  const follow = (key: string): readonly string[] => {
    const known = found.get(key);
    if (known) return known;
    const each = all.get(key);
    if (!each || open.has(key)) return [];
    open.add(key);
    const masters = [...mastersOf(each), ...(SHARED.test(each.resource.type) ? (users.get(key) ?? []) : [])];
    const owners = [...new Set(masters.flatMap(follow))];
    open.delete(key);
    const settled = owners.length > 0 ? owners : [key];
    // Within a circle the answer depends on where it was entered.
    if (open.size === 0 || owners.length > 0) found.set(key, settled);
    return settled;
  };
  return new Map([...all.keys()].map((key) => [key, follow(key)]));
}

/** Whether a resource of a type is drawn with what it mentions at a place. */
function serves(type: string, [first]: TemplatePath): boolean {
  const [, properties = []] = SERVANTS.find(([types]) => types.test(type)) ?? [];
  return properties.includes(String(first));
}

const mastersOf = ({ resource: { type }, mentioned }: Mentioning): readonly string[] =>
  mentioned.filter(({ path }) => serves(type, path)).map(({ target }) => target);

function usersOf(all: ReadonlyMap<string, Mentioning>): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { resource, mentioned } of all.values())
    for (const { target, path } of mentioned) {
      const used = all.get(target)?.resource.type ?? '';
      if (!SHARED.test(used) || (used.startsWith('AWS::IAM::') && !givesRole(path))) continue;
      // A policy belongs to its roles, and a filter to its log group: not they to it.
      if (/^AWS::IAM::(Managed|Role)?Policy$/.test(resource.type) || serves(resource.type, path)) continue;
      users.set(target, [...(users.get(target) ?? []), resource.key]);
    }
  return users;
}

/** Whether who mentions a role at a place acts with it. */
export const givesRole = (path: TemplatePath): boolean =>
  path.some((step) => typeof step === 'string' && ROLE.test(step));
