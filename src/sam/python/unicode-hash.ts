/** A text with the upper and the lower 32 bits of its hash, unsigned. */
export interface Hashed {
  readonly text: string;
  readonly high: number;
  readonly low: number;
}

const known = new Map<string, Hashed>();

/** How many hashes are kept. */
const KEPT = 20_000;

const MULTIPLIER = 1_000_003;
const WORD = 2 ** 32;

/** The hash of a unicode string in Python 2.7 of 64 bits. Source: `unicode_hash` of `Objects/unicodeobject.c`. */
export function hashOf(text: string): Hashed {
  const found = known.get(text);
  if (found !== undefined) return found;
  const hash = compute(text);
  if (known.size >= KEPT) known.clear();
  known.set(text, hash);
  return hash;
}

function compute(text: string): Hashed {
  const first = text.codePointAt(0);
  if (first === undefined) return { text, high: 0, low: 0 };
  let high = 0;
  let low = (first << 7) >>> 0;
  let length = 0;
  for (let index = 0; index < text.length; length++) {
    const point = text.codePointAt(index) ?? 0;
    index += point > 0xffff ? 2 : 1;
    // Below 2^53, so no bit is lost.
    const product = low * MULTIPLIER;
    high = (Math.imul(high, MULTIPLIER) + Math.floor(product / WORD)) >>> 0;
    low = ((product >>> 0) ^ point) >>> 0;
  }
  return { text, high, low: (low ^ length) >>> 0 };
}
