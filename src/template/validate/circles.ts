/**
 * Circles in a graph, shortest first: together they name each node that lies on one. All there are could be more than
 * anybody can read.
 *
 * @returns the nodes of each circle, in the order of its edges
 */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const remaining = withoutEnds(graph);
  const found = [...remaining.keys()]
    .map((start) => shortestCircle(remaining, start))
    .filter((circle) => circle !== undefined)
    .sort((a, b) => a.length - b.length);
  const named = new Set<string>();
  return found.filter((circle) => {
    const isNew = circle.some((node) => !named.has(node));
    for (const node of circle) named.add(node);
    return isNew;
  });
}

/** Without the nodes that lead to no circle (Kahn). */
function withoutEnds(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const remaining = new Map(graph);
  const sources = new Map<string, string[]>();
  /** Targets that are left, of each node. */
  const counts = new Map<string, number>();
  const ends: string[] = [];
  for (const [node, targets] of graph) {
    let count = 0;
    for (const target of targets) {
      if (!graph.has(target)) continue;
      count++;
      const others = sources.get(target);
      if (others) others.push(node);
      else sources.set(target, [node]);
    }
    counts.set(node, count);
    if (count === 0) ends.push(node);
  }
  for (const end of ends) {
    remaining.delete(end);
    for (const source of sources.get(end) ?? []) {
      const count = (counts.get(source) ?? 0) - 1;
      counts.set(source, count);
      if (count === 0) ends.push(source);
    }
  }
  return remaining;
}

/** Breadth-first from a node, until it is met again. */
function shortestCircle(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  start: string,
): string[] | undefined {
  const from = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const target of graph.get(node) ?? []) {
      if (target === start) {
        const path = [node];
        for (let at = node; at !== start; ) {
          at = from.get(at) ?? start;
          path.unshift(at);
        }
        return path;
      }
      if (!from.has(target) && graph.has(target)) {
        from.set(target, node);
        queue.push(target);
      }
    }
  }
  return undefined;
}
