import { hash } from 'node:crypto';
import type { Json } from '../template/types.ts';
import { pythonJson } from './python/json.ts';
import { truthy } from './python/values.ts';

/** How much of a hash a logical ID has. */
const HASH_LENGTH = 10;

/**
 * A prefix with a hash of data behind it; the prefix alone where there is no data. A text is hashed as it is, all else as
 * {@link pythonJson}.
 *
 * @param known a hash that is known already, in place of the data's
 */
export function hashedId(prefix: string, data: Json | undefined, known?: string | null): string {
  return prefix + dataHash(data, { known });
}

/** The hash of {@link hashedId}, of a length of its own where one is given. */
export function dataHash(
  data: Json | undefined,
  {
    known,
    length = HASH_LENGTH,
  }: { readonly known?: string | null | undefined; readonly length?: number } = {},
): string {
  if (known) return known.slice(0, length);
  if (!truthy(data)) return '';
  return sha1(typeof data === 'string' ? data : pythonJson(data)).slice(0, length);
}

export const sha1 = (text: string): string => hash('sha1', text);
