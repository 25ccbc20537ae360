import { isObject, type JsonObject } from '../../template/types.ts';
import { CallError, json, jsonError } from '../aws-api/answer.ts';
import type { AwsApi } from '../aws-api/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { patternProblem } from '../patterns/check.ts';
import { matches } from '../patterns/match.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import { type Buses, createBuses } from './bus.ts';
import { schedulerApi } from './scheduler-api.ts';
import { createTimers } from './timers.ts';

/** `put`, for parts that tell buses of what happens (S3). */
export interface BusesPart extends ServicePart {
  readonly buses: Buses;
}

/** The event buses, rules and schedules of a service. */
export function busesPart(context: ServiceContext): BusesPart {
  const { plan, apis, targets } = context;
  const buses = createBuses(context);
  const timers = createTimers(context, buses);
  apis.add('events', eventsApi(context, buses));
  apis.add('scheduler', schedulerApi(context, timers));
  targets.add('events', async (arn, body, { cause, traceId }) => {
    const event: unknown = JSON.parse(body);
    const bus = arn.split('/').at(-1) ?? 'default';
    const trace = traceId === undefined ? {} : { traceId };
    const forwarded = cause.kind === 'rule' || cause.kind === 'schedule';
    if (cause.kind !== 'destination') return buses.pass(bus, mapOf(event), { ...trace, forwarded });
    const { condition, functionArn } = mapOf(mapOf(event).requestContext);
    buses.put(bus, {
      source: 'lambda',
      detailType: `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
      detail: mapOf(event),
      resources: [text(functionArn ?? ''), arn],
      ...trace,
    });
  });
  return {
    name: 'event buses and schedules',
    buses,
    async begin() {
      for (const rule of plan.rules) if (rule.schedule !== undefined && rule.enabled) timers.rule(rule);
      for (const schedule of plan.schedules) if (schedule.enabled) timers.schedule(schedule);
    },
    stop: async () => timers.stop(),
  };
}

/** Source: Amazon EventBridge API Reference, `PutEvents`. */
const MOST_EVENTS = 10;

const eventsApi =
  ({ plan }: ServiceContext, buses: Buses): AwsApi =>
  async ({ headers, body }) => {
    const input = mapOf(JSON.parse(body.toString() || '{}'));
    const known = ['default', ...plan.buses.map(({ name }) => name)];
    switch (headers['x-amz-target']) {
      case 'AWSEvents.PutEvents': {
        const entries = Array.isArray(input.Entries) ? input.Entries : [];
        if (entries.length === 0 || entries.length > MOST_EVENTS)
          return jsonError(
            new CallError(
              'ValidationException',
              `Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_EVENTS}`,
            ),
          );
        const Entries = entries.map((entry) =>
          put(mapOf(entry), { buses, known, trace: headers['x-amzn-trace-id'] }),
        );
        return json({ FailedEntryCount: Entries.filter((each) => 'ErrorCode' in each).length, Entries });
      }
      case 'AWSEvents.TestEventPattern': {
        const pattern = mapOf(JSON.parse(text(input.EventPattern ?? '{}')));
        const problem = patternProblem(pattern);
        return problem === undefined
          ? json({ Result: matches(pattern, JSON.parse(text(input.Event ?? '{}'))) })
          : jsonError(
              new CallError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${problem}`),
            );
      }
      case 'AWSEvents.ListEventBuses':
        return json({ EventBuses: known.map((Name) => ({ Name })) });
      default:
        return jsonError(
          new CallError(
            'UnknownOperationException',
            `${headers['x-amz-target'] ?? 'This call'} is not served here`,
          ),
        );
    }
  };

/** Source: Amazon EventBridge API Reference, `PutEvents`. */
function put(
  entry: JsonObject,
  {
    buses,
    known,
    trace,
  }: { readonly buses: Buses; readonly known: readonly string[]; readonly trace: string | undefined },
): { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string } {
  const bus =
    text(entry.EventBusName ?? 'default')
      .split('/')
      .at(-1) ?? 'default';
  for (const name of ['Source', 'DetailType', 'Detail'])
    if (entry[name] === undefined || entry[name] === '')
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
  // EventBridge takes events for buses that are not there, and forgets them.
  if (!known.includes(bus)) return { EventId: crypto.randomUUID() };
  let detail: unknown;
  try {
    detail = JSON.parse(text(entry.Detail ?? ''));
  } catch {
    detail = undefined;
  }
  if (!isObject(detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const traceId = entry.TraceHeader === undefined ? trace : text(entry.TraceHeader);
  return {
    EventId: buses.put(bus, {
      source: text(entry.Source ?? ''),
      detailType: text(entry.DetailType ?? ''),
      detail,
      resources: Array.isArray(entry.Resources) ? entry.Resources.map(text) : [],
      ...(entry.Time !== undefined && {
        time: `${new Date(Number(entry.Time) * 1000).toISOString().slice(0, 19)}Z`,
      }),
      ...(traceId !== undefined && { traceId }),
    }),
  };
}
