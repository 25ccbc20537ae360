import { type Cursor, YamlFault } from './cursor.ts';
import type { Builder, NodeProperties, YamlMapping, YamlScalar, YamlSequence } from './nodes.ts';
import { readAlias, readProperties } from './properties.ts';

/** Source: YAML 1.1, "Simple keys": a key that is not marked as one by `?` is no longer than this. */
const LONGEST_KEY = 1024;

/** A node that may turn out to be a key. */
export type Part<Item> = YamlScalar | Made<Item>;

/** Something that has been made already. */
interface Made<Item> {
  readonly kind: 'made';
  readonly item: Item;
  readonly start: number;
  /** What it says as a key: an alias of a text is one. */
  readonly text: string | undefined;
}

/** A mapping that is being read. */
export interface Entries<Item> {
  readonly keys: string[];
  readonly keyAt: number[];
  readonly values: Item[];
  readonly merges: number[];
}

/** Where something started. */
export interface Start {
  readonly at: number;
  /** The start of its line. */
  readonly line: number;
}

/** Where a node stands in the indentation. */
export interface Position {
  /** The column of what it belongs to; its own is larger. */
  readonly parent: number;
  /** A map or a list may start in this line. */
  readonly isFresh: boolean;
  /** As the value of a key, a list may start in the column of the key. */
  readonly isValue: boolean;
  /** Collections around it. */
  readonly depth: number;
}

/** Where the value of a key stands. */
export interface Places {
  /** In lines of its own. */
  readonly inside: Position;
  /** In the line of its key; the same where that makes no difference. */
  readonly onLine: Position;
}

/** Tags and anchors before something. */
export interface Around {
  /** In lines before it: where it turns out to be the first key of a map, the map's. */
  readonly outer: NodeProperties | undefined;
  /** In its line. */
  readonly inner: NodeProperties | undefined;
}

/** What blocks and brackets have in common: properties, aliases, keys. */
export class NodeReader<Item> {
  protected readonly cursor: Cursor;
  readonly #builder: Builder<Item>;
  /** By their names; `undefined` while what they name is being read. */
  readonly #anchors = new Map<string, Made<Item> | undefined>();

  constructor(cursor: Cursor, builder: Builder<Item>) {
    this.cursor = cursor;
    this.#builder = builder;
  }

  /** The tag and the anchor that stand here, if any. */
  protected properties(inFlow: boolean): NodeProperties | undefined {
    const found = readProperties(this.cursor, inFlow);
    if (found?.anchor !== undefined) this.#anchors.set(found.anchor, undefined);
    return found;
  }

  protected item(part: Part<Item>): Item {
    return part.kind === 'scalar' ? this.scalar(part) : part.item;
  }

  protected scalar(node: YamlScalar): Item {
    return this.#anchored(node, this.#builder.scalar(node), node.text);
  }

  protected sequence(node: YamlSequence<Item>): Item {
    return this.#anchored(node, this.#builder.sequence(node));
  }

  protected mapping(node: YamlMapping<Item>): Item {
    return this.#anchored(node, this.#builder.mapping(node));
  }

  #anchored({ anchor, start }: Pick<YamlScalar, 'anchor' | 'start'>, item: Item, text?: string): Item {
    if (anchor !== undefined) this.#anchors.set(anchor, { kind: 'made', item, start, text });
    return item;
  }

  /** What stands where nothing is written. */
  protected empty(at: number, properties?: NodeProperties): YamlScalar {
    return {
      kind: 'scalar',
      start: properties?.start ?? at,
      end: properties?.end ?? at,
      tag: properties?.tag,
      anchor: properties?.anchor,
      text: '',
      plain: true,
    };
  }

  /** The alias that starts here. */
  protected alias(properties: NodeProperties | undefined): Made<Item> {
    const { cursor } = this;
    const start = cursor.at;
    const name = readAlias(cursor);
    if (properties)
      throw new YamlFault(`*${name} cannot have a tag or an anchor of its own`, properties.start);
    if (!this.#anchors.has(name)) throw new YamlFault(`the alias *${name} has no anchor before it`, start);
    const made = this.#anchors.get(name);
    if (!made) throw new YamlFault(`the alias *${name} contains itself`, start);
    const place = { start, end: cursor.at, tag: undefined, anchor: undefined };
    const item = this.#builder.alias({ kind: 'alias', ...place, target: made.item });
    return { kind: 'made', item, start, text: made.text };
  }

  /** An alias in the value of a key may name the key. */
  protected completeKey(key: Part<Item>): void {
    if (key.kind === 'scalar' && key.anchor !== undefined) this.scalar(key);
  }

  /** @throws YamlFault when the key is no text */
  protected addEntry(entries: Entries<Item>, key: Part<Item>, value: Item): void {
    if (key.text === undefined) throw new YamlFault('a key has to be a plain text', key.start);
    const isMerge = key.kind === 'scalar' && key.text === '<<' && key.plain && key.tag === undefined;
    if (isMerge) entries.merges.push(entries.keys.length);
    entries.keys.push(key.text);
    entries.keyAt.push(key.start);
    entries.values.push(value);
  }

  /**
   * Checks what has started on a line, and has a colon behind it here.
   *
   * @throws YamlFault when it is too long for a key
   */
  protected checkKey({ at, line }: Start): void {
    const { cursor } = this;
    if (cursor.line !== line) throw this.noKey(at);
    if (cursor.at - at > LONGEST_KEY)
      throw new YamlFault(`a key of more than ${LONGEST_KEY} characters has to start with "? "`, at);
  }

  /** What starts at an offset should be a key. */
  protected noKey(at: number): YamlFault {
    const line = this.cursor.text.slice(at, this.cursor.lineEnd(at)).trimEnd();
    const shown = line.length > 60 ? `${line.slice(0, 60)}...` : line;
    return new YamlFault(
      `a key with ": " behind it is expected here, but this is ${JSON.stringify(shown)}`,
      at,
    );
  }
}
