/**
 * Writes a template so that the library's grammar has all of it: quotes that are doubled in a text become signs that
 * `restoreQuotes` turns back, `#stop` becomes a call, names of directives lose their braces, and what looks like one and is
 * none stays text (`restoreSigns`), as do dollars that begin no reference: the library reads all that follows for each.
 *
 * @param macros names of the macros that there are
 * @throws {Error} where a block has no end, or an end no block, which the library would pass over
 */
export function prepare(template: string, macros: ReadonlySet<string>): string {
  let text = '';
  let at = 0;
  let depth = 0;

  const take = (length: number): void => {
    text += template.slice(at, at + length);
    at += length;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(template);
  };

  /** A text in quotes, of which two are one. */
  function takeText(quote: string): void {
    take(1);
    while (at < template.length) {
      if (template[at] === '\\' && template[at + 1] === quote) take(2);
      else if (template[at] !== quote) take(1);
      else if (template[at + 1] === quote) {
        text += quote === '"' ? DOUBLE : SINGLE;
        at += 2;
      } else break;
    }
    take(1);
  }

  /** What is in brackets, with them. */
  function takeBrackets(): void {
    let open = 0;
    do {
      const sign = template[at] ?? '';
      if (sign === '"' || sign === "'") {
        takeText(sign);
        continue;
      }
      if ('([{'.includes(sign)) open++;
      if (')]}'.includes(sign)) open--;
      take(1);
    } while (open > 0 && at < template.length);
  }

  function takeReference(name: string): void {
    take(name.length);
    for (;;) {
      const path = match(PATH);
      if (path) take(path[0].length);
      else if (template[at] === '(' || template[at] === '[') takeBrackets();
      else return;
    }
  }

  while (at < template.length) {
    const asItIs = match(AS_IT_IS) ?? match(ESCAPED);
    const stop = match(STOP);
    const directive = match(DIRECTIVE);
    const end = match(END);
    const reference = match(REFERENCE);
    if (asItIs) take(asItIs[0].length);
    else if (stop) {
      text += '#stop()';
      at += stop[0].length;
    } else if (directive) {
      const name = directive[1] ?? directive[2] ?? '';
      if (DIRECTIVES.has(name) || macros.has(name.replace('@', ''))) {
        if (BLOCKS.test(name)) depth++;
        text += `#${name}`;
        at += directive[0].length;
        takeBrackets();
      } else {
        text += HASH;
        at++;
      }
    } else if (end) {
      take(end[0].length);
      if (--depth < 0) throw new Error('an #end of the template ends nothing');
    } else if (reference) takeReference(reference[0]);
    else if (template[at] === '$') {
      text += DOLLAR;
      at++;
    } else take(1);
  }
  if (depth > 0) throw new Error('a block of the template has no #end');
  return text;
}

/** The quotes of a text that was doubled in its template. */
export const restoreQuotes = (text: string): string => text.replaceAll(DOUBLE, '"').replaceAll(SINGLE, "'");

/** The signs of what was no directive, and no reference. */
export const restoreSigns = (text: string): string => text.replaceAll(HASH, '#').replaceAll(DOLLAR, '$');

/** The macros that a template makes. */
export const macroNames = (template: string): ReadonlySet<string> =>
  new Set([...template.matchAll(/#\{?macro\}?[ \t]*\([ \t]*(\w+)/g)].map(([, name = '']) => name));

// Code points that no text may have.
const DOUBLE = '\ufdd0';
const SINGLE = '\ufdd1';
const HASH = '\ufdd2';
const DOLLAR = '\ufdd3';

const DIRECTIVES: ReadonlySet<string> = new Set(
  'break define elseif evaluate foreach if include macro parse set'.split(' '),
);

/** Comments, and what is not parsed. */
const AS_IT_IS = /##[^\n]*|#\*.*?\*#|#\[\[.*?\]\]#/sy;
const ESCAPED = /\\[#$]/y;
const STOP = /#(?:stop(?![\w-])(?:\s*\(\s*\))?|\{stop\})/y;
const DIRECTIVE = /#(?:\{([A-Za-z]\w*)\}|(@?[A-Za-z]\w*))[ \t]*(?=\()/y;
const END = /#(?:end(?!\w)|\{end\})/y;
const BLOCKS = /^(?:define|foreach|if|macro|@.*)$/;
const REFERENCE = /\$!?\{?[A-Za-z_][\w-]*/y;
const PATH = /\.[A-Za-z_][\w-]*/y;
