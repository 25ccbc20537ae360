import type { ListedEntry } from '../zip-reader.ts';

/** Where a package comes from. */
export type Ecosystem = 'npm' | 'PyPI' | 'Go';

/** One package in an archive. */
export interface ArchivedPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
  /** As the package itself says it, where it does. */
  readonly licence?: string;
  /** Runs a program of its own where it is installed. */
  readonly installs?: boolean;
  /** Bytes of its files, unpacked; of its code, where a linker or bundler made one file of all packages. */
  readonly size?: number;
}

/** A way to find packages: files that tell of them, and how these are read. */
export interface Reader {
  /** Whether a file tells of packages. */
  matches(entry: ListedEntry): boolean;
  /** Bytes; of a larger file nothing is read. */
  readonly most: number;
  /**
   * What a file tells; nothing where it is not what its name says.
   *
   * @param listed all files of the archive
   */
  read(entry: ListedEntry, content: Buffer, listed: Listed): ArchivedPackage[] | Promise<ArchivedPackage[]>;
}

/** All files of an archive. */
export interface Listed {
  readonly entries: readonly ListedEntry[];
  /** The text of another file of it. */
  text(name: string): Promise<string>;
}

/** What stands in a manifest as a text of one line. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().split('\n')[0]?.slice(0, 200) : undefined;
