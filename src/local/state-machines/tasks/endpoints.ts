import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject, own } from '../../../template/types.ts';
import { fetchFailure } from '../../fetch-failure.ts';
import { StateFailure } from '../failure.ts';
import { sdkMetadata } from './metadata.ts';
import type { ServiceCall } from './services.ts';

/** Where services are: by the name that `AWS_ENDPOINT_URL_<name>` has, in lower case. */
export type Endpoints = Readonly<Record<string, string>>;

/** The endpoints that an environment names. */
export function endpointsIn(env: Readonly<Record<string, string | undefined>>): Endpoints {
  const all = env.AWS_ENDPOINT_URL;
  const found: Record<string, string> = all ? everyEndpoint(all) : {};
  for (const [name, value] of Object.entries(env)) {
    const [, service] = /^AWS_ENDPOINT_URL_([A-Z0-9_]+)$/.exec(name) ?? [];
    if (service !== undefined && value) found[service.toLowerCase()] = value;
  }
  return found;
}

/** One server for all of them. */
export const everyEndpoint = (url: string): Record<string, string> =>
  Object.fromEntries(
    ['s3', ...Object.values(SERVICES).map(({ endpoint }) => endpoint)].map((name) => [name, url]),
  );

interface Service {
  /** As in the name of the variable. */
  readonly endpoint: string;
  /** What signatures are for. */
  readonly signing: string;
  /** What errors begin with, of the plain integration and of `aws-sdk:`. */
  readonly errors: readonly [plain: string, sdk: string];
  readonly protocol:
    | { readonly kind: 'json'; readonly version: '1.0' | '1.1'; readonly target: string }
    | { readonly kind: 'query'; readonly version: string };
}

const json = (version: '1.0' | '1.1', target: string): Service['protocol'] => ({
  kind: 'json',
  version,
  target,
});

/** Services that speak a protocol which needs no model. Source: botocore's service descriptions. */
const SERVICES: Readonly<Record<string, Service>> = {
  sqs: { endpoint: 'sqs', signing: 'sqs', errors: ['SQS', 'Sqs'], protocol: json('1.0', 'AmazonSQS') },
  sns: {
    endpoint: 'sns',
    signing: 'sns',
    errors: ['SNS', 'Sns'],
    protocol: { kind: 'query', version: '2010-03-31' },
  },
  events: {
    endpoint: 'eventbridge',
    signing: 'events',
    errors: ['EventBridge', 'EventBridge'],
    protocol: json('1.1', 'AWSEvents'),
  },
  eventbridge: {
    endpoint: 'eventbridge',
    signing: 'events',
    errors: ['EventBridge', 'EventBridge'],
    protocol: json('1.1', 'AWSEvents'),
  },
  dynamodb: {
    endpoint: 'dynamodb',
    signing: 'dynamodb',
    errors: ['DynamoDB', 'DynamoDb'],
    protocol: json('1.0', 'DynamoDB_20120810'),
  },
  secretsmanager: {
    endpoint: 'secrets_manager',
    signing: 'secretsmanager',
    errors: ['SecretsManager', 'SecretsManager'],
    protocol: json('1.1', 'secretsmanager'),
  },
  ssm: { endpoint: 'ssm', signing: 'ssm', errors: ['Ssm', 'Ssm'], protocol: json('1.1', 'AmazonSSM') },
  kinesis: {
    endpoint: 'kinesis',
    signing: 'kinesis',
    errors: ['Kinesis', 'Kinesis'],
    protocol: json('1.1', 'Kinesis_20131202'),
  },
};

/**
 * Calls a service at its endpoint. What is sent to queues, topics and buses that are nowhere counts as sent: nobody gets it,
 * which is told.
 *
 * @throws StateFailure
 */
export async function remoteCall(
  call: ServiceCall,
  { endpoints, warn }: { readonly endpoints: Endpoints; readonly warn: (message: string) => void },
): Promise<Json> {
  const isSdk = call.service.startsWith('aws-sdk:');
  if (call.service === 'aws-sdk:s3' && own(endpoints, 's3') !== undefined) {
    const { callBucket } = await import('./bucket.ts');
    return callBucket(own(endpoints, 's3') ?? '', call);
  }
  const name = call.service.replace('aws-sdk:', '');
  const service = own(SERVICES, name);
  const url =
    service &&
    (own(endpoints, service.endpoint) ??
      (service.endpoint === 'eventbridge' ? own(endpoints, 'events') : undefined));
  if (!service || url === undefined) {
    const stand = own(NOWHERE, `${name}:${call.action}`);
    if (!stand)
      throw new StateFailure(
        'States.TaskFailed',
        `${call.service}:${call.action} is not served here: set AWS_ENDPOINT_URL_${(service?.endpoint ?? name).toUpperCase()}${service ? '' : ', or put a function in its place'}`,
      );
    warn(
      `${call.service}:${call.action} reaches nobody here: there is no AWS_ENDPOINT_URL_${(service?.endpoint ?? name).toUpperCase()}`,
    );
    return isSdk ? stand(call.parameters) : { ...stand(call.parameters), ...sdkMetadata(200, {}) };
  }
  if (name === 'sqs') checkQueueUrl(call, service);
  const { status, headers, answer, error } = await send(service, url, call);
  if (error) throw serviceFailure(service, { isSdk, status, ...error });
  if (name === 'events' && !isSdk && isObject(answer) && Number(answer.FailedEntryCount ?? 0) > 0)
    throw new StateFailure('EventBridge.FailedEntry', JSON.stringify(answer));
  return isSdk ? answer : { ...(isObject(answer) ? answer : {}), ...sdkMetadata(status, headers) };
}

