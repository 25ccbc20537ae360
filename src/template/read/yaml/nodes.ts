/** What is known of any node of a YAML text. Offsets count UTF-16 units from the start of the text. */
interface Placed {
  /** Where the node starts: at its tag or anchor, if it has any. */
  readonly start: number;
  /** After its last character; behind a block of text, its last line break. */
  readonly end: number;
  /** As written (`!Ref`, `!!str`); `undefined`: none. */
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

/** A text; what is not there at all is a plain, empty one. */
export interface YamlScalar extends Placed {
  readonly kind: 'scalar';
  readonly text: string;
  /** Without quotes: it may be a number, a truth or null. */
  readonly plain: boolean;
}

/** @typeParam Item what has been made of its items */
export interface YamlSequence<Item> extends Placed {
  readonly kind: 'sequence';
  readonly items: readonly Item[];
  readonly flow: boolean;
}

/**
 * Keys are texts only. The lists are of one length: the entries in the order of the text, repeated keys included.
 *
 * @typeParam Item what has been made of its values
 */
export interface YamlMapping<Item> extends Placed {
  readonly kind: 'mapping';
  readonly keys: readonly string[];
  /** Where each key starts. */
  readonly keyAt: readonly number[];
  readonly values: readonly Item[];
  /** Indexes of entries that are merge keys: `<<` without quotes. */
  readonly merges: readonly number[];
  readonly flow: boolean;
}

/** `*name`, and what has been made of the node that it stands for. */
export interface YamlAlias<Item> extends Placed {
  readonly kind: 'alias';
  readonly target: Item;
}

/** Makes something of each node as soon as it is complete, those in it first. */
export interface Builder<Item> {
  scalar(node: YamlScalar): Item;
  sequence(node: YamlSequence<Item>): Item;
  mapping(node: YamlMapping<Item>): Item;
  alias(node: YamlAlias<Item>): Item;
}

/** A tag and an anchor, either way round. */
export interface NodeProperties {
  readonly start: number;
  readonly end: number;
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}
