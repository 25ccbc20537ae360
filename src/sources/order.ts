/** Something that may have to come after others. */
interface Ordered {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

/**
 * Puts each after those that it depends on, and otherwise leaves the order as it is.
 *
 * @returns the rest, too: what depends on itself by a detour
 */
export function inOrder<T extends Ordered>(
  items: readonly T[],
): { readonly ordered: readonly T[]; readonly circle: readonly T[] } {
  const ordered: T[] = [];
  let rest = items;
  while (rest.length > 0) {
    const waiting = new Set(rest.map(({ id }) => id));
    const ready = rest.filter(({ dependsOn }) => !dependsOn.some((id) => waiting.has(id)));
    if (ready.length === 0) return { ordered, circle: rest };
    ordered.push(...ready);
    rest = rest.filter((item) => !ready.includes(item));
  }
  return { ordered, circle: [] };
}
