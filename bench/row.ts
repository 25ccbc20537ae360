/** One measurement: ours and a peer's, in the same run. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly peer: string;
  readonly peerValue: number;
  readonly unit: string;
  /** What is compared with the target: says in `target` which way round it is. */
  readonly ratio: number;
  readonly target: string;
  readonly ok: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
