/** What an executable or library of Linux needs to be loaded. */
export interface Elf {
  /** As Lambda names it; `undefined` for any other machine. */
  readonly machine: 'x86_64' | 'arm64' | undefined;
  /** The newest release of glibc whose symbols it asks for, such as `[2, 34]`; `undefined`: it asks for none. */
  readonly glibc: Release | undefined;
}

/** Major and minor number. */
export type Release = readonly [major: number, minor: number];

const MACHINES = new Map([
  [62, 'x86_64'],
  [183, 'arm64'],
] as const);
const HEADER = 64;
const VERSIONS_NEEDED = 0x6ffffffe;
/** A version that may be absent: the loader goes on without its symbols. */
const WEAK = 2;

/**
 * Reads the header and the needed versions of a file. Source: System V ABI, "ELF Header" and "Sections"; Linux Standard
 * Base, "Symbol Versioning".
 *
 * @returns `undefined` when it is no ELF file of 64 bits and little-endian order, which Lambda's machines are
 */
export function readElf(bytes: Buffer): Elf | undefined {
  if (bytes.length < HEADER || bytes.readUInt32BE(0) !== 0x7f454c46) return undefined;
  if (bytes[4] !== 2 || bytes[5] !== 1) return { machine: undefined, glibc: undefined };
  const machine = (MACHINES as ReadonlyMap<number, Elf['machine']>).get(bytes.readUInt16LE(18));
  return { machine, glibc: newest(neededVersions(bytes)) };
}

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

/** Names such as `GLIBC_2.34`. A file that is cut off names none. */
function neededVersions(bytes: Buffer): string[] {
  try {
    const sections = readSections(bytes);
    const needed = sections.find(({ type }) => type === VERSIONS_NEEDED);
    const names = needed && sections[needed.link];
    return needed && names ? [...versionNames(bytes, needed, names.offset)] : [];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function readSections(bytes: Buffer): Section[] {
  const start = Number(bytes.readBigUInt64LE(40));
  const size = bytes.readUInt16LE(58);
  return Array.from({ length: bytes.readUInt16LE(60) }, (_, index) => {
    const at = start + index * size;
    return {
      type: bytes.readUInt32LE(at + 4),
      offset: Number(bytes.readBigUInt64LE(at + 24)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
      link: bytes.readUInt32LE(at + 40),
      info: bytes.readUInt32LE(at + 44),
    };
  });
}

function* versionNames(bytes: Buffer, { offset, info }: Section, names: number): Generator<string> {
  let file = offset;
  for (let files = 0; files < info; files++) {
    let version = file + bytes.readUInt32LE(file + 8);
    for (let versions = bytes.readUInt16LE(file + 2); versions > 0; versions--) {
      if ((bytes.readUInt16LE(version + 4) & WEAK) === 0)
        yield textAt(bytes, names + bytes.readUInt32LE(version + 8));
      version += bytes.readUInt32LE(version + 12);
    }
    file += bytes.readUInt32LE(file + 12);
  }
}

const textAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, bytes.indexOf(0, at));

function newest(names: readonly string[]): Release | undefined {
  const releases = names.flatMap((name): Release[] => {
    const [, major, minor] = /^GLIBC_(\d+)\.(\d+)/.exec(name) ?? [];
    return major === undefined ? [] : [[Number(major), Number(minor)]];
  });
  return releases.sort(compareReleases).at(-1);
}

/** Negative when the first is older. */
export const compareReleases = (a: Release, b: Release): number => a[0] - b[0] || a[1] - b[1];
