import { MAX_DEPTH } from '../depth.ts';
import { blockText } from './block-text.ts';
import { COLON, DASH, END, QUESTION, SPACE, TAB, YamlFault } from './cursor.ts';
import { FlowReader } from './flow.ts';
import type { NodeProperties, YamlScalar } from './nodes.ts';
import { plainText } from './plain.ts';
import { joined } from './properties.ts';
import type { Around, Entries, Part, Places, Position, Start } from './reader.ts';

const GREATER = 62;
const OPEN_LIST = 91;
const OPEN_MAP = 123;
const BAR = 124;

/** Maps this near to the root are read on behind an entry that is faulty. */
const RESUMED = 2;
/** More faults than this are most often echoes. */
const MOST_FAULTS = 20;

/** Reads what indentation gives its form. */
export class BlockReader<Item> extends FlowReader<Item> {
  /** What is wrong with entries that the rest could be read behind. */
  readonly faults: YamlFault[] = [];
  /** Behind the last character of what has been read. */
  #end = 0;

  /**
   * The root of a document, which starts here; behind it, the cursor is on the next token.
   *
   * @param isFresh whether it starts in a line of its own
   * @throws YamlFault
   */
  root(isFresh: boolean): Item {
    return this.#node({ parent: -1, isFresh, isValue: false, depth: 0 });
  }

  /** A document with nothing in it. */
  none(): Item {
    return this.#nothing(this.cursor.at);
  }

  #node(place: Position): Item {
    const { cursor } = this;
    let current = place;
    let outer: NodeProperties | undefined;
    for (;;) {
      const start = { at: cursor.at, line: cursor.line };
      const inner = this.properties(false);
      if (!inner) return this.#content(current, start, { outer, inner });
      if (!cursor.isLineEnd()) return this.#content(current, start, { outer, inner });
      outer = joined(outer, inner);
      this.#toToken();
      if (this.#isEmpty(place)) return this.#nothing(outer.end, outer);
      current = { ...place, isFresh: true };
    }
  }

  #content(place: Position, start: Start, { outer, inner }: Around): Item {
    const { cursor } = this;
    const { code } = cursor;
    if (code === DASH && cursor.isIndicator(DASH)) {
      if (inner || !place.isFresh)
        throw new YamlFault(
          'a list has to start in a line of its own, with "- " before each item',
          cursor.at,
        );
      return this.#sequence(place, outer);
    }
    const both = () => (inner && outer ? joined(outer, inner) : (inner ?? outer));
    if (code === BAR || code === GREATER) return this.scalar(this.#blockText(place, start, both()));
    if (code === QUESTION && place.isFresh && !inner && cursor.isIndicator(QUESTION))
      return this.#mapping(place, start, outer);
    const isBracket = code === OPEN_LIST || code === OPEN_MAP;
    const context = { depth: place.depth, indent: place.parent + 1, inFlow: false };
    const part = this.inline(context, isBracket ? both() : inner);
    this.#end = cursor.at;
    cursor.overBlanks();
    if (cursor.isIndicator(COLON)) {
      if (!place.isFresh) {
        const next = 'quote the text, or write a map on lines of its own';
        throw new YamlFault(`": " cannot stand in a text here: ${next}`, cursor.at);
      }
      this.checkKey(start);
      return this.#mapping(place, start, outer, part);
    }
    this.#endLine();
    const properties = outer && !isBracket ? both() : undefined;
    if (!properties) return this.item(part);
    if (part.kind === 'made')
      throw new YamlFault('an alias cannot have a tag or an anchor of its own', part.start);
    return this.scalar({ ...part, start: properties.start, tag: properties.tag, anchor: properties.anchor });
  }

