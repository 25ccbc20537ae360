/** Networks of fewer leading bits are more than anybody owns: half the addresses twice are all of them. */
const FEW_BITS = { v4: 7, v6: 15 };

/** Whether a range has every address in it, of either protocol, or so many that it makes no difference. */
export function isAnywhere(range: string): boolean {
  const [, address = '', bits = ''] = /^([\d.]+|[\da-f:]+)\/(\d+)$/i.exec(range) ?? [];
  if (bits === '') return false;
  return Number(bits) <= (address.includes(':') ? FEW_BITS.v6 : FEW_BITS.v4);
}

/** Whether a range of addresses has all of another one in it; a single address is a range of one. */
export function includesRange(range: string, other: string): boolean {
  const [outer, inner] = [rangeOf(range), rangeOf(other)];
  if (!outer || !inner || outer.length !== inner.length || outer.bits > inner.bits) return false;
  const rest = BigInt(outer.length - outer.bits);
  return outer.first >> rest === inner.first >> rest;
}

interface Range {
  readonly first: bigint;
  /** How many leading bits all its addresses have in common. */
  readonly bits: number;
  /** Of an address, in bits. */
  readonly length: number;
}

function rangeOf(text: string): Range | undefined {
  const [address = '', bits] = text.split('/');
  const isV6 = /^[\da-f:]+$/i.test(address) && address.includes(':');
  if (!isV6 && !/^\d+(\.\d+){3}$/.test(address)) return undefined;
  const parts = isV6
    ? groups(address).map((each) => Number.parseInt(each, 16))
    : address.split('.').map(Number);
  const [size, length] = isV6 ? [16n, 128] : [8n, 32];
  if (parts.length !== length / Number(size) || parts.some((each) => !(each < 2 ** Number(size))))
    return undefined;
  const count = bits === undefined ? length : Number(bits);
  if (!(count >= 0 && count <= length)) return undefined;
  return { first: parts.reduce((sum, each) => (sum << size) | BigInt(each), 0n), bits: count, length };
}

/** The groups of an IPv6 address, with those that `::` stands for. */
function groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const [left, right] = [head, tail ?? ''].map((each) => (each === '' ? [] : each.split(':'))) as [
    string[],
    string[],
  ];
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: missing }, () => '0'), ...right];
}
