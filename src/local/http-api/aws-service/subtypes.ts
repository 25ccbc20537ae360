import type { JsonObject } from '../../../template/types.ts';
import { actionHeaders } from './protocols.ts';

/** The values of an integration's parameters, as far as the request has them. */
type ActionValues = Readonly<Record<string, string>>;

/** An action that HTTP APIs have a name for. */
interface Subtype {
  readonly service: string;
  readonly action: string;
  /** Where the request goes, of a queue. */
  readonly path?: (values: ActionValues) => string;
  readonly body: (values: ActionValues) => string;
}

/** What an integration of a subtype sends. */
export interface ActionRequest {
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Some of the values under the names that the service has for them. */
const renamed = (values: ActionValues, names: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(names).flatMap(([from, to]) => (values[from] === undefined ? [] : [[to, values[from]]])),
    ),
  );

const started = { StateMachineArn: 'stateMachineArn', Name: 'name', Input: 'input' };

/** Of queues that are named without a host. */
const BASE = 'http://localhost';

const ofQueue = (action: string, names: readonly string[]): Subtype => ({
  service: 'sqs',
  action,
  // What may stand behind the path would be part of the action.
  path: ({ QueueUrl = '' }) => (URL.canParse(QueueUrl, BASE) ? new URL(QueueUrl, BASE).pathname : '/'),
  body: (values) => {
    const form = new URLSearchParams({ Action: action });
    for (const name of names) if (values[name] !== undefined) form.set(name, values[name]);
    for (const name of ['MessageAttribute', 'MessageSystemAttribute']) attributes(form, name, values);
    return form.toString();
  },
});

/** Attributes are given as a map in JSON. */
function attributes(form: URLSearchParams, name: string, values: ActionValues): void {
  const given: Record<string, Record<string, string>> = JSON.parse(values[`${name}s`] ?? '{}');
  for (const [index, [key, value]] of Object.entries(given).entries()) {
    form.set(`${name}.${index + 1}.Name`, key);
    for (const [part, each] of Object.entries(value)) form.set(`${name}.${index + 1}.Value.${part}`, each);
  }
}

/** Source: API Gateway developer guide, "Integration subtype reference". */
export const SUBTYPES: Readonly<Record<string, Subtype>> = {
  'EventBridge-PutEvents': { service: 'events', action: 'PutEvents', body: putEvents },
  'SQS-SendMessage': ofQueue('SendMessage', [
    'MessageBody',
    'DelaySeconds',
    'MessageDeduplicationId',
    'MessageGroupId',
  ]),
  'SQS-DeleteMessage': ofQueue('DeleteMessage', ['ReceiptHandle']),
  'SQS-PurgeQueue': ofQueue('PurgeQueue', []),
  'StepFunctions-StartExecution': {
    service: 'states',
    action: 'StartExecution',
    body: (values) => renamed(values, started),
  },
  'StepFunctions-StartSyncExecution': {
    service: 'states',
    action: 'StartSyncExecution',
    body: (values) => renamed(values, { ...started, TraceHeader: 'traceHeader' }),
  },
  'StepFunctions-StopExecution': {
    service: 'states',
    action: 'StopExecution',
    body: (values) => renamed(values, { ExecutionArn: 'executionArn', Cause: 'cause', Error: 'error' }),
  },
};

function putEvents({ Time, Resources, ...values }: ActionValues): string {
  const taken = ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'];
  const entry: JsonObject = Object.fromEntries(
    taken.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
  if (Time !== undefined) entry.Time = /^\d+(\.\d+)?$/.test(Time) ? Number(Time) : Date.parse(Time) / 1000;
  if (Resources !== undefined)
    entry.Resources = Resources.startsWith('[')
      ? JSON.parse(Resources)
      : Resources.split(',').map((each) => each.trim());
  return JSON.stringify({ Entries: [entry] });
}

/**
 * What an integration of a subtype sends.
 *
 * @throws Error where a value is not what the service takes
 */
export function actionRequest(subtype: string, values: ActionValues): ActionRequest {
  const known = SUBTYPES[subtype];
  if (!known) throw new Error(`no subtype ${subtype}`);
  return {
    path: known.path?.(values) ?? '/',
    headers: actionHeaders(known.service, known.action) ?? [],
    body: known.body(values),
  };
}
