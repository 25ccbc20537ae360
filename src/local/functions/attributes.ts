import { own } from '../../template/types.ts';

/** A deployed resource, as far as its physical id tells. */
export interface DeployedResource {
  readonly physicalId: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

type Attribute = (deployed: DeployedResource) => string;

const itself: Attribute = ({ physicalId }) => physicalId;
const lastOf =
  (separator: string): Attribute =>
  ({ physicalId }) =>
    physicalId.slice(physicalId.lastIndexOf(separator) + 1);
const arn =
  (service: string, resource = ''): Attribute =>
  ({ physicalId, partition, region, account }) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}${physicalId}`;

/**
 * Attributes that follow from the physical id (what Ref returns), by type. Source: "Return values" of each type,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  'AWS::DynamoDB::GlobalTable': { Arn: arn('dynamodb', 'table/') },
  'AWS::DynamoDB::Table': { Arn: arn('dynamodb', 'table/') },
  'AWS::Events::EventBus': { Arn: arn('events', 'event-bus/'), Name: itself },
  'AWS::Events::Rule': {
    Arn: (deployed) =>
      arn('events', 'rule/')({ ...deployed, physicalId: deployed.physicalId.replace('|', '/') }),
  },
  'AWS::Kinesis::Stream': { Arn: arn('kinesis', 'stream/') },
  'AWS::Logs::LogGroup': { Arn: (deployed) => `${arn('logs', 'log-group:')(deployed)}:*` },
  'AWS::Pipes::Pipe': { Arn: arn('pipes', 'pipe/') },
  'AWS::S3::Bucket': { Arn: ({ physicalId, partition }) => `arn:${partition}:s3:::${physicalId}` },
  'AWS::SNS::Topic': { TopicArn: itself, TopicName: lastOf(':') },
  'AWS::SQS::Queue': {
    Arn: (deployed) => arn('sqs')({ ...deployed, physicalId: lastOf('/')(deployed) }),
    QueueName: lastOf('/'),
    QueueUrl: itself,
  },
  'AWS::Scheduler::ScheduleGroup': { Arn: arn('scheduler', 'schedule-group/') },
  'AWS::SecretsManager::Secret': { Id: itself },
  'AWS::Serverless::SimpleTable': { Arn: arn('dynamodb', 'table/') },
  'AWS::Serverless::StateMachine': { Arn: itself, Name: lastOf(':') },
  'AWS::StepFunctions::StateMachine': { Arn: itself, Name: lastOf(':') },
};

/** An attribute of a deployed resource; `undefined` where the physical id does not tell. */
export function attributeOf(type: string, attribute: string, deployed: DeployedResource): string | undefined {
  return own(own(ATTRIBUTES, type) ?? {}, attribute)?.(deployed);
}
