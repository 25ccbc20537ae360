import type { TemplatePath } from '../../../../template/types.ts';
import type { EventBase } from '../../../event-types.ts';
import type { Data, Value } from '../../../values.ts';
import { addResource, arnIn, type Draft, nameOf, type PermissionSource, permission } from '../../draft.ts';
import type { Callee } from '../../functions.ts';
import { pascal } from '../../identifiers.ts';

/** Where an event is written, and the function that it calls. */
export interface EventSourceContext {
  readonly draft: Draft;
  readonly path: TemplatePath;
  readonly callee: Callee;
}

/** Marshals one event into the draft. */
export type EventMarshaller<Event extends EventBase> = (event: Event, context: EventSourceContext) => void;

/** The ARN of a field's resource. */
export const sourceOf = (
  { draft, path }: EventSourceContext,
  field: string,
  value: Value<string>,
  types: readonly string[],
): { readonly arn: Data; readonly id?: string } | undefined => arnIn(draft, [...path, field], value, types);

/** What an event comes from. */
interface Origin {
  /** In words, such as `Queue`. */
  readonly kind: string;
  /** What tells events of the same kind apart. */
  readonly source?: unknown;
  /** The logical ID of the source, where it is of this service. */
  readonly id?: string | undefined;
}

/** The logical ID for an event's resources: the function, then the event's name or its source. */
export const eventId = (
  { callee }: EventSourceContext,
  { name }: EventBase,
  { kind, source, id }: Origin,
): string =>
  `${callee.id}${name === undefined ? `${source === undefined ? '' : nameOf(source, id)}${kind}` : pascal(name)}`;

/** Lets a service call the event's function; returns the logical ID of the permission. */
export const permit = (
  { draft, callee }: EventSourceContext,
  id: string,
  principal: string,
  source: PermissionSource,
): string => addResource(draft, `${id}Permission`, permission(callee.arn, principal, source));
