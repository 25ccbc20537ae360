import type { InstanceRow, StackReport } from '../model.ts';

/** The instances of a stack set as a table: a row for each account, a column for each region. */
export interface InstanceTable {
  readonly regions: readonly string[];
  readonly rows: readonly { readonly account: string; readonly cells: readonly string[] }[];
  /** Accounts without a row of their own. */
  readonly more: number;
  /** What failed, and why. */
  readonly failures: readonly string[];
}

/** More would be read by nobody; what failed or changes comes first. */
const MOST_ROWS = 60;

const CHANGES: Readonly<Record<InstanceRow['change'], string>> = {
  added: '🟢 added',
  updated: '🟡 updated',
  removed: '🔴 removed',
  unchanged: 'unchanged',
};

const RESULTS: Readonly<Record<NonNullable<InstanceRow['result']>, string>> = {
  succeeded: '✅',
  failed: '❌ failed',
  cancelled: '⏹️ cancelled',
};

/** `🟡 updated` before, `✅ updated` or `❌ failed` after. */
function cell({ change, result }: InstanceRow): string {
  if (result === undefined) return CHANGES[change];
  return result === 'succeeded' ? `${RESULTS[result]} ${change}` : RESULTS[result];
}

/** Failed ones first, then those that change. */
const weight = ({ change, result }: InstanceRow): number =>
  result === 'failed' ? 0 : result === 'cancelled' ? 1 : change === 'unchanged' ? 3 : 2;

/** `undefined` for what is no stack set, or has no instances. */
export function instanceTable({ instances = [] }: StackReport): InstanceTable | undefined {
  if (instances.length === 0) return undefined;
  const regions = [...new Set(instances.map(({ region }) => region))];
  const accounts = [...Map.groupBy(instances, ({ account }) => account)].sort(
    ([, a], [, b]) => Math.min(...a.map(weight)) - Math.min(...b.map(weight)),
  );
  const rows = accounts.slice(0, MOST_ROWS).map(([account, own]) => ({
    account,
    cells: regions.map((region) => {
      const found = own.find((each) => each.region === region);
      return found ? cell(found) : '';
    }),
  }));
  const failures = instances
    .filter(({ result }) => result === 'failed')
    .map(({ account, region, reason = 'no reason is given' }) => `${account} ${region}: ${reason}`);
  return { regions, rows, more: accounts.length - rows.length, failures };
}
