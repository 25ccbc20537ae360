import { describe, expect, it } from '@jest/globals';
import { runsAlone } from '../../../src/local/runtime/image.ts';

/** A 64-bit ELF header with program headers of these types. */
function elf(...types: number[]): Buffer {
  const file = Buffer.alloc(64 + types.length * 56);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(types.length, 56);
  for (const [n, type] of types.entries()) file.writeUInt32LE(type, 64 + n * 56);
  return file;
}

describe('a program runs by itself', () => {
  it.each<[string, Buffer, boolean]>([
    ['when it is static', elf(1, 1, 4), true],
    ['unless it names a dynamic linker', elf(6, 3, 1), false],
    ['unless it is a script', Buffer.from('#!/bin/sh\nexec true\n'.padEnd(100)), false],
    ['unless it is nothing', Buffer.alloc(0), false],
  ])('%s', (_name, content, alone) => expect(runsAlone(content)).toBe(alone));
});
