import type { PassedHeaders } from '../forward/types.ts';

/** How a service takes its actions: as the target of JSON, as a form, or not by their names. */
type ActionProtocol =
  | { readonly kind: 'json'; readonly version: '1.0' | '1.1'; readonly target: string }
  | { readonly kind: 'query' }
  | { readonly kind: 'paths' };

const json = (version: '1.0' | '1.1', target: string): ActionProtocol => ({ kind: 'json', version, target });

/**
 * The services that integrations may call, by the names that requests are signed with; after the host of a part of one that
 * has actions of its own. Source: botocore's service descriptions.
 */
export const PROTOCOLS: Readonly<Record<string, ActionProtocol>> = {
  appconfig: { kind: 'paths' },
  dynamodb: json('1.0', 'DynamoDB_20120810'),
  events: json('1.1', 'AWSEvents'),
  firehose: json('1.1', 'Firehose_20150804'),
  iotdata: { kind: 'paths' },
  kinesis: json('1.1', 'Kinesis_20131202'),
  s3: { kind: 'paths' },
  scheduler: { kind: 'paths' },
  secretsmanager: json('1.1', 'secretsmanager'),
  sns: { kind: 'query' },
  sqs: { kind: 'query' },
  'streams.dynamodb': json('1.0', 'DynamoDBStreams_20120810'),
  ssm: json('1.1', 'AmazonSSM'),
  states: json('1.0', 'AWSStepFunctions'),
};

export const FORM = 'application/x-www-form-urlencoded';

/** The headers that make a request one for an action; nothing where the service is not known, or has no actions by name. */
export function actionHeaders(service: string, action: string): PassedHeaders | undefined {
  const protocol = Object.hasOwn(PROTOCOLS, service) ? PROTOCOLS[service] : undefined;
  if (protocol?.kind === 'query') return [['Content-Type', FORM]];
  if (protocol?.kind !== 'json') return undefined;
  return [
    ['Content-Type', `application/x-amz-json-${protocol.version}`],
    ['X-Amz-Target', `${protocol.target}.${action}`],
  ];
}
