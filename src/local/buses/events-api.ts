import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { CallError, json, jsonError, jsonInput } from '../aws-api/answer.ts';
import type { AwsApi } from '../aws-api/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { patternProblem } from '../patterns/check.ts';
import { matches } from '../patterns/match.ts';
import type { ServiceContext } from '../service/part.ts';
import type { Buses } from './bus.ts';

/** Source: Amazon EventBridge API Reference, `PutEvents`; bytes of all entries. */
const MOST_EVENTS = 10;
const MOST_BYTES = 1024 * 1024;
const LONGEST: Readonly<Record<string, number>> = { Source: 256, DetailType: 128 };

interface EventsCall {
  readonly buses: Buses;
  /** Names of buses. */
  readonly known: readonly string[];
  readonly context: ServiceContext;
  readonly trace: string | undefined;
}

type Entry = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const ACTIONS: Readonly<Record<string, (input: JsonObject, call: EventsCall) => unknown>> = {
  PutEvents(input, call) {
    const entries = Array.isArray(input.Entries) ? input.Entries.map(mapOf) : [];
    if (entries.length === 0 || entries.length > MOST_EVENTS)
      throw new CallError(
        'ValidationException',
        `Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_EVENTS}`,
      );
    if (entries.reduce((size, entry) => size + sizeOf(entry), 0) > MOST_BYTES)
      throw new CallError(
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      );
    const Entries = entries.map((entry) => put(entry, call));
    return { FailedEntryCount: Entries.filter((each) => 'ErrorCode' in each).length, Entries };
  },
  TestEventPattern(input) {
    const pattern = mapIn(input.EventPattern);
    const problem = pattern ? patternProblem(pattern) : 'Filter is not an object';
    if (!pattern || problem !== undefined)
      throw new CallError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${problem}`);
    const event = mapIn(input.Event);
    const missing = MANDATORY.find((name) => event?.[name] === undefined);
    if (!event || missing !== undefined)
      throw new CallError(
        'ValidationException',
        `Parameter Event is not valid.${event ? ` Reason: it has no ${missing}` : ''}`,
      );
    return { Result: matches(pattern, event) };
  },
  ListEventBuses: ({ NamePrefix = '' }, { known, context }) => ({
    EventBuses: known.filter((name) => name.startsWith(text(NamePrefix))).map((name) => told(name, context)),
  }),
  DescribeEventBus({ Name = 'default' }, { known, context }) {
    const name = text(Name).split('/').at(-1) ?? '';
    if (!known.includes(name))
      throw new CallError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    return told(name, context);
  },
};

/** Source: Amazon EventBridge API Reference, `TestEventPattern`. */
const MANDATORY = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** The API of EventBridge, as far as programs use it while they run. */
export function eventsApi(context: ServiceContext, buses: Buses): AwsApi {
  const known = ['default', ...context.plan.buses.map(({ name }) => name)];
  return async ({ headers, body }) => {
    const target = headers['x-amz-target'] ?? 'This call';
    const name = target.replace(/^AWSEvents\./, '');
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    try {
      if (!action) throw new CallError('UnknownOperationException', `${target} is not served here`);
      return json(action(jsonInput(body), { buses, known, context, trace: headers['x-amzn-trace-id'] }));
    } catch (error) {
      if (error instanceof CallError) return jsonError(error);
      throw error;
    }
  };
}

const told = (name: string, { region, account }: ServiceContext) => ({
  Name: name,
  Arn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
});

function mapIn(written: Json | undefined): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(text(written ?? ''));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Source: Amazon EventBridge User Guide, "Calculating PutEvents event entry size". */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources }: JsonObject): number {
  const texts = [Source, DetailType, Detail, ...(Array.isArray(Resources) ? Resources : [])];
  return texts.reduce<number>(
    (size, each) => size + Buffer.byteLength(text(each)),
    Time === undefined ? 0 : 14,
  );
}

const invalid = (ErrorMessage: string): Entry => ({ ErrorCode: 'InvalidArgument', ErrorMessage });

/** Source: Amazon EventBridge API Reference, `PutEvents`. */
function put(entry: JsonObject, { buses, known, context, trace }: EventsCall): Entry {
  const bus =
    text(entry.EventBusName ?? 'default')
      .split('/')
      .at(-1) ?? 'default';
  for (const name of ['Source', 'DetailType', 'Detail'])
    if (entry[name] === undefined || entry[name] === '')
      return invalid(`Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  for (const [name, longest] of Object.entries(LONGEST))
    if (text(entry[name] ?? '').length > longest)
      return invalid(`Parameter ${name} is not valid. Reason: it has more than ${longest} characters.`);
  // Events of AWS itself alone. Recorded in prowler-cloud/prowler and aws-samples/serverless-patterns.
  if (text(entry.Source ?? '').startsWith('aws.'))
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  const time = entry.Time === undefined ? undefined : new Date(Number(entry.Time) * 1000);
  if (time && Number.isNaN(time.getTime())) return invalid('Parameter Time is not valid.');
  const detail = mapIn(entry.Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  // EventBridge takes events for buses that are not there, and forgets them.
  if (!known.includes(bus)) {
    context.warn(`there is no bus ${bus} here: an event of ${text(entry.Source ?? '')} is gone, as in AWS`);
    return { EventId: crypto.randomUUID() };
  }
  const traceId = entry.TraceHeader === undefined ? trace : text(entry.TraceHeader);
  return {
    EventId: buses.put(bus, {
      source: text(entry.Source ?? ''),
      detailType: text(entry.DetailType ?? ''),
      detail,
      resources: Array.isArray(entry.Resources) ? entry.Resources.map(text) : [],
      ...(time && { time: `${time.toISOString().slice(0, 19)}Z` }),
      ...(traceId !== undefined && { traceId }),
    }),
  };
}
