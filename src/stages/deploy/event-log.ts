import type { StackEvent } from '../../aws/stack/events.ts';
import type { Log } from '../../log.ts';

/** One event as one line: `12:03:44  CREATE_FAILED  OrdersTable  (AWS::DynamoDB::Table)  reason`. */
export function eventLine(event: StackEvent, rootName: string): string {
  const nested = event.stackName === rootName ? '' : `${event.stackName}/`;
  return [
    new Date(event.time).toISOString().slice(11, 19),
    event.status.padEnd(20),
    `${nested}${event.logicalId}`,
    `(${event.type})`,
    event.reason,
  ]
    .filter((part) => part !== '')
    .join('  ');
}

/** Prints each event as it comes. */
export function logEvents(rootName: string, log: Log): (event: StackEvent) => void {
  return (event) => log.info(eventLine(event, rootName));
}