/** SDKs call the host of a queue's URL: one without a path is no queue's, and AWS finds no such host. */
function checkQueueUrl({ parameters }: ServiceCall, { errors }: Service): void {
  const { QueueUrl } = isObject(parameters) ? parameters : {};
  const found = typeof QueueUrl === 'string' && URL.canParse(QueueUrl) ? new URL(QueueUrl) : undefined;
  if (found?.pathname === '/')
    throw new StateFailure(
      `${errors[0]}.SdkClientException`,
      `Unable to execute HTTP request: ${found.host}: Name or service not known`,
    );
}

/** What senders are told where nobody is. */
const NOWHERE: Readonly<Record<string, (parameters: Json) => JsonObject>> = {
  'sqs:sendMessage': () => ({ MessageId: randomUUID() }),
  'sns:publish': () => ({ MessageId: randomUUID() }),
  'events:putEvents': (parameters) => {
    const entries = isObject(parameters) && Array.isArray(parameters.Entries) ? parameters.Entries : [];
    return { Entries: entries.map(() => ({ EventId: randomUUID() })), FailedEntryCount: 0 };
  },
};

function serviceFailure(
  { errors: [plain, sdk], signing }: Service,
  told: { readonly isSdk: boolean; readonly status: number; readonly code: string; readonly message: string },
): StateFailure {
  const { isSdk, status, code, message } = told;
  const id = randomUUID();
  if (isSdk) {
    const named =
      code === 'ValidationException'
        ? `${sdk}Exception`
        : code.endsWith('Exception')
          ? code
          : `${code}Exception`;
    return new StateFailure(
      `${sdk}.${named}`,
      `${message} (Service: ${sdk}, Status Code: ${status}, Request ID: ${id})`,
    );
  }
  const general = { sqs: 'AmazonSQSException', dynamodb: 'AmazonDynamoDBException' }[signing];
  const generic =
    general !== undefined && /^(ValidationException|MissingParameter|InvalidParameterValue)$/.test(code);
  const named = generic ? general : code.endsWith('Exception') ? code : `${code}Exception`;
  // SNS has codes without that ending, which some servers write with it.
  const shown = signing === 'sns' ? code.replace(/Exception$/, '') : code;
  const service =
    { dynamodb: 'AmazonDynamoDBv2', sqs: 'AmazonSQS', sns: 'AmazonSNS', events: 'AmazonEventBridge' }[
      signing
    ] ?? plain;
  return new StateFailure(
    `${plain}.${named}`,
    `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${shown}; Request ID: ${id}; Proxy: null)`,
  );
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly answer: Json;
  readonly error?: { readonly code: string; readonly message: string };
}

async function send(service: Service, url: string, call: ServiceCall): Promise<Reply> {
  const { region } = call.caller;
  const { protocol, signing } = service;
  const action = `${call.action[0]?.toUpperCase()}${call.action.slice(1)}`;
  const parameters = prepared(call);
  const body =
    protocol.kind === 'json'
      ? JSON.stringify(parameters)
      : await queryBody(action, protocol.version, parameters);
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const response = await fetch(url, {
    method: 'POST',
    signal: call.signal,
    body,
    headers: {
      // Local servers read the service and the region of it, and check nothing.
      authorization: `AWS4-HMAC-SHA256 Credential=test/${day}/${region}/${signing}/aws4_request, SignedHeaders=host, Signature=0`,
      'x-amz-date': `${day}T000000Z`,
      ...(protocol.kind === 'json'
        ? {
            'content-type': `application/x-amz-json-${protocol.version}`,
            'x-amz-target': `${protocol.target}.${action}`,
          }
        : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
  }).catch((error: unknown) => {
    if (call.signal.aborted) throw error;
    const host = new URL(url).host;
    throw new StateFailure(
      `${service.errors[0]}.SdkClientException`,
      `Unable to execute HTTP request: ${host}: ${fetchFailure(error)}`,
    );
  });
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const common = { status: response.status, headers };
  if (protocol.kind === 'query') {
    const { queryAnswer } = await import('./query-protocol.ts');
    return { ...common, ...queryAnswer(text, action, response.ok) };
  }
  const answer: Json = text === '' ? {} : JSON.parse(text);
  if (response.ok) return { ...common, answer };
  const { __type = 'Error', message, Message } = isObject(answer) ? answer : {};
  // Errors are called as in the model of SQS, and not as in its query protocol: QueueDoesNotExist.
  const query = headers['x-amzn-query-error']?.split(';')[0] ?? 'AWS.SimpleQueueService.';
  const code = String(query.startsWith('AWS.SimpleQueueService.') ? __type : query).replace(/^.*[#.]/, '');
  return { ...common, answer, error: { code, message: String(message ?? Message ?? '') } };
}

async function queryBody(action: string, version: string, parameters: JsonObject): Promise<string> {
  const { queryForm } = await import('./query-protocol.ts');
  return queryForm({ Action: action, Version: version, ...parameters });
}

/** Messages that are no texts are sent as JSON. */
function prepared({ service, action, parameters }: ServiceCall): JsonObject {
  if (!isObject(parameters)) return {};
  const asText = (value: Json | undefined): Json =>
    typeof value === 'string' ? value : JSON.stringify(value);
  if (service === 'sqs' && parameters.MessageBody !== undefined)
    return { ...parameters, MessageBody: asText(parameters.MessageBody) };
  if (service === 'sns' && parameters.Message !== undefined)
    return { ...parameters, Message: asText(parameters.Message) };
  if (service === 'events' && action === 'putEvents' && Array.isArray(parameters.Entries))
    return {
      ...parameters,
      Entries: parameters.Entries.filter(isObject).map((entry) =>
        entry.Detail === undefined ? entry : { ...entry, Detail: asText(entry.Detail) },
      ),
    };
  return parameters;
}
