import type { LocalFunction } from '../functions/function.ts';
import { apiNames } from '../http-api/api-names.ts';
import { elsewhere } from '../http-api/forward/elsewhere.ts';
import type { MappedWebSocketTarget, MappingPlan, ServicePlan, WebSocketRoutePlan } from './plan.ts';

/** What starts functions, one line each: `queue orders -> TakeOrder`. */
export function planLines(plan: ServicePlan, functions: readonly LocalFunction[]): string[] {
  const called = (arn: string): string => nameOf(arn, functions);
  return [
    ...functions.filter(({ web }) => !web).map(({ logicalId, runtime }) => `${logicalId} (${runtime})`),
    ...plan.mappings.map(
      (each) => `${WORDS[each.kind]} ${lastOf(each.sourceArn)} -> ${called(each.functionArn)}`,
    ),
    ...plan.subscriptions.map(({ topicArn, endpoint }) => `topic ${lastOf(topicArn)} -> ${called(endpoint)}`),
    ...plan.rules.flatMap(({ name, schedule, targets }) =>
      targets.map(
        ({ arn }) => `rule ${name}${schedule === undefined ? '' : ` ${schedule}`} -> ${called(arn)}`,
      ),
    ),
    ...plan.schedules.map(
      ({ name, expression, target }) => `schedule ${name} ${expression} -> ${called(target.arn)}`,
    ),
    ...plan.buckets.flatMap(({ name, notifications }) =>
      notifications.map(({ event, arn }) => `bucket ${name} ${event} -> ${called(arn)}`),
    ),
    ...plan.webSockets.flatMap(({ name, routes }) =>
      routes.map(({ key, target }) => `websocket ${name} ${key} -> ${leadsTo(target, called)}`),
    ),
    ...plan.machines.map(
      ({ logicalId, type }) => `${logicalId} (${type === 'EXPRESS' ? 'express ' : ''}state machine)`,
    ),
    ...plan.logSubscriptions.map(
      ({ logGroup, destinationArn }) => `logs ${logGroup} -> ${called(destinationArn)}`,
    ),
    ...plan.pipes.map(
      ({ name, sourceArn, enrichment, target }) =>
        `pipe ${name} ${lastOf(sourceArn)}${enrichment ? ` -> ${called(enrichment.arn)}` : ''} -> ${called(target.arn)}`,
    ),
    ...plan.topicRules.flatMap(({ name, sql, actions }) =>
      actions.map(({ arn }) => `iot ${name} ${sql} -> ${called(arn)}`),
    ),
    ...plan.left.map((line) => `not here: ${line}`),
  ];
}

/** What a service keeps things in, where nothing here has it: functions would ask AWS for it, without credentials. */
export function storageLines({ tables, buckets }: ServicePlan): string[] {
  const names = [
    ...tables.map(({ kind, name }) => `the ${WORDS[kind]} ${name}`),
    ...buckets.map(({ name }) => `the bucket ${name}`),
  ];
  return names.map((name) => `not here: ${name}: name an emulator that has it in the input backend`);
}

/** Where clients of WebSocket APIs connect to. */
export function webSocketLines({ webSockets }: ServicePlan, url: string): string[] {
  const address = url.replace(/^http/, 'ws');
  return [...apiNames(webSockets)].map(
    ([api, name]) => `WebSocket ${api.name}: ${address}${webSockets.length > 1 ? `/${name}` : ''}`,
  );
}

function leadsTo(target: WebSocketRoutePlan['target'], called: (arn: string) => string): string {
  switch (target.kind) {
    case 'function':
      return called(target.arn);
    case 'http':
      return elsewhere(target.endpoint);
    case 'mapped':
      return target.to.kind === 'mock' ? 'mock' : `${mappedTo(target.to, called)}, mapped`;
    case 'unsupported':
      return `not emulated: ${target.reason}`;
  }
}

function mappedTo(
  to: Exclude<MappedWebSocketTarget['to'], { readonly kind: 'mock' }>,
  called: (arn: string) => string,
): string {
  if (to.kind === 'function') return called(to.arn);
  return to.kind === 'service' ? to.called.name : elsewhere(to.endpoint);
}

const WORDS: Readonly<Record<MappingPlan['kind'], string>> = {
  queue: 'queue',
  kinesis: 'stream',
  dynamodb: 'table',
};

const lastOf = (arn: string): string =>
  arn
    .split(/[:]/)
    .at(-1)
    ?.replace(/^(table|stream)\//, '')
    .split('/')[0] ?? arn;

function nameOf(arn: string, functions: readonly LocalFunction[]): string {
  const [, , service, , , , name = ''] = arn.split(':');
  if (service !== 'lambda') return arn.split(':').slice(2, 3).concat(lastOf(arn)).join(' ');
  return functions.find((fn) => fn.name === name)?.logicalId ?? name;
}
