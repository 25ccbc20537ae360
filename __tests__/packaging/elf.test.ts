import { describe, expect, it } from '@jest/globals';
import { readElf } from '../../src/packaging/elf.ts';

const SECTION = 64;

/** An ELF file of three sections: none, the needed versions of one library, and their names. */
function elf(machine: number, versions: readonly (readonly [name: string, weak: boolean])[]): Buffer {
  const names = Buffer.from(`\0libc.so.6\0${versions.map(([name]) => `${name}\0`).join('')}`);
  const needed = Buffer.alloc(16 + 16 * versions.length);
  needed.writeUInt16LE(1, 0);
  needed.writeUInt16LE(versions.length, 2);
  needed.writeUInt32LE(1, 4);
  needed.writeUInt32LE(16, 8);
  for (const [index, [name, weak]] of versions.entries()) {
    const at = 16 + 16 * index;
    needed.writeUInt16LE(weak ? 2 : 0, at + 4);
    needed.writeUInt32LE(names.indexOf(`${name}\0`), at + 8);
    needed.writeUInt32LE(index === versions.length - 1 ? 0 : 16, at + 12);
  }
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(machine, 18);
  header.writeBigUInt64LE(64n, 40);
  header.writeUInt16LE(SECTION, 58);
  header.writeUInt16LE(3, 60);
  const section = (type: number, offset: number, size: number, link: number, info: number): Buffer => {
    const bytes = Buffer.alloc(SECTION);
    bytes.writeUInt32LE(type, 4);
    bytes.writeBigUInt64LE(BigInt(offset), 24);
    bytes.writeBigUInt64LE(BigInt(size), 32);
    bytes.writeUInt32LE(link, 40);
    bytes.writeUInt32LE(info, 44);
    return bytes;
  };
  const start = 64 + 3 * SECTION;
  return Buffer.concat([
    header,
    section(0, 0, 0, 0, 0),
    section(0x6ffffffe, start, needed.length, 2, 1),
    section(3, start + needed.length, names.length, 0, 0),
    needed,
    names,
  ]);
}

describe('ELF files', () => {
  it('tell their machine and the newest glibc that they need, by number and not by letter', () => {
    const versions = [
      ['GLIBC_2.9', false] as const,
      ['GLIBC_2.34', false] as const,
      ['GCC_3.0', false] as const,
    ];
    expect(readElf(elf(183, versions))).toEqual({ machine: 'arm64', glibc: [2, 34] });
    expect(readElf(elf(62, [['GLIBC_2.17', false]]))).toEqual({ machine: 'x86_64', glibc: [2, 17] });
  });

  it('may do without versions that are weak', () => {
    const versions = [['GLIBC_2.34', false] as const, ['GLIBC_2.39', true] as const];
    expect(readElf(elf(62, versions))?.glibc).toEqual([2, 34]);
  });

  it('of other machines are known as such, and what is none or cut off does no harm', () => {
    expect(readElf(elf(243, []))).toEqual({ machine: undefined, glibc: undefined });
    expect(readElf(Buffer.from('#!/bin/sh\n'.padEnd(100)))).toBeUndefined();
    expect(readElf(Buffer.alloc(10))).toBeUndefined();
    const whole = elf(62, [['GLIBC_2.34', false]]);
    expect(readElf(whole.subarray(0, 300))).toEqual({ machine: 'x86_64', glibc: undefined });
  });
});
