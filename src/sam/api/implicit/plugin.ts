import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import type { Build } from '../../context.ts';
import { SamRefusal } from '../../problems.ts';
import { keepOrder, tableOf } from '../../python/key-order.ts';
import { KeyTable } from '../../python/key-table.ts';
import { truthy } from '../../python/values.ts';
import { type ApiState, stateOf } from '../state.ts';
import { Attributes } from './attributes.ts';
import { ANY_ROUTE, HTTP, type ImplicitKind } from './kinds.ts';
import { addRouteSettings } from './route-settings.ts';

const OWNERS = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

/** An event of an API, with whose it is. */
interface ApiEvent {
  readonly name: string;
  readonly ownerId: string;
  readonly owner: JsonObject;
  readonly event: JsonObject;
}

/**
 * Adds the paths of all events of a kind to the definitions that SAM manages, and makes the API that events without one
 * share.
 */
export function addImplicitApi(kind: ImplicitKind, build: Build): void {
  const state = stateOf(build);
  const order = tableOf(build.resources);
  const restore = replaceExisting(kind, build, { state, order });
  const attributes = new Attributes(kind, build);
  for (const ownerId of build.hasHashOrder ? order.keys() : Object.keys(build.resources)) {
    const owner = build.resources[ownerId];
    if (!isObject(owner) || !OWNERS.includes(String(owner.Type))) continue;
    try {
      addEvents(kind, build, { ownerId, owner, attributes });
    } catch (error) {
      if (!(error instanceof SamRefusal)) throw error;
      build.problems.push(error.problem);
    }
  }
  attributes.apply();
  if ((state.definitions.get(kind.apiId)?.paths.size ?? 0) === 0) restore();
  keepOrder(build.resources, order);
}

/** Puts the implicit API in place of one that the author wrote. Returned is what brings that one back. */
function replaceExisting(
  { apiId, type, properties, skeleton }: ImplicitKind,
  { resources }: Build,
  { state, order }: { readonly state: ApiState; readonly order: KeyTable },
): () => void {
  const existing = resources[apiId];
  const definition = state.definitions.get(apiId);
  const isManaged = state.managed.has(apiId);
  resources[apiId] = { Type: type, Properties: { ...properties } };
  state.definitions.set(apiId, skeleton(apiId));
  state.managed.add(apiId);
  state.implicit.add(apiId);
  order.add(apiId);
  return () => {
    state.implicit.delete(apiId);
    state.definitions.delete(apiId);
    if (definition) state.definitions.set(apiId, definition);
    if (!isManaged) state.managed.delete(apiId);
    if (existing !== undefined) resources[apiId] = existing;
    else {
      delete resources[apiId];
      order.delete(apiId);
    }
  };
}

function addEvents(
  kind: ImplicitKind,
  build: Build,
  { ownerId, owner, attributes }: { ownerId: string; owner: JsonObject; attributes: Attributes },
): void {
  const events = isObject(owner.Properties) ? owner.Properties.Events : undefined;
  if (!isObject(events)) return;
  const order = tableOf(events);
  const names = (build.hasHashOrder ? order.keys() : Object.keys(events)).filter((name) => {
    const event = events[name];
    return isObject(event) && event.Type === kind.eventType;
  });
  if (names.length === 0) return;
  const inOrder = build.hasHashOrder ? KeyTable.of(names).keys() : names;
  for (const name of inOrder)
    addEvent(kind, build, { name, ownerId, owner, event: events[name] as JsonObject }, attributes);
  order.merge(inOrder);
  keepOrder(events, order);
}

function addEvent(kind: ImplicitKind, build: Build, apiEvent: ApiEvent, attributes: Attributes): void {
  const { owner, event } = apiEvent;
  const isHttp = kind === HTTP;
  const written = Object.hasOwn(event, 'Properties') ? event.Properties : {};
  if (!isHttp && !truthy(written)) return;
  if (!isObject(written)) refuse(apiEvent, [], 'Properties has to be a map');
  event.Properties = written;
  if (!Object.hasOwn(written, kind.apiProperty)) {
    passTags(kind, build, owner);
    written[kind.apiProperty] = { Ref: kind.apiId };
  }
  if (isHttp && !truthy(written.Path) && !truthy(written.Method)) {
    written.Path = ANY_ROUTE.path;
    written.Method = ANY_ROUTE.method;
  }
  const text = (name: string, value: Json | undefined): string =>
    typeof value === 'string'
      ? value
      : refuse(apiEvent, [name], value === undefined ? `${name} is missing` : `${name} has to be a text`);
  const named = written[kind.apiProperty];
  const apiId = text(kind.apiProperty, isObject(named) && Object.hasOwn(named, 'Ref') ? named.Ref : named);
  const path = text('Path', written.Path);
  const method = text('Method', written.Method);
  attributes.note(apiId, [path, method], owner);
  const api = build.resources[apiId];
  if (!isObject(api) || (api.Type === 'AWS::Serverless::HttpApi' && !isHttp))
    refuse(
      apiEvent,
      [kind.apiProperty],
      `${kind.apiProperty} is ${apiId}, but the template has no ${kind.type} of this logical ID`,
    );
  const definition =
    stateOf(build).managed.has(apiId) && api.Type === kind.type
      ? stateOf(build).definitions.get(apiId)
      : undefined;
  if (definition) {
    definition.copied();
    definition.addPath(path, method);
    definition.copied();
  }
  if (isHttp && Object.hasOwn(written, 'RouteSettings'))
    addRouteSettings(api, { apiId, event: written, condition: owner.Condition }, (message) =>
      refuse(apiEvent, ['RouteSettings'], message),
    );
}

function refuse({ ownerId, name }: ApiEvent, at: readonly string[], message: string): never {
  throw new SamRefusal({
    logicalId: ownerId,
    path: ['Resources', ownerId, 'Properties', 'Events', name, 'Properties', ...at],
    message: `event ${name}: ${message}`,
  });
}

/** Hands tags of a function on to the API, where the function wants it. */
function passTags({ apiId }: ImplicitKind, { template, resources }: Build, owner: JsonObject): void {
  const { Globals } = template;
  const section = isObject(Globals)
    ? Globals[String(owner.Type).replace('AWS::Serverless::', '')]
    : undefined;
  const globals = isObject(section) ? section : {};
  const own = isObject(owner.Properties) ? owner.Properties : {};
  const propagates = truthy(own.PropagateTags) || truthy(globals.PropagateTags);
  const tags = truthy(own.Tags) ? own.Tags : globals.Tags;
  const api = resources[apiId];
  if (!propagates || !isObject(tags) || !truthy(tags) || !isObject(api) || !isObject(api.Properties)) return;
  api.Properties.Tags = { ...(isObject(api.Properties.Tags) && api.Properties.Tags), ...tags };
  api.Properties.PropagateTags = true;
}
