import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { actionHeaders } from './protocols.ts';

/** The values of an integration's parameters, as far as the request has them. */
type ActionValues = Readonly<Record<string, string>>;

/** An action that HTTP APIs have a name for. */
interface Subtype {
  readonly service: string;
  readonly action: string;
  /** POST, where it says nothing. */
  readonly method?: string;
  /** Where the request goes, with its query: of a queue, of a configuration. */
  readonly path?: (values: ActionValues) => string;
  readonly body: (values: ActionValues) => string;
}

/** What an integration of a subtype sends. */
export interface ActionRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** A value of a request that its action does not take, told to whoever sent it. */
export class ActionError extends Error {}

/** A value that is not what its service takes. */
const wrong = (name: string, what: string, value: string): ActionError =>
  new ActionError(`${name} is no ${what}: ${JSON.stringify(value.slice(0, 100))}`);

/** Values under the names that the service has for them, as far as they are there. */
const renamed = (values: ActionValues, names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([from, to]): [string, string][] => {
      const value = values[from];
      return value === undefined ? [] : [[to, value]];
    }),
  );

const some = (values: ActionValues, names: readonly string[]): Record<string, string> =>
  renamed(values, Object.fromEntries(names.map((name) => [name, name])));

function jsonOf(name: string, value: string): Json | undefined {
  try {
    return JSON.parse(value);
  } catch {
    throw wrong(name, 'JSON', value);
  }
}

/** A list in JSON, or of what commas separate. */
function listOf(name: string, value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  if (!value.startsWith('[')) return value.split(',').map((each) => each.trim());
  const list = jsonOf(name, value);
  if (Array.isArray(list) && list.every((each) => typeof each === 'string')) return list;
  throw wrong(name, 'list of texts', value);
}

const started = { StateMachineArn: 'stateMachineArn', Name: 'name', Input: 'input' };

/** Of queues that are named without a host. */
const BASE = 'http://localhost';

const ofQueue = (
  action: string,
  names: readonly string[],
  lists: Readonly<Record<string, string>> = {},
): Subtype => ({
  service: 'sqs',
  action,
  // What may stand behind the path would be part of the action.
  path: ({ QueueUrl = '' }) => (URL.canParse(QueueUrl, BASE) ? new URL(QueueUrl, BASE).pathname : '/'),
  body: (values) => {
    const form = new URLSearchParams({ Action: action, ...some(values, names) });
    for (const [name, item] of Object.entries(lists))
      for (const [index, each] of (listOf(name, values[name]) ?? []).entries())
        form.set(`${item}.${index + 1}`, each);
    for (const name of ['MessageAttribute', 'MessageSystemAttribute']) attributes(form, name, values);
    return form.toString();
  },
});

/** Attributes are given as a map in JSON. */
function attributes(form: URLSearchParams, name: string, values: ActionValues): void {
  const value = values[`${name}s`];
  if (value === undefined) return;
  const given = jsonOf(`${name}s`, value);
  if (!isObject(given) || !Object.values(given).every(isObject))
    throw wrong(
      `${name}s`,
      'map of attributes, such as {"kind": {"DataType": "String", "StringValue": "x"}}',
      value,
    );
  for (const [index, [key, attribute]] of Object.entries(given).entries()) {
    form.set(`${name}.${index + 1}.Name`, key);
    for (const [part, each] of Object.entries(attribute as JsonObject))
      form.set(`${name}.${index + 1}.Value.${part}`, String(each));
  }
}

/** Source: API Gateway developer guide, "Integration subtype reference". */
export const SUBTYPES: Readonly<Record<string, Subtype>> = {
  'AppConfig-GetConfiguration': {
    service: 'appconfig',
    action: 'GetConfiguration',
    method: 'GET',
    path: configurationPath,
    body: () => '',
  },
  'EventBridge-PutEvents': { service: 'events', action: 'PutEvents', body: putEvents },
  'Kinesis-PutRecord': {
    service: 'kinesis',
    action: 'PutRecord',
    body: (values) =>
      JSON.stringify(
        some(values, ['StreamName', 'Data', 'PartitionKey', 'SequenceNumberForOrdering', 'ExplicitHashKey']),
      ),
  },
  'SQS-SendMessage': ofQueue('SendMessage', [
    'MessageBody',
    'DelaySeconds',
    'MessageDeduplicationId',
    'MessageGroupId',
  ]),
  'SQS-ReceiveMessage': ofQueue(
    'ReceiveMessage',
    ['MaxNumberOfMessages', 'ReceiveRequestAttemptId', 'VisibilityTimeout', 'WaitTimeSeconds'],
    { AttributeNames: 'AttributeName', MessageAttributeNames: 'MessageAttributeName' },
  ),
  'SQS-DeleteMessage': ofQueue('DeleteMessage', ['ReceiptHandle']),
  'SQS-PurgeQueue': ofQueue('PurgeQueue', []),
  'StepFunctions-StartExecution': {
    service: 'states',
    action: 'StartExecution',
    body: (values) => JSON.stringify(renamed(values, started)),
  },
  'StepFunctions-StartSyncExecution': {
    service: 'states',
    action: 'StartSyncExecution',
    body: (values) => JSON.stringify(renamed(values, { ...started, TraceHeader: 'traceHeader' })),
  },
  'StepFunctions-StopExecution': {
    service: 'states',
    action: 'StopExecution',
    body: (values) =>
      JSON.stringify(renamed(values, { ExecutionArn: 'executionArn', Cause: 'cause', Error: 'error' })),
  },
};

/** Source: AppConfig API Reference, `GetConfiguration`. */
function configurationPath(values: ActionValues): string {
  const [application, environment, configuration] = ['Application', 'Environment', 'Configuration'].map(
    (name) => encodeURIComponent(values[name] ?? ''),
  );
  const names = { ClientId: 'client_id', ClientConfigurationVersion: 'client_configuration_version' };
  const query = new URLSearchParams(renamed(values, names));
  return `/applications/${application}/environments/${environment}/configurations/${configuration}?${query}`;
}

function putEvents({ Time, Resources, ...values }: ActionValues): string {
  const entry: JsonObject = some(values, ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader']);
  if (Time !== undefined) entry.Time = secondsOf(Time);
  const resources = listOf('Resources', Resources);
  if (resources !== undefined) entry.Resources = resources;
  return JSON.stringify({ Entries: [entry] });
}

/** Others would be read as Node pleases. Source: RFC 3339, "Internet Date/Time Format". */
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/i;

function secondsOf(time: string): number {
  if (/^\d+(\.\d+)?$/.test(time)) return Number(time);
  const seconds = DATE.test(time) ? Date.parse(time) / 1000 : Number.NaN;
  if (Number.isNaN(seconds))
    throw wrong('Time', 'date, such as 2026-11-30T08:00:00Z, and no number of seconds since 1970', time);
  return seconds;
}

/**
 * What an integration of a subtype sends.
 *
 * @throws ActionError where a value is not what the service takes
 */
export function actionRequest(subtype: string, values: ActionValues): ActionRequest {
  const known = SUBTYPES[subtype];
  if (!known) throw new Error(`no subtype ${subtype}`);
  return {
    method: known.method ?? 'POST',
    path: known.path?.(values) ?? '/',
    headers: actionHeaders(known.service, known.action) ?? [],
    body: known.body(values),
  };
}
