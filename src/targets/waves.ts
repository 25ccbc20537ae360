/** Something that waits for others, by their names. */
interface Needing {
  readonly name: string;
  readonly needs: readonly string[];
}

/**
 * What can be done side by side, one after the other: each in the first wave after all that it needs.
 *
 * @param all without circles; needs that are not among them do not count
 */
export function wavesOf<T extends Needing>(all: readonly T[]): T[][] {
  const byName = new Map(all.map((each) => [each.name, each]));
  const ranks = new Map<string, number>();
  const rankOf = (each: T): number => {
    const known = ranks.get(each.name);
    if (known !== undefined) return known;
    const before = each.needs.flatMap((name) => byName.get(name) ?? []);
    const rank = Math.max(-1, ...before.map(rankOf)) + 1;
    ranks.set(each.name, rank);
    return rank;
  };
  const waves = Map.groupBy(all, rankOf);
  return [...waves.keys()].toSorted((a, b) => a - b).map((rank) => waves.get(rank) ?? []);
}

/** What names or patterns (`*` for any letters) mean. */
export function matching<T extends { readonly name: string }>(pattern: string, all: readonly T[]): T[] {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  return all.filter(({ name }) => {
    if (last === undefined) return name === first;
    if (!name.startsWith(first)) return false;
    // Each part as early as it can be: an expression would try them everywhere.
    let at = first.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  });
}
