import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Reads } from '../../inputs/reads.ts';
import type { CargoProject } from './cargo-project.ts';
import { lookedFor } from './settings.ts';

/** What a build with cargo read, and what it says of it. */
export interface CargoBuild {
  readonly project: CargoProject;
  /** Where cargo was called; absolute. */
  readonly directory: string;
  /** The last folder in which settings are looked for. */
  readonly root: string;
  /** The `.d` file that cargo leaves beside the program. */
  readonly dependencyInfo: string;
  /** Whether macros or build scripts of any package ran. */
  readonly ranCode: boolean;
  /** Where a file of the copy stands in the workspace. */
  readonly original: (path: string) => string;
}

/**
 * Takes cargo at its word, unless code of packages ran: a macro may read any file, and need not tell. Source: The Cargo
 * Book, "Build Cache", "Dep-info files"; "Cargo Targets", "Target auto-discovery".
 */
export function cargoReads(
  { project, directory, root, dependencyInfo, ranCode, original }: CargoBuild,
  reads: Reads,
): void {
  if (ranCode) {
    reads.everything();
    return;
  }
  const sources = sourcesIn(readFileSync(dependencyInfo, 'utf8'));
  // A setting of cargo's has them relative to a folder that it alone knows.
  if (!sources.every(isAbsolute)) reads.everything();
  // `include!` leaves what goes up in the middle.
  for (const path of sources) reads.file(original(resolve(path)));
  for (const path of lookedFor(directory, root)) reads.file(path);
  for (const { manifest_path } of project.packages) tellAbove(dirname(manifest_path), root, reads);
  for (const folder of project.folders) {
    reads.file(join(folder, 'Cargo.toml'));
    reads.file(join(folder, 'Cargo.lock'));
  }
  for (const { manifest_path } of project.packages) {
    const folder = dirname(manifest_path);
    reads.file(manifest_path);
    // Their presence alone makes one more part of the package.
    for (const name of ['build.rs', 'src/lib.rs', 'src/main.rs']) reads.file(join(folder, name));
    reads.names(join(folder, 'src', 'bin'));
  }
}

/** One more manifest above may be that of a workspace, which has a say. */
function tellAbove(folder: string, root: string, reads: Reads): void {
  for (let at = folder; at !== root && at !== dirname(at); at = dirname(at))
    reads.file(join(dirname(at), 'Cargo.toml'));
}

/** `program: source source`; a space in a path is written `\ `. */
function sourcesIn(text: string): string[] {
  const [first = ''] = text.split('\n');
  const list = first.slice(first.indexOf(': ') + 2);
  return list.split(/(?<!\\) /).flatMap((path) => (path === '' ? [] : [path.replaceAll('\\ ', ' ')]));
}
