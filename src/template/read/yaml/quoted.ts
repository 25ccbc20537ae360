import { type Cursor, END, NEWLINE, RETURN, SPACE, TAB, YamlFault } from './cursor.ts';

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;

/** What follows a backslash, and what it stands for. Source: YAML 1.1, "Escape Sequences". */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** Digits after `\x`, `\u` and `\U`. */
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The text in the quotes that start here; `at` is behind them then. Indentation means nothing in it. */
export function quotedText(cursor: Cursor): string {
  const { text, at: start } = cursor;
  const quote = cursor.code;
  // Most have no line breaks, no escapes and no quotes in them.
  const end = text.indexOf(quote === QUOTE ? '"' : "'", start + 1);
  if (end >= 0 && isPlainInside(text, start + 1, end, quote)) {
    cursor.at = end + 1;
    return text.slice(start + 1, end);
  }
  return foldedText(cursor, quote);
}

function isPlainInside(text: string, from: number, end: number, quote: number): boolean {
  if (quote === APOSTROPHE && text.charCodeAt(end + 1) === APOSTROPHE) return false;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || (code === BACKSLASH && quote === QUOTE)) return false;
  }
  return true;
}

function foldedText(cursor: Cursor, quote: number): string {
  const { text, at: start } = cursor;
  let result = '';
  let from = start + 1;
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      result += text.slice(from, at);
      if (quote === QUOTE || text.charCodeAt(at + 1) !== APOSTROPHE) break;
      result += "'";
      from = at += 2;
    } else if (code === BACKSLASH && quote === QUOTE) {
      result += text.slice(from, at);
      const escaped = readEscape(cursor, at);
      result += escaped.text;
      from = at = escaped.end;
    } else if (code === NEWLINE || code === RETURN) {
      // Blanks around a line break mean nothing.
      let last = at;
      while (last > from && isSpace(text.charCodeAt(last - 1))) last--;
      result += text.slice(from, last);
      const fold = readFold(cursor, at, start);
      result += fold.text;
      from = at = fold.end;
    } else if (code === END) {
      throw new YamlFault(`the quote ${String.fromCharCode(quote)} is not closed`, start, true);
    } else at++;
  }
  cursor.at = at + 1;
  return result;
}

interface Read {
  readonly text: string;
  readonly end: number;
}

function readEscape(cursor: Cursor, at: number): Read {
  const { text } = cursor;
  const name = text.charAt(at + 1);
  const plain = Object.hasOwn(ESCAPES, name) ? ESCAPES[name] : undefined;
  if (plain !== undefined) return { text: plain, end: at + 2 };
  const length = Object.hasOwn(DIGITS, name) ? DIGITS[name] : undefined;
  if (length !== undefined) {
    const digits = text.slice(at + 2, at + 2 + length);
    const code = /^[0-9a-f]+$/i.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1;
    if (code < 0 || code > 0x10ffff) {
      throw new YamlFault(`\\${name} has to be followed by ${length} digits of a character's number`, at);
    }
    return { text: String.fromCodePoint(code), end: at + 2 + length };
  }
  if (name === '\n' || name === '\r') {
    const { breaks, end } = readBreaks(cursor, at + 1, at);
    return { text: breaks.slice(1).join(''), end };
  }
  const shown = name === '\0' ? 'the end' : name;
  throw new YamlFault(`\\${shown} stands for nothing; write \\\\ for a backslash, or use single quotes`, at);
}

/** A line break is a space, further ones are themselves. */
function readFold(cursor: Cursor, at: number, start: number): Read {
  const { breaks, end } = readBreaks(cursor, at, start);
  const [first = '\n', ...more] = breaks;
  const fold = first !== '\n' ? first : more.length === 0 ? ' ' : '';
  return { text: fold + more.join(''), end };
}

/** Line breaks with the blanks between and behind them. */
function readBreaks(cursor: Cursor, from: number, start: number): { breaks: string[]; end: number } {
  const { text } = cursor;
  const breaks: string[] = [];
  let at = from;
  for (;;) {
    let code = text.charCodeAt(at);
    while (isSpace(code)) code = text.charCodeAt(++at);
    if (code === RETURN) code = text.charCodeAt(++at);
    if (code !== NEWLINE) return { breaks, end: at };
    breaks.push(cursor.breakAt(at));
    cursor.line = ++at;
    if (cursor.isDocumentMark(at))
      throw new YamlFault('a quote is not closed before the document ends', start);
  }
}

const isSpace = (code: number): boolean => code === SPACE || code === TAB;
