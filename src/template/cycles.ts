import type { Problem } from '../problem.ts';
import type { TemplateDocument } from './document.ts';
import { resourceReferences } from './resource-references.ts';
import { isObject } from './types.ts';

/** The shortest cycle of resources that wait for one another, if there is one. */
export function* cycleProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  const waitsFor = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource)) continue;
    const names = [...resourceReferences(id, resource)]
      .filter(
        ({ kind, name }) =>
          kind !== 'Condition' && kind !== 'FindInMap' && Object.hasOwn(template.Resources, name),
      )
      .map(({ name }) => name);
    waitsFor.set(id, new Set(names));
  }
  const cycle = shortestCycle(waitsFor);
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return;
  yield {
    subject: first,
    message: `resources wait for one another in a circle: ${[...cycle, first].join(' -> ')}`,
    place: locate(['Resources', first]),
    next: 'Remove one of these references.',
  };
}

/** Breadth-first from each node that lies on a cycle; nodes that cannot are removed first (Kahn). */
function shortestCycle(graph: Map<string, Set<string>>): string[] | undefined {
  const remaining = new Map(graph);
  for (let removed = true; removed; ) {
    removed = false;
    for (const [id, targets] of remaining) {
      if ([...targets].some((target) => remaining.has(target))) continue;
      remaining.delete(id);
      removed = true;
    }
  }
  let best: string[] | undefined;
  for (const start of remaining.keys()) {
    const from = new Map<string, string>();
    const queue = [start];
    search: for (const id of queue) {
      for (const target of remaining.get(id) ?? []) {
        if (target === start) {
          const path = [id];
          for (let at = id; at !== start; ) {
            at = from.get(at) ?? start;
            path.unshift(at);
          }
          if (!best || path.length < best.length) best = path;
          break search;
        }
        if (!from.has(target) && remaining.has(target)) {
          from.set(target, id);
          queue.push(target);
        }
      }
    }
  }
  return best;
}
