import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reads } from '../../inputs/reads.ts';
import type { CargoProject } from './cargo-project.ts';
import { lookedFor } from './settings.ts';

/** What a build with cargo read, and what it says of it. */
export interface CargoBuild {
  readonly project: CargoProject;
  /** Where cargo was called; absolute. */
  readonly directory: string;
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
  { project, directory, dependencyInfo, ranCode, original }: CargoBuild,
  reads: Reads,
): void {
  if (ranCode) {
    reads.everything();
    return;
  }
  for (const path of sourcesIn(readFileSync(dependencyInfo, 'utf8'))) reads.file(original(path));
  for (const path of lookedFor(directory, project.base)) reads.file(path);
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

/** `program: source source`; a space in a path is written `\ `. */
function sourcesIn(text: string): string[] {
  const [first = ''] = text.split('\n');
  const list = first.slice(first.indexOf(': ') + 2);
  return list.split(/(?<!\\) /).flatMap((path) => (path === '' ? [] : [path.replaceAll('\\ ', ' ')]));
}
