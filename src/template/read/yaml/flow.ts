import { MAX_DEPTH } from '../depth.ts';
import { COLON, type Cursor, END, isBlank, QUESTION, YamlFault } from './cursor.ts';
import type { NodeProperties } from './nodes.ts';
import { isFlow, plainText } from './plain.ts';
import { joined } from './properties.ts';
import { quotedText } from './quoted.ts';
import { type Entries, NodeReader, type Part, type Start } from './reader.ts';

const QUOTE = 34;
const APOSTROPHE = 39;
const ASTERISK = 42;
const COMMA = 44;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

/** Where a node stands. */
export interface Context {
  /** Collections around it. */
  readonly depth: number;
  /** The least column of further lines of a text without quotes. */
  readonly indent: number;
  readonly inFlow: boolean;
}

/** Between brackets. */
interface Within extends Context {
  /** Where the bracket is that opens it. */
  readonly opened: number;
}

/** Reads what needs no lines of its own: a text, an alias, or what stands in brackets. */
export class FlowReader<Item> extends NodeReader<Item> {
  protected inline(context: Context, properties?: NodeProperties): Part<Item> {
    const { cursor } = this;
    const { code, at } = cursor;
    if (code === OPEN_LIST || code === OPEN_MAP) {
      const item = this.#collection(context.depth, properties);
      return { kind: 'made', item, start: properties?.start ?? at, text: undefined };
    }
    if (code === ASTERISK) return this.alias(properties);
    const isQuoted = code === QUOTE || code === APOSTROPHE;
    if (!isQuoted) checkStart(cursor, context.inFlow);
    const text = isQuoted ? quotedText(cursor) : plainText(cursor, context.indent, context.inFlow);
    return {
      kind: 'scalar',
      start: properties?.start ?? at,
      end: cursor.at,
      tag: properties?.tag,
      anchor: properties?.anchor,
      text,
      plain: !isQuoted,
    };
  }

  /** A list or a map in brackets, which may go over any lines. */
  #collection(depth: number, properties: NodeProperties | undefined): Item {
    const { cursor } = this;
    const opened = cursor.at;
    if (depth >= MAX_DEPTH) throw new YamlFault(`nested deeper than ${MAX_DEPTH} levels`, opened, true);
    const isMap = cursor.code === OPEN_MAP;
    const entries: Entries<Item> = { keys: [], keyAt: [], values: [], merges: [] };
    const items: Item[] = [];
    cursor.at++;
    const within: Within = { depth: depth + 1, indent: 0, inFlow: true, opened };
    for (let isFirst = true; !isClosed(cursor, opened, isFirst); isFirst = false) {
      if (isMap) this.#entry(within, entries);
      else items.push(this.#listItem(within));
    }
    cursor.at++;
    const start = properties?.start ?? opened;
    const { tag, anchor } = properties ?? NONE;
    const place = { start, end: cursor.at, tag, anchor, flow: true };
    return isMap
      ? this.mapping({ kind: 'mapping', ...place, ...entries })
      : this.sequence({ kind: 'sequence', ...place, items });
  }

  /** An item of a list; `a: b` is a map of one entry. */
  #listItem(context: Within): Item {
    const { cursor } = this;
    const { at: start, line } = cursor;
    const isMarked = cursor.code === QUESTION;
    const key = isMarked ? this.#markedKey(context) : this.#part(context);
    if (!isMarked && !hasColon(cursor)) return this.item(key);
    if (!isMarked) this.#checkFlowKey({ at: start, line }, context);
    const entries: Entries<Item> = { keys: [], keyAt: [], values: [], merges: [] };
    this.completeKey(key);
    this.addEntry(entries, key, this.#value(context));
    return this.mapping({ kind: 'mapping', start, end: cursor.at, ...NONE, ...entries, flow: true });
  }

  #entry(context: Within, entries: Entries<Item>): void {
    const { cursor } = this;
    const { at, line } = cursor;
    const isMarked = cursor.code === QUESTION;
    const key = isMarked ? this.#markedKey(context) : this.#part(context);
    if (!isMarked && hasColon(cursor)) this.#checkFlowKey({ at, line }, context);
    this.completeKey(key);
    this.addEntry(entries, key, this.#value(context));
  }

