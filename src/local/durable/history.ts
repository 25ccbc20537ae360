import type { DurableOperation, EventDetails, ExecutionRecord, HistoryEvent } from './types.ts';

type About = Pick<DurableOperation, 'Id' | 'ParentId' | 'Name' | 'SubType'>;

/** Adds an event to the history of an execution. */
export function addEvent(
  execution: ExecutionRecord,
  type: string,
  about: { readonly at: number; readonly of?: About | undefined; readonly details: EventDetails },
): void {
  const { at, of, details } = about;
  const event: HistoryEvent = {
    EventId: execution.events.length + 1,
    EventType: type,
    EventTimestamp: at,
    ...(of && { Id: of.Id }),
    ...(of?.ParentId !== undefined && { ParentId: of.ParentId }),
    ...(of?.Name !== undefined && { Name: of.Name }),
    ...(of?.SubType !== undefined && { SubType: of.SubType }),
    [`${type}Details`]: details,
  };
  execution.events.push(event);
}

/** What an event says. */
export const detailsOf = (event: HistoryEvent): EventDetails => event[`${event.EventType}Details`] ?? {};

/** What was said when an operation started. */
export function startOf(execution: ExecutionRecord, id: string): EventDetails {
  const event = execution.events.find(({ Id, EventType }) => Id === id && EventType.endsWith('Started'));
  return event ? detailsOf(event) : {};
}

/** What a callback is called: SDKs name what waits for it, and not always the callback itself. */
export function callbackName(
  { operations }: ExecutionRecord,
  operation: DurableOperation,
): string | undefined {
  const parent = operations.find(({ Id }) => Id === operation.ParentId);
  return (parent?.SubType === 'WaitForCallback' ? parent.Name : undefined) ?? operation.Name;
}
