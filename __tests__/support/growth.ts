/** Between 8, where work grows with its input, and 64, where it grows with its square. */
export const LINEAR = 32;

/**
 * How many times longer `work` takes for eight times the size. The least of ten turns each, taken alternately, so that a
 * busy machine changes little.
 */
export function growth(work: (size: number) => unknown, size: number): number {
  const least = { small: Number.POSITIVE_INFINITY, large: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < 10; turn++) {
    least.small = Math.min(
      least.small,
      timeOf(() => work(size)),
    );
    least.large = Math.min(
      least.large,
      timeOf(() => work(8 * size)),
    );
  }
  return least.large / least.small;
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