  /** What looks like a key of several lines is most often what follows on brackets that are left open. */
  #checkFlowKey(start: Start, { opened }: Within): void {
    const { cursor } = this;
    const { text, line } = cursor;
    if (line !== start.line) {
      const first = line + (/^ */.exec(text.slice(line, cursor.at))?.[0].length ?? 0);
      throw missingEnd(text, opened, first);
    }
    this.checkKey(start);
  }

  #markedKey(context: Context): Part<Item> {
    const { cursor } = this;
    cursor.at++;
    cursor.toFlowToken();
    const isEmpty = cursor.code === COLON || isFlow(cursor.code);
    const key = isEmpty ? this.empty(cursor.at) : this.#part(context);
    cursor.toFlowToken();
    return key;
  }

  /** What follows on a colon, if there is one. */
  #value(context: Context): Item {
    const { cursor } = this;
    const after = cursor.at;
    if (cursor.code !== COLON) return this.scalar(this.empty(after));
    cursor.at++;
    cursor.toFlowToken();
    return this.item(isEntryEnd(cursor) ? this.empty(after + 1) : this.#part(context));
  }

  #part(context: Context): Part<Item> {
    const { cursor } = this;
    const properties = this.properties(true);
    if (!properties) return this.inline(context);
    cursor.toFlowToken();
    const more = this.properties(true);
    const both = more ? joined(properties, more) : properties;
    cursor.toFlowToken();
    return isEntryEnd(cursor) || cursor.code === COLON
      ? this.empty(cursor.at, both)
      : this.inline(context, both);
  }
}

const NONE = { tag: undefined, anchor: undefined };

/** What a text without quotes does not start with. Source: YAML 1.1, "Plain style". */
const INDICATORS = ',[]{}#&*!|>%@`"\'';

function checkStart(cursor: Cursor, inFlow: boolean): void {
  const { text, at, code } = cursor;
  const char = text.charAt(at);
  const next = text.charCodeAt(at + 1);
  const isFine =
    char === '-' || char === '?' || char === ':'
      ? !isBlank(next) && (char === '-' || !inFlow)
      : !INDICATORS.includes(char) && !isBlank(code);
  if (inFlow && cursor.isDocumentMark())
    throw new YamlFault('a bracket is not closed before the document ends', at, true);
  if (isFine) return;
  if (code === END) throw new YamlFault('a value is missing at the end', at);
  if (char === '\t') throw new YamlFault('a tab cannot indent; use spaces', at);
  if (inFlow && (isFlow(code) || char === ':'))
    throw new YamlFault(`a value is missing before ${JSON.stringify(char)}`, at);
  throw new YamlFault(`a text that starts with ${JSON.stringify(char)} has to be quoted`, at);
}

/** Goes to the next entry, over the comma before it, or to the bracket that closes. */
function isClosed(cursor: Cursor, opened: number, isFirst: boolean): boolean {
  const { text } = cursor;
  const bracket = text.charAt(opened);
  const close = bracket === '{' ? CLOSE_MAP : CLOSE_LIST;
  cursor.toFlowToken();
  if (cursor.code === close) return true;
  if (cursor.code === END || cursor.isDocumentMark())
    throw new YamlFault(`the bracket ${bracket} is not closed`, opened, true);
  if (isFirst) return false;
  if (cursor.code !== COMMA) throw missingEnd(text, opened, cursor.at);
  cursor.at++;
  cursor.toFlowToken();
  return text.charCodeAt(cursor.at) === close;
}

function missingEnd(text: string, opened: number, at: number): YamlFault {
  const line = text.slice(0, opened).split('\n').length;
  const bracket = text.charAt(opened);
  const wanted = `"," or "${bracket === '{' ? '}' : ']'}"`;
  return new YamlFault(`${wanted} is missing here, in what ${bracket} opens in line ${line}`, at, true);
}

function hasColon(cursor: Cursor): boolean {
  cursor.overBlanks();
  return cursor.code === COLON;
}

const isEntryEnd = ({ code }: Cursor): boolean => code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP;