  #blockText({ parent }: Position, start: Start, properties: NodeProperties | undefined): YamlScalar {
    const { cursor } = this;
    const text = blockText(cursor, parent);
    this.#end = cursor.at;
    this.#toToken();
    return {
      kind: 'scalar',
      start: properties?.start ?? start.at,
      end: this.#end,
      tag: properties?.tag,
      anchor: properties?.anchor,
      text,
      plain: false,
    };
  }

  #nothing(at: number, properties?: NodeProperties): Item {
    this.#end = at;
    return this.scalar(this.empty(at, properties));
  }

  /** @param first its first key, if that has been read already */
  #mapping(place: Position, start: Start, properties?: NodeProperties, first?: Part<Item>): Item {
    const { cursor } = this;
    this.#checkDepth(place, start.at);
    const column = start.at - start.line;
    const inside = { parent: column, isFresh: true, isValue: true, depth: place.depth + 1 };
    const onLine = { ...inside, isFresh: false };
    const entries: Entries<Item> = { keys: [], keyAt: [], values: [], merges: [] };
    let key = first;
    do {
      try {
        this.#entry(entries, { inside, onLine }, key);
        if (!this.#isOver(column) && cursor.column > column)
          throw new YamlFault('this line is indented in no way that fits the lines above it', cursor.at);
      } catch (fault) {
        this.#resume(fault, place.depth, column);
      }
      key = undefined;
    } while (!this.#isOver(column));
    return this.mapping({
      kind: 'mapping',
      start: properties?.start ?? start.at,
      end: this.#end,
      tag: properties?.tag,
      anchor: properties?.anchor,
      keys: entries.keys,
      keyAt: entries.keyAt,
      values: entries.values,
      merges: entries.merges,
      flow: false,
    });
  }

  #entry(entries: Entries<Item>, places: Places, first?: Part<Item>): void {
    const { cursor } = this;
    const { at, line, code } = cursor;
    const { inside } = places;
    if (first) {
      cursor.at++;
      this.completeKey(first);
      this.addEntry(entries, first, this.#value(places));
    } else if (isLetter(code)) {
      // The same as below, for almost all keys.
      const text = plainText(cursor, inside.parent + 1, false);
      this.#toValue({ at, line });
      const value = this.#value(places);
      entries.keys.push(text);
      entries.keyAt.push(at);
      entries.values.push(value);
    } else if (cursor.isIndicator(QUESTION)) this.#markedEntry(entries, inside);
    else {
      if (cursor.isIndicator(DASH))
        throw new YamlFault('an item of a list stands where a key of the map above has to stand', at);
      const properties = this.properties(false);
      const context = { depth: inside.depth, indent: inside.parent + 1, inFlow: false };
      const key = this.inline(context, properties);
      this.#toValue({ at, line });
      this.completeKey(key);
      this.addEntry(entries, key, this.#value(places));
    }
  }

  /** `? key`, and `: value` in a line of its own. */
  #markedEntry(entries: Entries<Item>, inside: Position): void {
    const { cursor } = this;
    const places = { inside, onLine: inside };
    const start = cursor.at;
    cursor.at++;
    this.#toToken();
    const context = { depth: inside.depth, indent: inside.parent + 1, inFlow: false };
    if (this.#isEmpty(inside)) throw new YamlFault('a key has to follow "? "', start);
    const from = { at: cursor.at, line: cursor.line };
    const properties = this.#keyProperties(inside);
    const isBlock = cursor.code === BAR || cursor.code === GREATER;
    const key = isBlock ? this.#blockText(inside, from, properties) : this.inline(context, properties);
    if (!isBlock) {
      cursor.overBlanks();
      this.#endLine();
    }
    this.completeKey(key);
    const isThere = !this.#isOver(inside.parent) && cursor.column === inside.parent;
    const hasValue = isThere && cursor.isIndicator(COLON);
    if (hasValue) cursor.at++;
    const value = hasValue ? this.#value(places) : this.#nothing(cursor.at);
    this.addEntry(entries, key, value);
  }

  /** The tag and the anchor of a key, which may stand in lines before it. */
  #keyProperties(inside: Position): NodeProperties | undefined {
    const { cursor } = this;
    const outer = this.properties(false);
    if (!outer || !cursor.isLineEnd()) return outer;
    this.#toToken();
    if (this.#isEmpty(inside)) throw new YamlFault('a key has to follow its tag or anchor', outer.start);
    const inner = this.properties(false);
    return inner ? joined(outer, inner) : outer;
  }

  /** Over the colon that has to follow a key. */
  #toValue(key: Start): void {
    const { cursor } = this;
    cursor.overBlanks();
    if (!cursor.isIndicator(COLON)) throw this.noKey(key.at);
    this.checkKey(key);
    cursor.at++;
  }

  /** What stands behind a colon. */
  #value({ inside, onLine }: Places): Item {
    const { cursor } = this;
    const after = cursor.at;
    if (inside !== onLine) {
      cursor.overBlanks();
      if (!cursor.isLineEnd()) return this.#node(onLine);
    }
    this.#toToken();
    return this.#isEmpty(inside) ? this.#nothing(after) : this.#node(inside);
  }

  #sequence(place: Position, properties: NodeProperties | undefined): Item {
    const { cursor } = this;
    const { at: start, column } = cursor;
    this.#checkDepth(place, start);
    const inside = { parent: column, isFresh: true, isValue: false, depth: place.depth + 1 };
    const items: Item[] = [];
    do {
      if (!cursor.isIndicator(DASH)) {
        if (place.isValue && column === place.parent) break;
        throw new YamlFault('"- " is missing before this item of the list', cursor.at);
      }
      cursor.at++;
      const after = cursor.at;
      this.#toToken();
      // In the column of the dash there is the next item, or a key behind the list.
      items.push(this.#isEmpty(inside) ? this.#nothing(after) : this.#node(inside));
      if (!this.#isOver(column) && cursor.column > column)
        throw new YamlFault('this line is indented in no way that fits the list above it', cursor.at);
    } while (!this.#isOver(column));
    return this.sequence({
      kind: 'sequence',
      start: properties?.start ?? start,
      end: this.#end,
      tag: properties?.tag,
      anchor: properties?.anchor,
      items,
      flow: false,
    });
  }

  /**
   * Nothing is there, as what comes next belongs to something further out. A block of text may start in the column of
   * what it belongs to.
   */
  #isEmpty({ parent, isValue }: Position): boolean {
    const { cursor } = this;
    if (this.#isOver(parent)) return true;
    if (cursor.column > parent || cursor.code === BAR || cursor.code === GREATER) return false;
    return !(isValue && cursor.isIndicator(DASH));
  }

  /** Whether what started in a column is over. */
  #isOver(column: number): boolean {
    const { cursor } = this;
    return cursor.column < column || cursor.code === END || cursor.isDocumentMark();
  }

  #toToken(): void {
    const { cursor } = this;
    cursor.toToken();
    if (cursor.code === TAB) throw new YamlFault('a tab cannot indent; use spaces', cursor.at);
  }

  /** Nothing may follow in this line. */
  #endLine(): void {
    const { cursor } = this;
    if (!cursor.isLineEnd()) {
      const rest = cursor.text.slice(cursor.at, cursor.lineEnd(cursor.at)).trimEnd();
      const shown = rest.length > 60 ? `${rest.slice(0, 60)}...` : rest;
      throw new YamlFault(`${JSON.stringify(shown)} stands behind a value that has ended`, cursor.at);
    }
    this.#toToken();
  }

  #checkDepth({ depth }: Position, at: number): void {
    if (depth >= MAX_DEPTH) throw new YamlFault(`nested deeper than ${MAX_DEPTH} levels`, at, true);
  }

  /** Goes on at the next line that stands in a column, or further out; not where that could not be told. */
  #resume(fault: unknown, depth: number, column: number): void {
    if (
      !(fault instanceof YamlFault) ||
      fault.isOpen ||
      depth >= RESUMED ||
      this.faults.length >= MOST_FAULTS
    )
      throw fault;
    this.faults.push(fault);
    const { cursor } = this;
    const { text } = cursor;
    let at = Math.max(fault.at, cursor.at);
    do {
      const end = text.indexOf('\n', at);
      if (end < 0) {
        cursor.at = text.length - 1;
        return;
      }
      cursor.line = at = end + 1;
      while (text.charCodeAt(at) === SPACE) at++;
      cursor.at = at;
    } while (cursor.column > column || cursor.isLineEnd() || cursor.code === TAB);
  }
}

/** Of ASCII: what starts a text without quotes for sure. */
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
