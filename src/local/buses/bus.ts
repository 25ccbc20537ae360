import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../template/types.ts';
import { matches } from '../patterns/match.ts';
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
  fire(rule: RulePlan, event: JsonObject, traceId?: string): void;
  /** One that is passed on from another bus as it is. */
  pass(bus: string, event: JsonObject, traceId?: string): void;
}

export function createBuses(context: ServiceContext): Buses {
  const { plan, activity, targets, account, region } = context;

  async function send(rule: RulePlan, event: JsonObject, traceId: string | undefined): Promise<void> {
    for (const target of rule.targets) {
      const body = targetInput(target, event, rule);
      const delivery = {
        cause: {
          kind: rule.schedule === undefined ? 'rule' : 'schedule',
          source: rule.name,
          ids: [String(event.id)],
        },
        ...(traceId !== undefined && { traceId }),
        ...(target.groupId !== undefined && { groupId: target.groupId, deduplicationId: String(event.id) }),
      } as const;
      try {
        await targets.send(target.arn, body, delivery);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        activity.publish({
          kind: 'noted',
          at: Date.now(),
          source: rule.name,
          text: `target ${target.id} did not take event ${String(event.id)}: ${why}`,
        });
        if (target.deadLetterArn !== undefined) await targets.send(target.deadLetterArn, body, delivery);
      }
    }
  }

  const fire = (rule: RulePlan, event: JsonObject, traceId?: string): void =>
    void send(rule, event, traceId).catch((error: unknown) => context.warn(`${rule.name}: ${String(error)}`));

  function pass(bus: string, event: JsonObject, traceId?: string): void {
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
        fire(rule, event, traceId);
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
      pass(bus, event, traceId);
      return id;
    },
  };
}
