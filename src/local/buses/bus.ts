import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../template/types.ts';
import { matches } from '../patterns/match.ts';
import { messageOf, targetErrorCode, textAttributes, undelivered } from '../service/dead-letters.ts';
import type { ServiceContext } from '../service/part.ts';
import type { RulePlan } from '../service/plan.ts';
import { targetInput } from './input.ts';

/** An event before it is on a bus. */
export interface NewEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: string;
  readonly traceId?: string;
}

/** Puts events on buses, whose rules send them on. */
export interface Buses {
  /** @returns the id of the event */
  put(bus: string, event: NewEvent): string;
  /** Sends an event to the targets of a rule. */
  fire(rule: RulePlan, event: JsonObject, way?: EventWay): void;
  /** One that comes as it is: from another bus, from a bucket. */
  pass(bus: string, event: JsonObject, way?: EventWay): void;
}

/** How an event came to a bus. */
export interface EventWay {
  readonly traceId?: string;
  /** From another bus. Source: Amazon EventBridge User Guide, "Sending events between event buses": it goes to no third one. */
  readonly forwarded?: boolean;
}

export function createBuses(context: ServiceContext): Buses {
  const { plan, activity, targets, account, region } = context;

  async function send(rule: RulePlan, event: JsonObject, { traceId, forwarded }: EventWay): Promise<void> {
    for (const target of rule.targets) {
      if (forwarded && target.arn.split(':')[2] === 'events') {
        const text = `event ${String(event.id)} comes from another bus and goes to no third one`;
        activity.publish({ kind: 'noted', at: Date.now(), source: rule.name, text });
        continue;
      }
      const body = targetInput(target, event, rule);
      const delivery = {
        cause: {
          kind: rule.schedule === undefined ? 'rule' : 'schedule',
          source: rule.name,
          ids: [String(event.id)],
        },
        ...(traceId !== undefined && { traceId }),
        // Source: Amazon EventBridge API Reference, `Target`: FIFO queues have to tell messages apart by their content.
        ...(target.groupId !== undefined && { groupId: target.groupId }),
      } as const;
      try {
        await targets.send(target.arn, body, delivery);
      } catch (error) {
        // Source: Amazon EventBridge User Guide, "Using dead-letter queues": the event as it came, and what went wrong.
        const attributes = textAttributes({
          RULE_ARN: rule.arn,
          TARGET_ARN: target.arn,
          ERROR_CODE: targetErrorCode(error),
          ERROR_MESSAGE: messageOf(error),
          RETRY_ATTEMPTS: '0',
        });
        await undelivered(context, {
          source: rule.name,
          what: `target ${target.id} did not take event ${String(event.id)}`,
          error,
          deadLetterArn: target.deadLetterArn,
          body: JSON.stringify(event),
          delivery: { ...delivery, attributes },
        });
      }
    }
  }

  const fire = (rule: RulePlan, event: JsonObject, way: EventWay = {}): void =>
    void send(rule, event, way).catch((error: unknown) => context.warn(`${rule.name}: ${String(error)}`));

  function pass(bus: string, event: JsonObject, way: EventWay = {}): void {
    const { traceId } = way;
    activity.publish({
      kind: 'arrived',
      at: Date.now(),
      service: 'bus',
      to: bus,
      id: String(event.id),
      body: JSON.stringify(event),
      ...(traceId !== undefined && { traceId }),
    });
    for (const rule of plan.rules) {
      if (rule.enabled && rule.bus === bus && rule.pattern && matches(rule.pattern, event))
        fire(rule, event, way);
    }
  }

  return {
    fire,
    pass,
    put(bus, { source, detailType, detail, resources = [], time, traceId }) {
      const id = randomUUID();
      const event: JsonObject = {
        version: '0',
        id,
        'detail-type': detailType,
        source,
        account,
        time: time ?? `${new Date().toISOString().slice(0, 19)}Z`,
        region,
        resources: [...resources],
        detail,
      };
      pass(bus, event, traceId === undefined ? {} : { traceId });
      return id;
    },
  };
}
