/** Source: package runtime of Go, `pcHeader`, `functab` and `_func`; of Go 1.20 and later. */
const MAGIC = Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0]);
const POINTER = 8;
/** Words of the header after its first eight bytes, by what they hold. */
const WORD = { functions: 0, names: 3, table: 7 } as const;
const HEADER = 8 + 8 * POINTER;
/** Of an entry of the table: where a function begins, and where more of it is told. */
const ENTRY = 8;
/** More functions has no program; a number beyond is none. */
const MOST_FUNCTIONS = 4_000_000;

/**
 * Bytes of machine code by package path, as the table says that a program of Go has of its functions, without symbols, too.
 * What the linker left out is in none, and data is not counted.
 *
 * @returns nothing where there is no such table
 */
export function goCodeSizes(program: Buffer): ReadonlyMap<string, number> {
  for (let at = program.indexOf(MAGIC); at >= 0; at = program.indexOf(MAGIC, at + 1)) {
    const isHeader = [1, 2, 4].includes(program[at + 6] ?? 0) && program[at + 7] === POINTER;
    if (!isHeader || at % POINTER !== 0 || at + HEADER > program.length) continue;
    const sizes = sizesIn(program, at);
    if (sizes.size > 0) return sizes;
  }
  return new Map();
}

function sizesIn(program: Buffer, start: number): ReadonlyMap<string, number> {
  const word = (index: number): number => Number(program.readBigUInt64LE(start + 8 + index * POINTER));
  const [count, names, table] = [word(WORD.functions), start + word(WORD.names), start + word(WORD.table)];
  const sizes = new Map<string, number>();
  if (count > MOST_FUNCTIONS || table + (count + 1) * ENTRY > program.length) return sizes;
  for (let index = 0; index < count; index++) {
    const entry = table + index * ENTRY;
    const told = table + program.readUInt32LE(entry + 4);
    if (told + ENTRY > program.length) return new Map();
    const name = packageOf(textAt(program, names + program.readInt32LE(told + 4)));
    const size = program.readUInt32LE(entry + ENTRY) - program.readUInt32LE(entry);
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  return sizes;
}

function textAt(program: Buffer, start: number): string {
  const end = program.indexOf(0, start);
  return program.toString('latin1', start, end < 0 ? start : end);
}

/** `github.com/acme/lib/v2.(*Client).Do` is of `github.com/acme/lib/v2`; dots of the last part are written as `%2e`. */
function packageOf(name: string): string {
  const plain = name.split('[', 1)[0] ?? '';
  const slash = plain.lastIndexOf('/');
  const dot = plain.indexOf('.', slash + 1);
  return (dot < 0 ? plain : plain.slice(0, dot)).replaceAll('%2e', '.').replace(/^type:.*/, '');
}
