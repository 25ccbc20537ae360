import { type Cursor, isBlank, YamlFault } from './cursor.ts';
import type { NodeProperties } from './nodes.ts';

const EXCLAMATION = 33;
const AMPERSAND = 38;

/** Characters of tags but for those that end an entry between brackets. Source: YAML 1.1, "Tags". */
const TAG = /!(?:<[^\s<>]*>|[\w\-;/?:@&=+$.!~*'()]*)/y;
const ANCHOR = /&[\w-]+/y;

/** What ends an entry between brackets. */
const CLOSING = ',]}';

/** What may follow a name without a blank. */
const AFTER_NAME = '?:,]}%@`';

/**
 * The tag and the anchor that stand here, if any, and the blanks behind them.
 *
 * @throws YamlFault when there are two of one kind
 */
export function readProperties(cursor: Cursor, inFlow: boolean): NodeProperties | undefined {
  let found: NodeProperties | undefined;
  for (;;) {
    const { code, at: start } = cursor;
    if (code !== EXCLAMATION && code !== AMPERSAND) return found;
    const one = code === EXCLAMATION ? readTag(cursor, inFlow) : readAnchor(cursor);
    found = joined(found, { start, end: cursor.at, tag: undefined, anchor: undefined, ...one });
    cursor.overBlanks();
  }
}

/** What stands before one node in two places. */
export function joined(outer: NodeProperties | undefined, inner: NodeProperties): NodeProperties {
  if (!outer) return inner;
  if (outer.tag !== undefined && inner.tag !== undefined) {
    const next = `${outer.tag} and ${inner.tag}: a value has one tag at most; write one of them in its long form`;
    throw new YamlFault(next, inner.start);
  }
  if (outer.anchor !== undefined && inner.anchor !== undefined)
    throw new YamlFault(`&${outer.anchor} and &${inner.anchor}: a value has one anchor at most`, inner.start);
  return {
    start: outer.start,
    end: inner.end,
    tag: outer.tag ?? inner.tag,
    anchor: outer.anchor ?? inner.anchor,
  };
}

function readTag(cursor: Cursor, inFlow: boolean): { readonly tag: string } {
  const { text, at } = cursor;
  TAG.lastIndex = at;
  const [written = ''] = TAG.exec(text) ?? [];
  const after = text.charCodeAt(at + written.length);
  if (!isBlank(after) && !(inFlow && CLOSING.includes(text.charAt(at + written.length))))
    throw new YamlFault(
      `a tag has to be followed by a space: ${written}${text.charAt(at + written.length)}`,
      at,
    );
  if (written === '!!' || written === '!<>') throw new YamlFault(`the tag ${written} has no name`, at);
  const tag = shortTag(cursor, written);
  cursor.at += written.length;
  return { tag };
}

/** `!<tag:yaml.org,2002:str>` as `!!str`, and what directives stand for written out. */
function shortTag({ handles, at }: Cursor, written: string): string {
  const [, handle = '', suffix = ''] = /^(![\w-]*!|!)(.*)$/s.exec(written) ?? [];
  const prefix = handles.get(handle);
  if (prefix === undefined && handle.length > 2)
    throw new YamlFault(`the tag ${written} has no %TAG directive that says what ${handle} is`, at);
  const verbatim = prefix !== undefined ? prefix + suffix : /^!<(.*)>$/.exec(written)?.[1];
  return verbatim === undefined ? written : verbatim.replace(/^tag:yaml\.org,2002:/, '!!');
}

function readAnchor(cursor: Cursor): { readonly anchor: string } {
  return { anchor: readName(cursor, ANCHOR) };
}

const ALIAS = /\*[\w-]+/y;

/** The name of the alias that starts here. */
export const readAlias = (cursor: Cursor): string => readName(cursor, ALIAS);

function readName(cursor: Cursor, form: RegExp): string {
  const { text, at } = cursor;
  form.lastIndex = at;
  const [written = ''] = form.exec(text) ?? [];
  const after = text.charAt(at + written.length);
  if (written === '' || !(isBlank(after.charCodeAt(0)) || AFTER_NAME.includes(after))) {
    const mark = text.charAt(at);
    const meant = mark === '*' ? 'an alias' : 'an anchor';
    throw new YamlFault(
      `${mark} starts ${meant}, whose name has letters, digits, - and _ only; quote it`,
      at,
    );
  }
  cursor.at += written.length;
  return written.slice(1);
}
