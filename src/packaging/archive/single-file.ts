import { crc32 } from 'node:zlib';
import { centralHeader, endOfDirectory, localHeader } from './zip-format.ts';

/** An archive of one small file, in memory and not compressed: the same text gives the same bytes. */
export function archiveOf(name: string, text: string): Uint8Array {
  const data = Buffer.from(text);
  const record = {
    name: Buffer.from(name),
    mode: 0o100644,
    crc: crc32(data),
    compressed: false,
    size: data.length,
    unpackedSize: data.length,
    offset: 0,
  };
  const local = Buffer.concat([localHeader(record), data]);
  const central = centralHeader(record);
  return Buffer.concat([local, central, endOfDirectory(1, local.length, central.length)]);
}
