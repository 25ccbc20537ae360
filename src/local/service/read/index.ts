import type { Template } from '../../../template/types.ts';
import type { ResolveOptions } from '../../functions/resolve.ts';
import { EMPTY_PLAN, type ServicePlan } from '../plan.ts';
import { bucketsOf, tablesOf } from './buckets.ts';
import { busesOf, rulesOf, schedulesOf } from './buses.ts';
import { topicRulesOf } from './iot.ts';
import { tellLeft } from './left.ts';
import { logSubscriptionsOf } from './logs.ts';
import { afterwardsOf, mappingsOf } from './mappings.ts';
import { pipesOf } from './pipes.ts';
import { queuesOf, subscriptionsOf, topicsOf } from './queues.ts';
import { planScope } from './scope.ts';
import { webSocketsOf } from './web-sockets.ts';

/** What of a template works here beside its functions and routes. */
export function planOf(template: Template, options: ResolveOptions): ServicePlan {
  const left: string[] = [];
  const scope = planScope(template, options, (why) => left.push(why));
  tellLeft(scope);
  return {
    ...EMPTY_PLAN,
    queues: queuesOf(scope),
    topics: topicsOf(scope),
    subscriptions: subscriptionsOf(scope),
    buses: busesOf(scope),
    rules: rulesOf(scope),
    schedules: schedulesOf(scope),
    scheduleGroups: scope.of('AWS::Scheduler::ScheduleGroup').map(({ id }) => id),
    mappings: mappingsOf(scope),
    afterwards: afterwardsOf(scope),
    webSockets: webSocketsOf(scope),
    buckets: bucketsOf(scope),
    tables: tablesOf(scope),
    logSubscriptions: logSubscriptionsOf(scope),
    pipes: pipesOf(scope),
    topicRules: topicRulesOf(scope),
    left,
  };
}

/** The plans of several stacks and nested templates as one. */
export function joinedPlans(plans: readonly ServicePlan[]): ServicePlan {
  return {
    queues: plans.flatMap(({ queues }) => queues),
    topics: plans.flatMap(({ topics }) => topics),
    subscriptions: plans.flatMap(({ subscriptions }) => subscriptions),
    buses: plans.flatMap(({ buses }) => buses),
    rules: plans.flatMap(({ rules }) => rules),
    schedules: plans.flatMap(({ schedules }) => schedules),
    scheduleGroups: plans.flatMap(({ scheduleGroups }) => scheduleGroups),
    mappings: plans.flatMap(({ mappings }) => mappings),
    afterwards: plans.flatMap(({ afterwards }) => afterwards),
    webSockets: plans.flatMap(({ webSockets }) => webSockets),
    buckets: plans.flatMap(({ buckets }) => buckets),
    tables: plans.flatMap(({ tables }) => tables),
    machines: plans.flatMap(({ machines }) => machines),
    logSubscriptions: plans.flatMap(({ logSubscriptions }) => logSubscriptions),
    pipes: plans.flatMap(({ pipes }) => pipes),
    topicRules: plans.flatMap(({ topicRules }) => topicRules),
    left: plans.flatMap(({ left }) => left),
  };
}
