import type { NodeKind } from '../types.ts';

/** What resource types are drawn as; all others are `other`. */
const KINDS: readonly (readonly [types: RegExp, kind: NodeKind])[] = [
  [/^AWS::(Lambda|Serverless)::Function$/, 'function'],
  [/^AWS::(ApiGateway::RestApi|ApiGatewayV2::Api|AppSync::(GraphQLApi|Api))$/, 'api'],
  [/^AWS::Serverless::(Api|HttpApi|GraphQLApi|WebSocketApi)$/, 'api'],
  [/^AWS::(DynamoDB::(Global)?Table|Serverless::SimpleTable|RDS::DB(Instance|Cluster))$/, 'table'],
  [/^AWS::SQS::Queue$/, 'queue'],
  [/^AWS::SNS::Topic$/, 'topic'],
  [/^AWS::(Kinesis::Stream|KinesisFirehose::DeliveryStream|MSK::(Serverless)?Cluster)$/, 'stream'],
  [/^AWS::S3(Express)?::(Directory)?Bucket$/, 'bucket'],
  [/^AWS::Events::EventBus$/, 'bus'],
  [/^AWS::(Events::Rule|IoT::TopicRule|Pipes::Pipe)$/, 'rule'],
  [/^AWS::Scheduler::Schedule$/, 'schedule'],
  [/^AWS::(StepFunctions|Serverless)::StateMachine$/, 'state machine'],
  [/^(Custom::|AWS::CloudFormation::CustomResource$)/, 'custom resource'],
  [/^AWS::(CloudFormation::Stack|Serverless::Application)$/, 'nested stack'],
];

export const kindOf = (type: string): NodeKind => KINDS.find(([types]) => types.test(type))?.[1] ?? 'other';

/** What does nothing in the account. */
export const IDLE = /^AWS::(CDK::Metadata|CloudFormation::WaitCondition(Handle)?)$/;

/** `AWS::CloudFront::Distribution` as `CloudFront Distribution` */
export const shortType = (type: string): string => type.replace(/^AWS::/, '').replaceAll('::', ' ');
