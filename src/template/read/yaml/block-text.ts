import { type Cursor, END, isBlank, NEWLINE, SPACE, TAB, YamlFault } from './cursor.ts';

const FOLDED = 62;

/** What stands behind `|` or `>`. */
interface Header {
  readonly folded: boolean;
  /** Line breaks at the end: `-` none, `+` all, otherwise one. */
  readonly chomping: '' | '+' | '-';
  /** Columns deeper than the parent, where they are given. */
  readonly increment: number | undefined;
}

/**
 * The text of the block (`|`, `>`) that starts here; `at` is at the start of the line after it then. Without a line
 * break at the end of the text, there is none at the end of the block.
 *
 * @param parent the column of what the block belongs to
 */
export function blockText(cursor: Cursor, parent: number): string {
  const { folded, chomping, increment } = readHeader(cursor);
  const least = Math.max(parent + 1, 1);
  const leading: string[] = [];
  const found = skipEmpty(cursor, increment === undefined ? undefined : least + increment - 1, leading);
  const indent = increment === undefined ? Math.max(least, found) : least + increment - 1;
  return readLines(cursor, { indent, folded, chomping, leading });
}

function readHeader(cursor: Cursor): Header {
  const { text, at: start } = cursor;
  let at = start + 1;
  let chomping: Header['chomping'] = '';
  let increment: number | undefined;
  for (;;) {
    const char = text.charAt(at);
    if ((char === '+' || char === '-') && chomping === '') chomping = char;
    else if (char >= '0' && char <= '9' && increment === undefined) increment = Number(char);
    else break;
    at++;
  }
  cursor.at = at;
  cursor.overBlanks();
  if (increment === 0 || !isBlank(text.charCodeAt(at)) || !cursor.isLineEnd()) {
    const said = text.slice(start, cursor.lineEnd(start)).trimEnd();
    throw new YamlFault(
      `a block of text starts with ${JSON.stringify(said)}; its lines come below that`,
      start,
    );
  }
  cursor.at = cursor.lineEnd(cursor.at);
  const ended = text.indexOf('\n', cursor.at);
  cursor.at = ended < 0 ? text.length - 1 : ended + 1;
  cursor.line = cursor.at;
  return { folded: text.charCodeAt(start) === FOLDED, chomping, increment };
}

/**
 * Goes over lines that hold nothing but spaces, at most as many as the indentation.
 *
 * @param indent where it is not known yet, all spaces are gone over
 * @param breaks receives the line breaks
 * @returns the largest number of spaces
 */
function skipEmpty(cursor: Cursor, indent: number | undefined, breaks: string[]): number {
  const { text } = cursor;
  let most = 0;
  for (;;) {
    let at = cursor.line;
    const limit = indent === undefined ? Number.POSITIVE_INFINITY : at + indent;
    while (at < limit && text.charCodeAt(at) === SPACE) at++;
    most = Math.max(most, at - cursor.line);
    cursor.at = at;
    const end = text.charCodeAt(at) === NEWLINE ? at : text.startsWith('\r\n', at) ? at + 1 : -1;
    if (end < 0) return most;
    breaks.push(cursor.breakAt(end));
    cursor.line = end + 1;
    cursor.at = end + 1;
  }
}

interface Block {
  readonly indent: number;
  readonly folded: boolean;
  readonly chomping: Header['chomping'];
  /** Line breaks before the first line. */
  readonly leading: readonly string[];
}

function readLines(cursor: Cursor, { indent, folded, chomping, leading }: Block): string {
  const { text } = cursor;
  let result = '';
  let lineBreak = '';
  let breaks: readonly string[] = leading;
  while (cursor.column === indent && cursor.code !== END) {
    result += breaks.join('');
    const isText = !isSpace(cursor.code);
    const end = cursor.lineEnd(cursor.at);
    result += text.slice(cursor.at, end);
    const ended = text.indexOf('\n', end);
    lineBreak = ended < 0 ? '' : cursor.breakAt(ended);
    cursor.at = ended < 0 ? text.length - 1 : ended + 1;
    if (ended < 0) {
      breaks = [];
      break;
    }
    cursor.line = cursor.at;
    const more: string[] = [];
    skipEmpty(cursor, indent, more);
    breaks = more;
    if (cursor.column !== indent || cursor.code === END) break;
    if (folded && lineBreak === '\n' && isText && !isSpace(cursor.code)) {
      if (more.length === 0) result += ' ';
    } else result += lineBreak;
    lineBreak = '';
  }
  if (chomping !== '-') result += lineBreak;
  if (chomping === '+') result += breaks.join('');
  // The next token is looked for from the start of its line.
  if (cursor.code !== END) cursor.at = cursor.line;
  return result;
}

const isSpace = (code: number): boolean => code === SPACE || code === TAB;
