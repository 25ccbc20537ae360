import { isObject, type Json, type JsonObject } from '../template/types.ts';

/**
 * What handlers call of other services, and the properties that make them do so. Schemas name all that a handler may ever
 * call: a function that is in no VPC needs nothing of EC2. Services and actions that are missing here are kept.
 */
const RELATED: Readonly<Record<string, RegExp>> = {
  ec2: /Vpc|Subnet|SecurityGroup|NetworkInterface/i,
  elasticfilesystem: /FileSystem|Efs/i,
  s3files: /S3Files|FileSystem/i,
  kms: /Kms|Encrypt|SSE/i,
  s3: /S3|Bucket|^Code$|^Content$|ImportSource/,
  s3tables: /MetadataTable|MetadataConfiguration/i,
  firehose: /Firehose|DeliveryStream/i,
  kinesis: /Kinesis|Stream/i,
  logs: /Log/i,
  secretsmanager: /Secret/i,
  'iam:PassRole': /Role/i,
  'iam:GetRole': /Role/i,
  'lambda:PassCapacityProvider': /CapacityProvider/i,
  'lambda:AssociateRuntimeAlias': /RuntimeAlias|RuntimeConfig/i,
  'lambda:GetLayerVersion': /Layers/,
};

/**
 * Whether a handler has a reason to call an action for a resource with these properties.
 *
 * @param action of any service
 * @param type of the resource: what is its own service's is kept, unless the table names the very action
 */
export function isReasonFor(action: string, type: string, properties: JsonObject): boolean {
  const [service = ''] = action.split(':');
  const named = RELATED[action];
  const isOwn = ownService(type) === service;
  const reason = named ?? (isOwn ? undefined : RELATED[service]);
  return reason === undefined || namesIn(properties).some((name) => reason.test(name));
}

/** Names of services in IAM where they are not those of the resource types, in lower case. */
const SERVICES: Readonly<Record<string, string>> = {
  StepFunctions: 'states',
  CloudWatch: 'cloudwatch',
  KinesisFirehose: 'firehose',
  ApiGatewayV2: 'apigateway',
  Cognito: 'cognito-idp',
  ElasticLoadBalancingV2: 'elasticloadbalancing',
  EFS: 'elasticfilesystem',
};

/** The service of a type, as IAM calls it. */
export const ownService = (type: string): string => {
  const [, service = ''] = type.split('::');
  return SERVICES[service] ?? service.toLowerCase();
};

/** Names of all properties, nested ones included. */
function namesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...namesIn(each)]);
}
