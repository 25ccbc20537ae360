import { COLON, type Cursor, END, HASH, isBlank, NEWLINE, RETURN, SPACE, TAB } from './cursor.ts';

/**
 * The text without quotes that starts here; `at` is behind its last character then. It goes on over line breaks as long
 * as the next line is indented.
 *
 * @param indent the least column of further lines
 * @param inFlow between brackets, which end it, and where columns mean nothing
 */
export function plainText(cursor: Cursor, indent: number, inFlow: boolean): string {
  const { text } = cursor;
  let from = cursor.at;
  let end = lineEndOf(text, from, inFlow);
  let result = text.slice(from, end);
  for (;;) {
    const next = nextLine(cursor, end);
    if (!next || next.isMark || (!inFlow && next.at - next.line < indent)) break;
    const code = text.charCodeAt(next.at);
    if (code === HASH || code === TAB || code === END) break;
    from = next.at;
    const lineEnd = lineEndOf(text, from, inFlow);
    if (lineEnd === from) break;
    end = lineEnd;
    cursor.line = next.line;
    const [first = '\n', ...more] = next.breaks;
    result += (first !== '\n' ? first : more.length === 0 ? ' ' : '') + more.join('');
    result += text.slice(from, end);
  }
  cursor.at = end;
  return result;
}

/** Where the text ends that starts at an offset, within its line and without blanks behind it. */
function lineEndOf(text: string, from: number, inFlow: boolean): number {
  let end = from;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    // Letters, digits and most marks are over 58 or under 35; they are the common case.
    if (code === SPACE || code === TAB) {
      if (text.charCodeAt(at + 1) === HASH) return end;
      continue;
    }
    if (code === NEWLINE || code === RETURN || code === END) return end;
    if (code === COLON && (isBlank(text.charCodeAt(at + 1)) || (inFlow && isFlow(text.charCodeAt(at + 1)))))
      return end;
    if (inFlow && isFlow(code)) return end;
    end = at + 1;
  }
}

const COMMA = 44;

/** Brackets and commas. */
export const isFlow = (code: number): boolean =>
  code === COMMA || code === 91 || code === 93 || code === 123 || code === 125;

interface Line {
  /** The first character that is no space. */
  readonly at: number;
  readonly line: number;
  readonly breaks: readonly string[];
  /** A document ends here. */
  readonly isMark: boolean;
}

/** What follows after blanks and at least one line break. */
function nextLine(cursor: Cursor, from: number): Line | undefined {
  const { text } = cursor;
  const breaks: string[] = [];
  let at = from;
  let line = cursor.line;
  let code = text.charCodeAt(at);
  while (code === SPACE || code === TAB) code = text.charCodeAt(++at);
  for (;;) {
    if (code === RETURN) code = text.charCodeAt(++at);
    if (code !== NEWLINE) return breaks.length > 0 ? { at, line, breaks, isMark: false } : undefined;
    breaks.push(cursor.breakAt(at));
    line = ++at;
    if (cursor.isDocumentMark(at)) return { at, line, breaks, isMark: true };
    code = text.charCodeAt(at);
    while (code === SPACE) code = text.charCodeAt(++at);
  }
}
