import { type Hashed, hashOf } from './unicode-hash.ts';

/** A slot whose key was deleted: it is free, but does not end a search. */
const DELETED = Symbol('deleted');

type Slot = Hashed | typeof DELETED | undefined;

const SMALLEST = 8;

/** One array of each length that no table has any more: tables of many keys are made anew all the time. */
const spare = new Map<number, Slot[]>();

function emptySlots(length: number): Slot[] {
  const slots = spare.get(length);
  if (!slots) return new Array<Slot>(length).fill(undefined);
  spare.delete(length);
  return slots;
}

const giveBack = (slots: Slot[]): void => void spare.set(slots.length, slots.fill(undefined));

/**
 * The keys of a map as Python 2.7 keeps them: in a hash table with open addressing, whose order depends on every
 * insertion and deletion before. Source: `Objects/dictobject.c` of CPython 2.7.
 */
export class KeyTable {
  #slots = emptySlots(SMALLEST);
  /** How many keys there are. */
  #used = 0;
  /** How many slots are taken, by keys or by what was deleted. */
  #filled = 0;
  /** Whether a copy is known to have the same slots. */
  #isStable = false;

  /** A table into which keys are put one after the other. */
  static of(keys: Iterable<string>): KeyTable {
    const table = new KeyTable();
    for (const key of keys) table.add(key);
    return table;
  }

  /** A copy with the same slots. */
  clone(): KeyTable {
    const table = new KeyTable();
    table.#slots = [...this.#slots];
    table.#used = this.#used;
    table.#filled = this.#filled;
    table.#isStable = this.#isStable;
    return table;
  }

  get size(): number {
    return this.#used;
  }

  /** Keys in the order in which Python 2.7 lists them. */
  keys(): string[] {
    const texts: string[] = [];
    for (const slot of this.#slots) if (typeof slot === 'object') texts.push(slot.text);
    return texts;
  }

  add(key: string): void {
    this.#add(hashOf(key));
  }

  #add(key: Hashed): void {
    const index = this.#find(key);
    const before = this.#slots[index];
    if (typeof before === 'object') return;
    this.#slots[index] = key;
    this.#isStable = false;
    this.#used++;
    if (before === undefined) this.#filled++;
    if (this.#filled * 3 >= this.#slots.length * 2) this.#resize(this.#used * (this.#used > 50_000 ? 2 : 4));
  }

  delete(key: string): void {
    const index = this.#find(hashOf(key));
    if (typeof this.#slots[index] !== 'object') return;
    this.#slots[index] = DELETED;
    this.#isStable = false;
    this.#used--;
  }

  /** Adds all keys at once, as `dict.update` does: room is made before. */
  merge(keys: readonly string[]): void {
    if (keys.length === 0) return;
    if ((this.#filled + keys.length) * 3 >= this.#slots.length * 2)
      this.#resize((this.#used + keys.length) * 2);
    for (const key of keys) this.add(key);
  }

  /** Becomes what `copy.deepcopy` makes of it, that many times: keys that share a slot may change places each time. */
  copy(times: number): void {
    for (let time = 0; time < times && !this.#isStable; time++) {
      const before = this.#slots;
      this.#fill(SMALLEST, before);
      // A copy in the same order is one that all further copies are equal to.
      this.#isStable = isSameOrder(before, this.#slots);
      giveBack(before);
    }
  }

  #resize(request: number): void {
    const before = this.#slots;
    let size = SMALLEST;
    while (size <= request) size *= 2;
    this.#fill(size, before);
    giveBack(before);
  }

  /** Puts the keys of former slots into new ones. */
  #fill(size: number, before: readonly Slot[]): void {
    this.#slots = emptySlots(size);
    this.#used = 0;
    this.#filled = 0;
    this.#isStable = false;
    for (const slot of before) if (typeof slot === 'object') this.#add(slot);
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

function isSameOrder(one: readonly Slot[], other: readonly Slot[]): boolean {
  let at = 0;
  for (const slot of one) {
    if (typeof slot !== 'object') continue;
    while (typeof other[at] !== 'object') at++;
    if (other[at++] !== slot) return false;
  }
  return true;
}
