import { isOwnEvent, type StackEvent } from '../../aws/stack/events.ts';

/** What CloudFormation says where it makes a new resource in place of another one; custom resources say "required". */
const NEW_ONE = /requir(es|ed) the creation of a new physical resource/i;

/**
 * Which resources an update replaced, by logical ID (`Child.Table` for those of nested stacks): those whose physical ID is
 * another one. What did not get to its end, or began without an ID, so that it cannot be told, is left out.
 *
 * @param events of the update, oldest first
 */
export function replacements(events: readonly StackEvent[], stackId: string): ReadonlyMap<string, boolean> {
  const pathOf = pathsOfStacks(events, stackId);
  const groups = Map.groupBy(
    events.filter((event) => !isOwnEvent(event, event.stackId)),
    (event) => pathOf(event.stackId)?.(event.logicalId),
  );
  const found = new Map<string, boolean>();
  for (const [path, group] of groups) {
    const updates = group.filter(({ status }) => status.startsWith('UPDATE_'));
    if (path === undefined || !updates.some(({ status }) => status === 'UPDATE_COMPLETE')) continue;
    // The former one is deleted, or left behind, at the end.
    const ids = new Set(group.flatMap(({ physicalId }) => physicalId || []));
    const isNew = ids.size > 1 || updates.some(({ reason }) => NEW_ONE.test(reason));
    const isKnown = updates.some(
      ({ status, physicalId }) => status !== 'UPDATE_COMPLETE' && physicalId !== '',
    );
    if (isNew || isKnown) found.set(path, isNew);
  }
  return found;
}

/** The names of resources by the id of their stack, as far as it is known which resource a nested stack is. */
function pathsOfStacks(
  events: readonly StackEvent[],
  root: string,
): (stackId: string) => ((logicalId: string) => string) | undefined {
  const parents = new Map(
    events
      .filter(({ physicalId, stackId }) => physicalId !== stackId)
      .map((event) => [event.physicalId, event] as const),
  );
  const prefixOf = (stackId: string, depth: number): string | undefined => {
    if (stackId === root) return '';
    const parent = parents.get(stackId);
    const prefix = parent && depth < parents.size ? prefixOf(parent.stackId, depth + 1) : undefined;
    return parent && prefix !== undefined ? `${prefix}${parent.logicalId}.` : undefined;
  };
  return (stackId) => {
    const prefix = prefixOf(stackId, 0);
    return prefix === undefined ? undefined : (logicalId) => `${prefix}${logicalId}`;
  };
}
