/** A call of an intrinsic function, or one of its arguments. */
export type IntrinsicTerm =
  | { readonly kind: 'call'; readonly name: string; readonly terms: readonly IntrinsicTerm[] }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly path: string };

/**
 * Reads `States.Format('{} of {}', $.name, States.Array(1, 2))`.
 *
 * @throws SyntaxError when it is no call
 */
export function parseIntrinsic(text: string): IntrinsicTerm {
  let at = 0;
  const wrong = (): SyntaxError =>
    new SyntaxError(`${JSON.stringify(text)} is no call of an intrinsic function`);
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) at += found.length;
    return found;
  };
  const space = (): void => {
    match(/\s*/y);
  };

  function term(): IntrinsicTerm {
    space();
    const quoted = match(/'(?:[^'\\]|\\[\s\S])*'/y);
    if (quoted !== undefined) return { kind: 'value', value: quoted.slice(1, -1) };
    const word = match(/(?:true|false|null)\b/y) ?? match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (word !== undefined) return { kind: 'value', value: JSON.parse(word) };
    if (text[at] === '$') return { kind: 'path', path: path() };
    const name = match(/States\.[A-Za-z0-9]+/y);
    if (name === undefined) throw wrong();
    space();
    if (match(/\(/y) === undefined) throw wrong();
    const terms: IntrinsicTerm[] = [];
    space();
    if (text[at] !== ')') {
      do terms.push(term());
      while (comma());
    }
    space();
    if (match(/\)/y) === undefined) throw wrong();
    return { kind: 'call', name, terms };
  }

  function comma(): boolean {
    space();
    return match(/,/y) !== undefined;
  }

  /** Up to the comma or bracket that ends the argument. */
  function path(): string {
    const start = at;
    let depth = 0;
    let quote = '';
    for (; at < text.length; at++) {
      const each = text[at] ?? '';
      if (quote) {
        if (each === '\\') at++;
        else if (each === quote) quote = '';
      } else if (each === "'" || each === '"') quote = each;
      else if (each === '[' || each === '(') depth++;
      else if (each === ']' || (each === ')' && depth > 0)) depth--;
      else if ((each === ',' || each === ')') && depth === 0) break;
    }
    return text.slice(start, at).trim();
  }

  const parsed = term();
  space();
  if (at < text.length || parsed.kind !== 'call') throw wrong();
  return parsed;
}
