/** Networks of fewer leading bits are more than anybody owns: half the addresses twice are all of them. */
const FEW_BITS = { v4: 7, v6: 15 };

/** Whether a range has every address in it, of either protocol, or so many that it makes no difference. */
export function isAnywhere(range: string): boolean {
  const [, address = '', bits = ''] = /^([\d.]+|[\da-f:]+)\/(\d+)$/i.exec(range) ?? [];
  if (bits === '') return false;
  return Number(bits) <= (address.includes(':') ? FEW_BITS.v6 : FEW_BITS.v4);
}
