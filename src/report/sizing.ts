import type { StackReport } from './model.ts';

/**
 * What Lambda takes, in US dollars. Source: "AWS Lambda pricing", US East (N. Virginia), first tier, without the free tier and
 * savings plans. Other regions have prices of their own, mostly alike.
 */
export const PRICES = {
  asOf: '2026-11',
  region: 'us-east-1',
  /** For memory of 1,024 MB during a second. */
  gigabyteSecond: { x86_64: 0.0000166667, arm64: 0.0000133334 },
  millionCalls: 0.2,
} as const;

/** What a function took in its smoke tests. */
export interface SizingRow {
  readonly function: string;
  /** `512 MB` */
  readonly memory: string;
  /** Most that any test used; empty where the machine does not tell. */
  readonly used: string;
  /** `35 ms`, of the longest test, without the cold start. */
  readonly longest: string;
  /** `$0.35`: of a million calls that are like the longest; empty where calls are not what is billed. */
  readonly cost: string;
}

/** Above the columns: prices are those of a day, and the machine is not Lambda. */
export const SIZING_NOTE = `measured here, not on Lambda; prices of ${PRICES.region}, ${PRICES.asOf}`;

/** A row for each function that a smoke test ran, in the order of their names. */
export function sizingRows({ smokeTests = [] }: StackReport): SizingRow[] {
  const used = smokeTests.flatMap(({ function: name, durationMs, usage }) =>
    usage ? [{ name, durationMs, usage }] : [],
  );
  return [...Map.groupBy(used, ({ name }) => name)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, calls]) => {
      const usage = calls[0]?.usage;
      if (!usage) return [];
      const most = Math.max(...calls.map((call) => call.usage.usedMb));
      const longest = Math.max(1, ...calls.map(({ durationMs }) => Math.ceil(durationMs)));
      return [
        {
          function: name,
          memory: `${usage.memoryMb} MB`,
          used: most > 0 ? `${most} MB` : '',
          longest: `${longest} ms`,
          cost: usage.managed ? '' : `$${millionCalls(usage, longest).toFixed(2)}`,
        },
      ];
    });
}

/** Calls are billed by the millisecond. */
const millionCalls = (
  { memoryMb, architecture }: { readonly memoryMb: number; readonly architecture: 'x86_64' | 'arm64' },
  milliseconds: number,
): number =>
  PRICES.millionCalls +
  1_000_000 * (memoryMb / 1024) * (milliseconds / 1000) * PRICES.gigabyteSecond[architecture];
