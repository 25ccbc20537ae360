import { mapOf, text } from '../functions/resolve.ts';
import { messageOf } from '../service/dead-letters.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import { type Buses, createBuses } from './bus.ts';
import { eventsApi } from './events-api.ts';
import { createScheduler } from './scheduler.ts';
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
  const scheduler = createScheduler(context, timers);
  apis.add('scheduler', scheduler.answer);
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
      const told = (name: string, begin: () => void): void => {
        try {
          begin();
        } catch (error) {
          context.warn(`${name}: does not run at any time: AWS refuses its schedule: ${messageOf(error)}`);
        }
      };
      for (const rule of plan.rules)
        if (rule.schedule !== undefined && rule.enabled) told(rule.name, () => timers.rule(rule));
      for (const schedule of plan.schedules) told(schedule.name, () => scheduler.begin(schedule));
    },
    stop: async () => timers.stop(),
  };
}
