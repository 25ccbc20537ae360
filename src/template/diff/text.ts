import { alignLists } from './lists.ts';

/** Lines of unchanged text around a change in a longer text. */
const CONTEXT = 2;

/** Lines of a unified diff: changed ones, with some unchanged ones around them. */
export function textDiff(before: readonly string[], after: readonly string[]): string[] {
  const result: string[] = [];
  let shown = 0;
  const context = (to: number) => {
    const from = Math.max(shown, to - CONTEXT);
    if (from > shown && result.length > 0) result.push('  ...');
    for (const line of after.slice(from, to)) result.push(`  ${line}`);
  };
  let read = 0;
  for (const { before: old, after: now } of alignLists(before, after)) {
    // Lines that both have lie between one change and the next, also where the next one only takes away.
    const common = old === undefined ? (now ?? shown) - shown : old - read;
    if (common > 0) context(shown + common);
    if (old !== undefined) {
      result.push(`- ${before[old]}`);
      read = old + 1;
    } else read += common;
    if (now !== undefined) {
      result.push(`+ ${after[now]}`);
      shown = now + 1;
    } else shown += common;
  }
  // What follows the last change.
  for (const line of after.slice(shown, shown + CONTEXT)) result.push(`  ${line}`);
  return result;
}
