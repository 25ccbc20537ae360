export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const HASH = 35;
export const DASH = 45;
export const COLON = 58;
export const QUESTION = 63;

/** What stands behind the last character, as no text has it. */
export const END = 0;

/** Space, tab, line break or the end. */
export const isBlank = (code: number): boolean =>
  code === SPACE || code === NEWLINE || code === END || code === RETURN || code === TAB;

/** Something that makes the text no YAML. */
export class YamlFault extends Error {
  override readonly name = 'YamlFault';
  /** Offset in the text. */
  readonly at: number;
  /** What follows cannot be told apart any more: something is open to the end of the text. */
  readonly isOpen: boolean;

  constructor(message: string, at: number, isOpen = false) {
    super(message);
    this.at = at;
    this.isOpen = isOpen;
  }
}

/** Line breaks of YAML 1.1 besides line feeds; all of the same length. */
const OTHER_BREAKS = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** All but what YAML 1.1 calls printable; halves of characters are found otherwise. */
const UNPRINTABLE = /[^\t\n\r -~\u0085\u00a0-\ufffd]/;

/** A text that is being read, and how far. */
export class Cursor {
  /** Each line ends with a line feed, maybe behind a carriage return; {@link END} follows. */
  readonly text: string;
  /** As it was given. */
  readonly source: string;
  at = 0;
  /** Where the line of `at` starts. */
  line = 0;
  /** What `%TAG` directives say. */
  readonly handles = new Map<string, string>();

  /** @throws YamlFault when there are characters in the text that YAML does not take */
  constructor(source: string) {
    this.source = source;
    const wrong = UNPRINTABLE.exec(source)?.index ?? (source.isWellFormed() ? -1 : loneHalf(source));
    if (wrong >= 0) {
      const code = (source.codePointAt(wrong) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new YamlFault(`the character U+${code} is not allowed`, wrong, true);
    }
    this.text = `${source.search(OTHER_BREAKS) < 0 ? source : source.replace(OTHER_BREAKS, '\n')}\0`;
  }

  /** The character here. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  /** Of the next character, from 0. */
  get column(): number {
    return this.at - this.line;
  }

  /** Over spaces, comments and line breaks. */
  toToken(): void {
    const { text } = this;
    let at = this.at;
    for (;;) {
      let code = text.charCodeAt(at);
      while (code === SPACE) code = text.charCodeAt(++at);
      if (code === HASH) {
        at = this.lineEnd(at);
        code = text.charCodeAt(at);
      }
      if (code === RETURN) code = text.charCodeAt(++at);
      if (code !== NEWLINE) break;
      this.line = ++at;
    }
    this.at = at;
  }

  /** The same where indentation means nothing: inside of brackets. */
  toFlowToken(): void {
    this.toToken();
    while (this.code === TAB) {
      this.at++;
      this.toToken();
    }
  }

  /** Over spaces and tabs, which may divide what stands on one line. */
  overBlanks(): void {
    const { text } = this;
    let at = this.at;
    for (let code = text.charCodeAt(at); code === SPACE || code === TAB; ) code = text.charCodeAt(++at);
    this.at = at;
  }

  /** Whether nothing but a comment follows in this line. */
  isLineEnd(): boolean {
    const { code } = this;
    return code === NEWLINE || code === RETURN || code === END || code === HASH;
  }

  /** The line feed, or the carriage return before it, or the end, from an offset on. */
  lineEnd(from: number): number {
    const found = this.text.indexOf('\n', from);
    if (found < 0) return this.text.length - 1;
    return found > from && this.text.charCodeAt(found - 1) === RETURN ? found - 1 : found;
  }

  /** Whether a line starts here, with the mark that starts or ends a document. */
  isDocumentMark(at = this.at): boolean {
    return (
      (at === this.line || this.text.charCodeAt(at - 1) === NEWLINE) &&
      (this.text.startsWith('---', at) || this.text.startsWith('...', at)) &&
      isBlank(this.text.charCodeAt(at + 3))
    );
  }

  /** Whether a character stands here that only means something before a blank: `-`, `?` or `:`. */
  isIndicator(code: number): boolean {
    return this.code === code && isBlank(this.text.charCodeAt(this.at + 1));
  }

  /** The break at an offset as text: all are a line feed but for Unicode's own. */
  breakAt(at: number): string {
    const code = this.source.charCodeAt(at);
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }
}

/** The first half of a surrogate pair without its other half. */
function loneHalf(text: string): number {
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}
