/** An element of two lists that were aligned: in both, or in one of them only. Indexes count from 0. */
export interface Aligned {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Above this many comparisons, what is between the common ends is paired by position. */
const MOST_CELLS = 250_000;

/**
 * Aligns two lists so that an element that was put in, or taken out, shows as that alone; what stands in the same gap
 * on both sides is taken for the same element, changed. Elements that are equal are left out.
 *
 * @param before,after one text an element; equal texts are equal elements
 */
export function alignLists(before: readonly string[], after: readonly string[]): Aligned[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  const common = old.length * now.length > MOST_CELLS ? [] : longestCommon(old, now);

  const aligned: Aligned[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...common, [old.length, now.length] as const]) {
    while (i < nextI || j < nextJ) {
      aligned.push({
        before: i < nextI ? start + i++ : undefined,
        after: j < nextJ ? start + j++ : undefined,
      });
    }
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return aligned;
}

/** Pairs of indexes of a longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
