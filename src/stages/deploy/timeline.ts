import type { StackEvent } from '../../aws/stack/events.ts';
import type { TimelineRow } from '../../report/model.ts';

const STATUS =
  /^(?:UPDATE_ROLLBACK|ROLLBACK|CREATE|UPDATE|DELETE|IMPORT)_(IN_PROGRESS|COMPLETE|FAILED|SKIPPED)$/;

/** What happened to each resource, from when to when, in the order in which it began; the stack itself is none. */
export function timelineOf(events: readonly StackEvent[], rootName: string): readonly TimelineRow[] {
  const begin = events[0]?.time ?? 0;
  const open = new Map<string, Mutable>();
  const rows: Mutable[] = [];
  for (const { stackId, physicalId, stackName, logicalId, type, status, time } of events) {
    const [, state] = STATUS.exec(status) ?? [];
    if (state === undefined || physicalId === stackId) continue;
    const key = JSON.stringify([stackName, logicalId]);
    const action = actionIn(status);
    const known = open.get(key);
    const row = known?.action === action ? known : undefined;
    if (state === 'IN_PROGRESS') {
      if (row) continue;
      const name = stackName === rootName ? logicalId : `${stackName}/${logicalId}`;
      const begun: Mutable = {
        logicalId: name,
        type,
        action,
        start: time - begin,
        end: undefined,
        failed: false,
      };
      open.set(key, begun);
      rows.push(begun);
    } else if (row) {
      row.end = time - begin;
      row.failed = state === 'FAILED';
      open.delete(key);
    }
  }
  return rows;
}

type Mutable = { -readonly [Key in keyof TimelineRow]: TimelineRow[Key] };

const actionIn = (status: string): TimelineRow['action'] =>
  /^DELETE/.test(status)
    ? 'delete'
    : /ROLLBACK/.test(status)
      ? 'rollback'
      : /^UPDATE/.test(status)
        ? 'update'
        : 'create';
