import { isObject, type Json } from '../../template/types.ts';

/**
 * The ids that a function reports as failed; `all` where what it answered is no such report, or names what was not sent.
 * Source: AWS Lambda Developer Guide, "Reporting batch item failures".
 */
export function reportedFailures(answer: string, sent: readonly string[]): ReadonlySet<string> | 'all' {
  let parsed: Json;
  try {
    parsed = JSON.parse(answer === '' ? 'null' : answer);
  } catch {
    return 'all';
  }
  // Nothing, an empty map and an empty list mean that all went well.
  if (parsed === null) return new Set();
  if (!isObject(parsed)) return 'all';
  const { batchItemFailures: failures } = parsed;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const ids = new Set<string>();
  for (const each of failures) {
    const id = isObject(each) ? each.itemIdentifier : undefined;
    if (typeof id !== 'string' || !sent.includes(id)) return 'all';
    ids.add(id);
  }
  return ids;
}
