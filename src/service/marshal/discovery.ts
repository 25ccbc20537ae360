import { isObject, type Json, type JsonObject } from '../../template/types.ts';

/** The environment variable that holds it. */
export const DISCOVERY = 'SPARTA_DISCOVERY_INFO';

/** Attributes that every resource of a type has, whatever it is configured for. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': ['RootResourceId'],
  'AWS::ApiGatewayV2::Api': ['ApiEndpoint'],
  'AWS::DynamoDB::GlobalTable': ['Arn', 'TableId'],
  'AWS::DynamoDB::Table': ['Arn'],
  'AWS::EC2::VPC': ['CidrBlock'],
  'AWS::Events::EventBus': ['Arn', 'Name'],
  'AWS::KMS::Key': ['Arn', 'KeyId'],
  'AWS::Kinesis::Stream': ['Arn'],
  'AWS::Lambda::Function': ['Arn'],
  'AWS::Logs::LogGroup': ['Arn'],
  'AWS::RDS::DBCluster': ['Endpoint.Address', 'Endpoint.Port', 'ReadEndpoint.Address'],
  'AWS::RDS::DBInstance': ['Endpoint.Address', 'Endpoint.Port'],
  'AWS::S3::Bucket': ['Arn', 'DomainName', 'RegionalDomainName', 'WebsiteURL'],
  'AWS::SNS::Topic': ['TopicArn', 'TopicName'],
  'AWS::SQS::Queue': ['Arn', 'QueueName', 'QueueUrl'],
  'AWS::StepFunctions::StateMachine': ['Arn', 'Name'],
};

/**
 * What a function is told about where it runs: the stack, the region, and the resources that it depends on, with their
 * attributes. CloudFormation fills in the values.
 *
 * @param dependsOn logical IDs
 */
export function discoveryInfo(
  dependsOn: readonly string[],
  resources: Readonly<Record<string, JsonObject>>,
): Json {
  const told = Object.fromEntries(
    [...new Set(dependsOn)].sort().flatMap((id) => {
      const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
      if (!isObject(resource)) return [];
      const type = String(resource.Type);
      const names = (Object.hasOwn(ATTRIBUTES, type) ? ATTRIBUTES[type] : undefined) ?? [];
      const attributes = Object.fromEntries(names.map((name) => [name, `\${${id}.${name}}`]));
      return [[id, { type, ref: `\${${id}}`, attributes }]];
    }),
  );
  const stack = { name: '${AWS::StackName}', id: '${AWS::StackId}' };
  return { 'Fn::Sub': JSON.stringify({ stack, region: '${AWS::Region}', resources: told }) };
}
