import type { Json } from '../template/types.ts';

/** Types that SAM makes under the logical ID of the author's resource, with the types that it may have there. */
const OVERWRITABLE: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::BasePathMapping': ['AWS::ApiGateway::BasePathMapping'],
  'AWS::ApiGateway::BasePathMappingV2': ['AWS::ApiGateway::BasePathMappingV2'],
  'AWS::ApiGateway::DomainName': ['AWS::ApiGateway::DomainName'],
  'AWS::ApiGateway::DomainNameV2': ['AWS::ApiGateway::DomainNameV2'],
  'AWS::ApiGateway::RestApi': ['AWS::Serverless::Api'],
  'AWS::ApiGatewayV2::Api': ['AWS::Serverless::HttpApi', 'AWS::Serverless::WebSocketApi'],
  'AWS::AppSync::GraphQLApi': ['AWS::Serverless::GraphQLApi'],
  'AWS::CloudFormation::Stack': ['AWS::Serverless::Application'],
  'AWS::Cognito::UserPool': ['AWS::Cognito::UserPool'],
  'AWS::DynamoDB::Table': ['AWS::Serverless::SimpleTable'],
  'AWS::Lambda::CapacityProvider': ['AWS::Serverless::CapacityProvider'],
  'AWS::Lambda::Function': ['AWS::Serverless::Function'],
  'AWS::Lambda::LayerVersion': ['AWS::Serverless::LayerVersion'],
  'AWS::Lambda::MicrovmImage': ['AWS::Serverless::MicrovmImage'],
  'AWS::Lambda::NetworkConnector': ['AWS::Serverless::NetworkConnector'],
  'AWS::Lambda::WebFunction': ['AWS::Serverless::WebFunction'],
  'AWS::S3::Bucket': ['AWS::S3::Bucket'],
  'AWS::SNS::Topic': ['AWS::SNS::Topic'],
  'AWS::StepFunctions::StateMachine': ['AWS::Serverless::StateMachine'],
};

/**
 * Whether a generated resource may take the place of one that the template has under its logical ID. The reference asks
 * whether one type's name is part of the other's.
 */
export const isOverwritable = (generated: string, existing: Json | undefined): boolean =>
  typeof existing === 'string' &&
  (OVERWRITABLE[generated] ?? []).some((type) =>
    // A lone type is searched as text there, a list by its items.
    generated === 'AWS::ApiGatewayV2::Api' ? type === existing : type.includes(existing),
  );
