import { isObject, type JsonObject, scalarText, type TemplatePath } from '../../template/types.ts';
import type { DrawnResource, PictureEdge } from '../types.ts';

/** An arrow between two resources, not yet between what they are drawn as. */
export interface Arrow extends Pick<PictureEdge, 'from' | 'to' | 'kind'> {
  readonly label: string;
  /** Of permissions. */
  readonly access?: Access;
}

/** What a permission lets somebody do. */
export type Access = 'read' | 'write' | 'call';

interface ArrowRow {
  readonly types: RegExp;
  /** Where the other resource is named, as steps with dots between them. */
  readonly at: RegExp;
  /** `out`: from the resource that has the property; `in`: to it. */
  readonly way: 'out' | 'in';
  /** By default an event. */
  readonly kind?: PictureEdge['kind'];
  readonly label?: (properties: JsonObject, path: TemplatePath) => string;
}

const filtered = ({ FilterCriteria, FilterPolicy }: JsonObject): string =>
  FilterCriteria === undefined && FilterPolicy === undefined ? '' : 'filtered';

/** `s3:ObjectCreated:*`, from beside the target of a notification. */
function notified(properties: JsonObject, path: TemplatePath): string {
  const place = path.slice(0, -1).reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isObject(value) ? value[step] : undefined;
  }, properties);
  const { Event: event, Events: events = event } = isObject(place) ? place : {};
  return (Array.isArray(events) ? events.map(scalarText) : [scalarText(events)])
    .filter((each) => each !== '')
    .join(', ');
}

const last = (_: JsonObject, path: TemplatePath): string => String(path.at(-1));
const says = (text: string) => () => text;

/**
 * What a mention means, by where it stands. The first row that fits counts; a mention without a row says only that one
 * knows the other.
 */
const ROWS: readonly ArrowRow[] = [
  {
    types: /./,
    at: /(DeadLetter|RedrivePolicy|OnFailure|DeadLetterConfig)/,
    way: 'out',
    label: says('on failure'),
  },
  { types: /./, at: /OnSuccess/, way: 'out', label: says('on success') },
  {
    types: /^AWS::Lambda::EventSourceMapping$/,
    at: /^(EventSourceArn|SelfManaged|Topics)/,
    way: 'in',
    label: filtered,
  },
  { types: /^AWS::Lambda::Permission$/, at: /^SourceArn/, way: 'in' },
  { types: /^AWS::Lambda::Function$/, at: /^Layers/, way: 'in', kind: 'use', label: says('layer') },
  { types: /^AWS::Events::Rule$/, at: /^Targets\.\d+\.Arn/, way: 'out' },
  { types: /^AWS::Events::Rule$/, at: /^EventBusName/, way: 'in' },
  { types: /^AWS::Scheduler::Schedule$/, at: /^Target\.Arn/, way: 'out' },
  { types: /^AWS::SNS::Subscription$/, at: /^Endpoint/, way: 'out', label: filtered },
  { types: /^AWS::SNS::Subscription$/, at: /^TopicArn/, way: 'in' },
  { types: /^AWS::SNS::Topic$/, at: /^Subscription/, way: 'out' },
  { types: /^AWS::S3::Bucket$/, at: /^NotificationConfiguration/, way: 'out', label: notified },
  { types: /^Custom::S3BucketNotifications$/, at: /^NotificationConfiguration/, way: 'out', label: notified },
  { types: /BucketNotification$/, at: /^Functions/, way: 'out', label: notified },
  { types: /^AWS::Logs::SubscriptionFilter$/, at: /^DestinationArn/, way: 'out', label: says('log lines') },
  { types: /^AWS::Cognito::UserPool$/, at: /^LambdaConfig/, way: 'out', label: last },
  { types: /^AWS::IoT::TopicRule$/, at: /^TopicRulePayload/, way: 'out' },
  { types: /^AWS::Pipes::Pipe$/, at: /^Source$/, way: 'in' },
  { types: /^AWS::Pipes::Pipe$/, at: /^(Target|Enrichment)$/, way: 'out' },
  { types: /^AWS::StepFunctions::StateMachine$/, at: /^Definition/, way: 'out', label: says('calls') },
  {
    types: /^AWS::AppSync::DataSource$/,
    at: /^(Lambda|DynamoDB|EventBridge|Http)/,
    way: 'out',
    label: says('data'),
  },
  {
    types: /^AWS::ApiGateway(V2)?::Authorizer$/,
    at: /^(AuthorizerUri|ProviderARNs)/,
    way: 'out',
    label: says('authorizer'),
  },
  { types: /^AWS::CloudFront::Distribution$/, at: /\.Origins\./, way: 'out', label: says('origin') },
  {
    types: /^AWS::CloudFront::Distribution$/,
    at: /(LambdaFunction|Function)Associations/,
    way: 'out',
    label: says('at the edge'),
  },
  {
    types: /^AWS::SecretsManager::RotationSchedule$/,
    at: /^RotationLambdaARN/,
    way: 'out',
    label: says('rotates'),
  },
  {
    types: /^AWS::CloudWatch::(Composite)?Alarm$/,
    at: /^(Alarm|OK|InsufficientData)Actions/,
    way: 'out',
    kind: 'use',
    label: says('alarm'),
  },
  { types: /^AWS::CloudWatch::(Composite)?Alarm$/, at: /./, way: 'in', kind: 'use', label: says('watched') },
  {
    types: /^Custom::(S3|SpartaBucket|LogRetention)/,
    at: /^ServiceToken$/,
    way: 'out',
    kind: 'use',
    label: says('set up by'),
  },
  {
    types: /^(Custom::|AWS::CloudFormation::CustomResource$)/,
    at: /^ServiceToken$/,
    way: 'out',
    label: says('made by'),
  },
];

/** Properties that give somebody a role, and policies: what they mean is told by the permissions. */
const OF_IAM =
  /^AWS::IAM::|^AWS::(SQS::Queue|SNS::Topic|S3::Bucket|Lambda::LayerVersion).*(Policy|Permission)$/;

/** The arrow that a mention is. `undefined`: it says nothing that is drawn. */
export function arrowOf(
  { key, type, properties }: DrawnResource,
  { target, path }: { readonly target: string; readonly path: TemplatePath },
): Arrow | undefined {
  const at = path.join('.');
  const row = ROWS.find((each) => each.types.test(type) && each.at.test(at));
  if (!row) return OF_IAM.test(type) ? undefined : { from: key, to: target, kind: 'use', label: '' };
  const [from, to] = row.way === 'out' ? [key, target] : [target, key];
  return { from, to, kind: row.kind ?? 'event', label: row.label?.(properties, path) ?? '' };
}
