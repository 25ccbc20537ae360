import { subVariables } from '../template/references.ts';
import { isObject, type Json, type JsonObject, own } from '../template/types.ts';
import { namesOfStack, type PolicyPlace } from './place.ts';

/** What the ARN of a resource is made of. */
interface Naming {
  /** What stands before the name, as in the table of ARNs. */
  readonly prefix: string;
  /** The property that names it. */
  readonly property: string;
  /** What CloudFormation calls it otherwise. */
  readonly generated: 'stack' | 'lower' | 'id' | 'parameter' | 'any';
}

/**
 * Types whose ARN holds a name that is known before they are made. Of others the ARN holds an ID that the service chooses.
 * Source: "Physical ID" and `Ref` of each type in the CloudFormation template reference.
 */
const TABLE = `
AWS::Lambda::Function lambda:R:A:function: FunctionName stack
AWS::Lambda::LayerVersion lambda:R:A:layer: LayerName any
AWS::SQS::Queue sqs:R:A: QueueName stack
AWS::SNS::Topic sns:R:A: TopicName stack
AWS::DynamoDB::Table dynamodb:R:A:table/ TableName stack
AWS::DynamoDB::GlobalTable dynamodb:R:A:table/ TableName stack
AWS::S3::Bucket s3::: BucketName lower
AWS::IAM::Role iam::A:role/ RoleName stack
AWS::IAM::ManagedPolicy iam::A:policy/ ManagedPolicyName stack
AWS::IAM::InstanceProfile iam::A:instance-profile/ InstanceProfileName stack
AWS::IAM::User iam::A:user/ UserName stack
AWS::IAM::Group iam::A:group/ GroupName stack
AWS::Logs::LogGroup logs:R:A:log-group: LogGroupName stack
AWS::StepFunctions::StateMachine states:R:A:stateMachine: StateMachineName id
AWS::Events::Rule events:R:A:rule/ Name stack
AWS::Kinesis::Stream kinesis:R:A:stream/ Name stack
AWS::KinesisFirehose::DeliveryStream firehose:R:A:deliverystream/ DeliveryStreamName stack
AWS::CloudWatch::Alarm cloudwatch:R:A:alarm: AlarmName stack
AWS::CloudWatch::Dashboard cloudwatch::A:dashboard/ DashboardName stack
AWS::ECR::Repository ecr:R:A:repository/ RepositoryName lower
AWS::SecretsManager::Secret secretsmanager:R:A:secret: Name id
AWS::SSM::Parameter ssm:R:A:parameter/ Name parameter
AWS::CodeDeploy::Application codedeploy:R:A:application: ApplicationName stack
AWS::CodeDeploy::DeploymentGroup codedeploy:R:A:deploymentgroup: ApplicationName stack
AWS::CloudFormation::Stack cloudformation:R:A:stack/ StackName stack
`;

const NAMINGS: ReadonlyMap<string, Naming> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const [type = '', prefix = '', property = '', generated = 'any'] = line.split(' ');
      return [type, { prefix, property, generated: generated as Naming['generated'] }];
    }),
);

/** What the ARN of a resource begins with, and the pattern of its name. */
export interface ResourceName {
  readonly prefix: string;
  /** May hold wildcards. */
  readonly name: string;
  /** A name that it may get. */
  readonly example: string;
}

/**
 * The name of a resource, as far as it is known before it is made.
 *
 * @param properties with what is known of their values
 * @returns `undefined` where the service chooses an ID
 */
export function resourceName(
  [logicalId, type, properties]: readonly [logicalId: string, type: string, properties: JsonObject],
  { stackName }: PolicyPlace,
): ResourceName | undefined {
  const naming = NAMINGS.get(type);
  if (!naming) return undefined;
  const given = own(properties, naming.property);
  const path = naming.prefix.startsWith('iam:') ? textPattern(properties.Path ?? '/').replace(/^\//, '') : '';
  const name =
    given === undefined ? generatedName(logicalId, stackName, naming.generated) : textPattern(given);
  // Parameters may begin with a slash, which stands in their ARN once.
  const plain = naming.generated === 'parameter' ? name.replace(/^\//, '') : name;
  const bus = type === 'AWS::Events::Rule' && properties.EventBusName !== undefined ? '*/' : '';
  const ended = plain.replace(/\*$/, exampleEnd(logicalId, plain)).replaceAll('*', 'example');
  const filled = given === undefined && naming.generated === 'lower' ? ended.toLowerCase() : ended;
  return {
    prefix: naming.prefix,
    name: `${path}${bus}${plain}`,
    example: `${path}${bus && 'example/'}${filled}`,
  };
}

/** What belongs to a thing of a name, by how its ARN goes on: versions of functions, streams of logs, objects of buckets. */
const PARTS: Readonly<Record<string, string>> = {
  'lambda:R:A:function:': ':*',
  'logs:R:A:log-group:': ':*',
  'dynamodb:R:A:table/': '/*',
  's3:::': '/*',
  'secretsmanager:R:A:secret:': '-??????',
  'cloudformation:R:A:stack/': '/*',
};

/** Patterns of ARNs for a thing and what belongs to it. */
export function patternsOf({ prefix, name }: ResourceName): readonly string[] {
  const parts = own(PARTS, prefix);
  return parts === undefined || name.endsWith('*')
    ? [`${prefix}${name}`]
    : [`${prefix}${name}`, `${prefix}${name}${parts}`];
}

/** How a name that CloudFormation makes goes on. */
const exampleEnd = (logicalId: string, name: string): string =>
  name.includes(logicalId) ? 'EXAMPLE12345' : `${logicalId}-EXAMPLE12345`;

function generatedName(logicalId: string, stackName: string, kind: Naming['generated']): string {
  if (kind === 'any') return '*';
  if (kind === 'id') return `${logicalId}-*`;
  if (kind === 'parameter') return `CFN-${logicalId}-*`;
  return kind === 'lower' ? namesOfStack(stackName.toLowerCase()) : namesOfStack(stackName);
}

/** A text with wildcards for what only CloudFormation can tell. */
export function textPattern(value: Json): string {
  if (!isObject(value)) return Array.isArray(value) || value === null ? '*' : String(value);
  const { 'Fn::Sub': substituted, 'Fn::Join': joined } = value;
  const text = Array.isArray(substituted) ? substituted[0] : substituted;
  if (typeof text === 'string') {
    const filled = subVariables(text).reduce(
      (all, name) =>
        all.replaceAll(new RegExp(`\\$\\{\\s*${name.replaceAll(/[.$]/g, '\\$&')}\\s*\\}`, 'g'), '*'),
      text,
    );
    return filled.replaceAll(/\*+/g, '*');
  }
  const [separator, parts] = Array.isArray(joined) ? joined : [];
  if (typeof separator === 'string' && Array.isArray(parts))
    return parts.map(textPattern).join(separator).replaceAll(/\*+/g, '*');
  return '*';
}
