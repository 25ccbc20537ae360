import { type Hashed, hashOf } from './unicode-hash.ts';

/** A slot whose key was deleted: it is free, but does not end a search. */
const DELETED = Symbol('deleted');

type Slot = Hashed | typeof DELETED | undefined;

const SMALLEST = 8;

/**
 * The keys of a map as Python 2.7 keeps them: in a hash table with open addressing, whose order depends on every
 * insertion and deletion before. Source: `Objects/dictobject.c` of CPython 2.7.
 */
export class KeyTable {
  #slots: Slot[] = new Array(SMALLEST).fill(undefined);
  /** How many keys there are. */
  #used = 0;
  /** How many slots are taken, by keys or by what was deleted. */
  #filled = 0;

  /** A table into which keys are put one after the other. */
  static of(keys: Iterable<string>): KeyTable {
    const table = new KeyTable();
    for (const key of keys) table.add(key);
    return table;
  }

  static #ofHashed(keys: readonly Hashed[]): KeyTable {
    const table = new KeyTable();
    for (const key of keys) table.#add(key);
    return table;
  }

  /** A copy with the same slots. */
  clone(): KeyTable {
    const table = new KeyTable();
    table.#slots = [...this.#slots];
    table.#used = this.#used;
    table.#filled = this.#filled;
    return table;
  }

  get size(): number {
    return this.#used;
  }

  /** Keys in the order in which Python 2.7 lists them. */
  keys(): string[] {
    return this.#hashed().map(({ text }) => text);
  }

  #hashed(): Hashed[] {
    const keys: Hashed[] = [];
    for (const slot of this.#slots) if (typeof slot === 'object') keys.push(slot);
    return keys;
  }

  add(key: string): void {
    this.#add(hashOf(key));
  }

  #add(key: Hashed): void {
    const index = this.#find(key);
    const before = this.#slots[index];
    if (typeof before === 'object') return;
    this.#slots[index] = key;
    this.#used++;
    if (before === undefined) this.#filled++;
    if (this.#filled * 3 >= this.#slots.length * 2) this.#resize(this.#used * (this.#used > 50_000 ? 2 : 4));
  }

  delete(key: string): void {
    const index = this.#find(hashOf(key));
    if (typeof this.#slots[index] !== 'object') return;
    this.#slots[index] = DELETED;
    this.#used--;
  }

  /** Adds all keys at once, as `dict.update` does: room is made before. */
  merge(keys: readonly string[]): void {
    if (keys.length === 0) return;
    if ((this.#filled + keys.length) * 3 >= this.#slots.length * 2)
      this.#resize((this.#used + keys.length) * 2);
    for (const key of keys) this.add(key);
  }

  /** A copy as `copy.deepcopy` makes it, that many times: keys that share a slot may change places each time. */
  copied(times: number): KeyTable {
    let table: KeyTable = this;
    let order = this.#hashed();
    for (let time = 0; time < times; time++) {
      table = KeyTable.#ofHashed(order);
      const next = table.#hashed();
      // A copy in the same order is one that all further copies are equal to.
      if (next.every((key, index) => key === order[index])) return table;
      order = next;
    }
    return table;
  }

  #resize(request: number): void {
    const before = this.#hashed();
    let size = SMALLEST;
    while (size <= request) size *= 2;
    this.#slots = new Array(size).fill(undefined);
    this.#used = 0;
    this.#filled = 0;
    for (const key of before) this.#add(key);
  }

  /** Where a key is, or else where it belongs. */
  #find(key: Hashed): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let { high, low } = key;
    let index = low & mask;
    let free = -1;
    let walker = index;
    for (let slot = slots[index]; slot !== undefined; slot = slots[index]) {
      if (slot === key || (slot !== DELETED && slot.text === key.text)) return index;
      if (slot === DELETED && free < 0) free = index;
      // Only the lowest bits count, and those depend on no higher ones.
      walker = (Math.imul(walker, 5) + low + 1) | 0;
      index = walker & mask;
      low = ((low >>> 5) | (high << 27)) >>> 0;
      high >>>= 5;
    }
    return free < 0 ? index : free;
  }
}
