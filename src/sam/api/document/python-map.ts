import { KeyTable } from '../../python/key-table.ts';

/** A text that the transform makes itself: Python 2.7 writes it without the `u` of the author's texts. */
export class ByteText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value of a definition as the reference holds it; the author's texts are plain ones. */
export type PyValue = null | boolean | number | string | ByteText | PyValue[] | PyMap;

/** How often a definition was copied as a whole: each copy may put keys of its maps into another order. */
export interface Clock {
  ticks: number;
}

/**
 * A map of a definition. With a clock it keeps its keys as Python 2.7 does, of which the hash of a deployment depends;
 * copies of the definition are not made, but counted. Without one its keys are in the order in which they came.
 */
export class PyMap {
  readonly #entries = new Map<string, PyValue>();
  readonly #clock: Clock | undefined;
  #byteKeys: Set<string> | undefined;
  #table: KeyTable | undefined;
  #tick: number;

  constructor(clock?: Clock, table?: KeyTable) {
    this.#clock = clock;
    this.#table = table ?? (clock && new KeyTable());
    this.#tick = clock?.ticks ?? 0;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): PyValue | undefined {
    return this.#entries.get(key);
  }

  set(key: string | ByteText, value: PyValue): void {
    const name = typeof key === 'string' ? key : key.text;
    if (!this.#entries.has(name)) {
      this.#current()?.add(name);
      if (typeof key !== 'string') this.#markBytes(name);
    }
    this.#entries.set(name, value);
  }

  /** Sets entries at once, for which Python makes room before. */
  update(entries: Readonly<Record<string, PyValue>>): void {
    this.#current()?.merge(Object.keys(entries));
    for (const key in entries) {
      if (!this.#entries.has(key)) this.#markBytes(key);
      this.#entries.set(key, entries[key] ?? null);
    }
  }

  delete(key: string): void {
    if (!this.#entries.delete(key)) return;
    this.#current()?.delete(key);
    this.#byteKeys?.delete(key);
  }

  /** Sets an entry without a place in the order, for maps whose order was given when they were made. */
  fill(key: string, value: PyValue): void {
    this.#entries.set(key, value);
  }

  /** A copy of the map alone, as `dict.copy` makes it. */
  copy(): PyMap {
    const table = new KeyTable();
    table.merge(this.keys());
    return this.#with(this.#clock, table, (value) => value);
  }

  /** The map with all in it as a part of another definition. */
  movedTo(clock: Clock | undefined): PyMap {
    return this.#with(clock, this.#current()?.clone(), (value) => moved(value, clock));
  }

  #with(clock: Clock | undefined, table: KeyTable | undefined, change: (value: PyValue) => PyValue): PyMap {
    const made = this.#table ? new PyMap(clock, table) : new PyMap();
    for (const [key, value] of this.#entries) made.#entries.set(key, change(value));
    if (this.#byteKeys) made.#byteKeys = new Set(this.#byteKeys);
    return made;
  }

  isByteKey(key: string): boolean {
    return this.#byteKeys?.has(key) ?? false;
  }

  /** A key as it was set. */
  keyOf(key: string): string | ByteText {
    return this.isByteKey(key) ? new ByteText(key) : key;
  }

  keys(): readonly string[] {
    return this.#current()?.keys() ?? [...this.#entries.keys()];
  }

  /** Entries in no order that counts. */
  entries(): Iterable<[string, PyValue]> {
    return this.#entries;
  }

  #markBytes(key: string): void {
    this.#byteKeys ??= new Set();
    this.#byteKeys.add(key);
  }

  #current(): KeyTable | undefined {
    if (this.#clock === undefined || this.#table === undefined) return undefined;
    if (this.#tick < this.#clock.ticks) {
      this.#table.copy(this.#clock.ticks - this.#tick);
      this.#tick = this.#clock.ticks;
    }
    return this.#table;
  }
}

function moved(value: PyValue, clock: Clock | undefined): PyValue {
  if (Array.isArray(value)) return value.map((item) => moved(item, clock));
  return value instanceof PyMap ? value.movedTo(clock) : value;
}

/** A text of either kind. */
export const textOf = (value: PyValue | undefined): string | undefined =>
  value instanceof ByteText ? value.text : typeof value === 'string' ? value : undefined;

/** Whether Python takes a value for true. */
export function isTrue(value: PyValue | undefined): value is PyValue {
  if (value instanceof ByteText) return value.text !== '';
  if (value instanceof PyMap) return value.size > 0;
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** A map of the transform's own, whose keys stay in this order. */
export function listed(entries: Readonly<Record<string, PyValue>>): PyMap {
  const map = new PyMap();
  for (const key in entries) map.set(new ByteText(key), entries[key] ?? null);
  return map;
}

export const bytes = (text: string): ByteText => new ByteText(text);
