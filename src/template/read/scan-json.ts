/** What can be told of a JSON text that is well-formed without making anything of it. */
export interface JsonScan {
  /** Names of values, in all maps, repeated ones included. */
  readonly keys: number;
  /** Maps and lists in one another. */
  readonly depth: number;
  /** There are numbers in it that JavaScript would write with other digits, such as `1.10`. */
  readonly hasLongNumbers: boolean;
}

const QUOTE = 34;
const MINUS = 45;
const COLON = 58;
const BACKSLASH = 92;

/** Digits and what else numbers are made of. */
const NUMBER = /-?\d[\d.eE+-]*/y;

/** Looks over a text once. What it says of a text that is no JSON means nothing. */
export function scanJson(text: string): JsonScan {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  let hasLongNumbers = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (code === COLON) keys++;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === MINUS || (code >= 48 && code <= 57)) {
      NUMBER.lastIndex = at;
      const [number = ''] = NUMBER.exec(text) ?? [];
      hasLongNumbers ||= String(Number(number)) !== number;
      at += Math.max(number.length - 1, 0);
    }
  }
  return { keys, depth: deepest, hasLongNumbers };
}

/** The quote that ends the string which starts at an offset. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
