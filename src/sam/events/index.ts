import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { API_EVENTS, STATE_MACHINE_API_EVENTS } from '../api/index.ts';
import { checkProperties } from '../checks/property-table.ts';
import { type Build, keysInOrder } from '../context.ts';
import { SamRefusal } from '../problems.ts';
import { byCodePoint } from '../python/json.ts';
import type { Generated, SamSource } from '../types.ts';
import { COGNITO } from './cognito.ts';
import {
  FUNCTION_PATTERN,
  FUNCTION_SCHEDULE,
  STATE_MACHINE_PATTERN,
  STATE_MACHINE_SCHEDULE,
} from './rules.ts';
import { S3 } from './s3.ts';
import { SCHEDULE_V2 } from './schedule-v2.ts';
import { ALEXA_SKILL, CLOUDWATCH_LOGS, IOT_RULE } from './services.ts';
import { SNS } from './sns.ts';
import { DOCUMENT_DB, MQ, MSK, SELF_MANAGED_KAFKA } from './streams/brokers.ts';
import { DYNAMODB, KINESIS, polled, SQS } from './streams/index.ts';
import type { EventSource, FunctionTarget, SamEvent, StateMachineTarget } from './types.ts';

/** What calls a function, by its type in `Events`. */
export const FUNCTION_EVENTS: Readonly<Record<string, EventSource<FunctionTarget>>> = {
  ...API_EVENTS,
  AlexaSkill: ALEXA_SKILL,
  CloudWatchEvent: FUNCTION_PATTERN,
  CloudWatchLogs: CLOUDWATCH_LOGS,
  Cognito: COGNITO,
  DocumentDB: polled(DOCUMENT_DB),
  DynamoDB: polled(DYNAMODB),
  EventBridgeRule: FUNCTION_PATTERN,
  IoTRule: IOT_RULE,
  Kinesis: polled(KINESIS),
  MQ: polled(MQ),
  MSK: polled(MSK),
  S3,
  SNS,
  SQS: polled(SQS),
  Schedule: FUNCTION_SCHEDULE,
  ScheduleV2: SCHEDULE_V2,
  SelfManagedKafka: polled(SELF_MANAGED_KAFKA),
};

/** The same of state machines. */
export const STATE_MACHINE_EVENTS: Readonly<Record<string, EventSource<StateMachineTarget>>> = {
  ...STATE_MACHINE_API_EVENTS,
  CloudWatchEvent: STATE_MACHINE_PATTERN,
  EventBridgeRule: STATE_MACHINE_PATTERN,
  Schedule: STATE_MACHINE_SCHEDULE,
  ScheduleV2: SCHEDULE_V2,
};

/** What the events of a function make, ordered by path, else by name: later paths see what earlier ones made of an API. */
export function functionEvents(source: SamSource, target: FunctionTarget, build: Build): Generated[] {
  const found = eventsOf(source, build);
  if (found.length === 0) return [];
  const events = found
    .map((entry) => ({ entry, key: orderOf(entry) }))
    .sort((one, other) => byCodePoint(one.key, other.key));
  return events.flatMap(({ entry }) =>
    generateEvent(source, entry, { kinds: FUNCTION_EVENTS, target, build }),
  );
}

/** What the events of a state machine make. */
export const stateMachineEvents = (
  source: SamSource,
  target: StateMachineTarget,
  build: Build,
): Generated[] =>
  eventsOf(source, build).flatMap((entry) =>
    generateEvent(source, entry, { kinds: STATE_MACHINE_EVENTS, target, build }),
  );

type EventEntry = readonly [name: string, event: Json];

function eventsOf({ properties }: SamSource, build: Build): readonly EventEntry[] {
  const { Events } = properties;
  if (!isObject(Events)) return [];
  return keysInOrder(Events, build).map((name) => [name, Events[name] ?? null] as const);
}

function orderOf([name, event]: EventEntry): string {
  const path = isObject(event) && isObject(event.Properties) ? event.Properties.Path : undefined;
  return typeof path === 'string' ? path : name;
}

function generateEvent<Target>(
  { logicalId: owner }: SamSource,
  [name, event]: EventEntry,
  {
    kinds,
    target,
    build,
  }: { kinds: Readonly<Record<string, EventSource<Target>>>; target: Target; build: Build },
): readonly Generated[] {
  const at = ['Resources', owner, 'Properties', 'Events', name];
  const refused = (path: readonly string[], message: string): never => {
    throw new SamRefusal({ logicalId: owner, path: [...at, ...path], message: `event ${name}: ${message}` });
  };
  if (!isObject(event)) return refused([], 'an event has to be a map');
  const { Type, Properties = {} } = event;
  const kind = typeof Type === 'string' && Object.hasOwn(kinds, Type) ? kinds[Type] : undefined;
  if (typeof Type !== 'string' || !kind)
    return refused(['Type'], `Type has to be one of ${Object.keys(kinds).sort().join(', ')}`);
  if (!isObject(Properties)) return refused(['Properties'], 'Properties has to be a map');
  if (!/^[A-Za-z0-9]+$/.test(`${owner}${name}`))
    return refused([], 'its name has to be letters and digits only');
  const path = [...at, 'Properties'];
  const problems = checkProperties(Properties, kind.properties, { logicalId: owner, path, type: Type });
  const [first] = problems;
  if (first) throw new SamRefusal(first);
  const made: SamEvent = {
    logicalId: `${owner}${name}`,
    name,
    owner,
    type: Type,
    properties: withoutNull(Properties),
    path,
    attributes: {},
  };
  return kind.generate(made, target, build);
}

/** The same map, in which what is `null` is gone: it counts as missing. */
function withoutNull(properties: JsonObject): JsonObject {
  for (const name in properties) if (properties[name] === null) delete properties[name];
  return properties;
}
