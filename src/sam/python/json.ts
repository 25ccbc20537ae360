import type { Json } from '../../template/types.ts';

/** A value as Python's `json.dumps` writes it: compact, keys sorted by code points, ASCII only. Logical IDs hash it. */
export function pythonJson(value: Json): string {
  const parts: string[] = [];
  write(value, parts, COMPACT);
  return parts.join('');
}

/** The same in lines that are indented by four. */
export function pythonJsonLines(value: Json): string[] {
  const parts: string[] = [];
  write(value, parts, { colon: ': ', indent: '\n' });
  return parts.join('').split('\n');
}

/** The same in one line, with keys in their own order. */
export function pythonText(value: Json): string {
  const parts: string[] = [];
  write(value, parts, { ...COMPACT, isSorted: false });
  return parts.join('');
}

interface Layout {
  readonly colon: string;
  readonly isSorted?: boolean;
  /** Line break and indentation; none in compact texts. */
  readonly indent: string;
}

const COMPACT: Layout = { colon: ':', indent: '' };

function write(value: Json, parts: string[], layout: Layout): void {
  if (typeof value === 'string') parts.push(jsonString(value));
  else if (typeof value !== 'object' || value === null)
    parts.push(typeof value === 'number' ? pythonNumber(value) : String(value));
  else if (Array.isArray(value))
    writeItems(value, parts, {
      layout,
      brackets: '[]',
      each: (item, inner) => write(item ?? null, parts, inner),
    });
  else
    writeItems(layout.isSorted === false ? Object.keys(value) : Object.keys(value).sort(byCodePoint), parts, {
      layout,
      brackets: '{}',
      each: (key, inner) => {
        parts.push(jsonString(key), layout.colon);
        write(value[key] ?? null, parts, inner);
      },
    });
}

function writeItems<Item>(
  items: readonly Item[],
  parts: string[],
  {
    layout,
    brackets,
    each,
  }: {
    readonly layout: Layout;
    readonly brackets: string;
    readonly each: (item: Item, inner: Layout) => void;
  },
): void {
  const [open = '', close = ''] = brackets;
  if (items.length === 0) {
    parts.push(brackets);
    return;
  }
  const inner = layout.indent === '' ? layout : { ...layout, indent: `${layout.indent}    ` };
  for (let index = 0; index < items.length; index++) {
    parts.push(index === 0 ? open : ',', inner.indent);
    each(items[index] as Item, inner);
  }
  parts.push(layout.indent, close);
}

/** A text in quotes, with escapes for all that is not ASCII. */
export function jsonString(text: string): string {
  const json = JSON.stringify(text);
  if (!/[\u0080-\uffff]/.test(json)) return json;
  return json.replace(/[\u007f-\uffff]/g, (unit) =>
    unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A number as Python writes it: exponents have a sign and two digits, and begin at other sizes. */
export function pythonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const [digits = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return String(value);
}

/** Order of texts by code points; JavaScript's own is that of UTF-16 units. */
export function byCodePoint(one: string, other: string): number {
  if (one === other) return 0;
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (a === b) continue;
    // Surrogates stand for code points above all others.
    const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
    if (isHigh(a) !== isHigh(b)) return isHigh(a) ? 1 : -1;
    return a - b;
  }
  return one.length - other.length;
}
