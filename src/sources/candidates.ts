import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { orUndefined } from '../packaging/workspace/workspace.ts';

/** How deep and how much is looked through: enough for any repository that keeps several services. */
const MAX_DEPTH = 4;
const MAX_FOLDERS = 2000;
/** Names that a line has room for. */
const SHOWN = 5;

/** Folders of packages, which have templates of others in them; those with a dot are nobody's sources. */
const SKIPPED = /^(?:\.|node_modules$|vendor$|cdk\.out$|venv$|site-packages$)/;

/** What a folder could be deployed as. */
interface Candidate {
  readonly kind: string;
  readonly path: string;
}

/** A folder without a source, and the input that could name another one. */
interface Barren {
  readonly folder: string;
  /** What paths in the input are relative to. */
  readonly base: string;
  readonly input: string;
}

/** What to do where a folder has nothing to deploy: the folders below it that have something are named. */
export function nextPlace(
  { folder, base, input }: Barren,
  sourcesIn: (folder: string) => readonly Candidate[],
): string {
  const below = candidatesBelow(folder, (each) => sourcesIn(each).some(isProgram));
  return below.length === 0
    ? 'Set the input source, or the input working-directory.'
    : `Something is in ${folderList(base, below)}: set the input ${input} to the one that is meant.`;
}

/**
 * The folders below one that something could be deployed from, the nearest first.
 *
 * @param isCandidate whether something could be deployed from a folder
 * @returns absolute paths
 */
function candidatesBelow(folder: string, isCandidate: (folder: string) => boolean): readonly string[] {
  const found: string[] = [];
  let level = [folder];
  let looked = 0;
  for (let depth = 0; depth < MAX_DEPTH && looked < MAX_FOLDERS; depth++) {
    level = level.flatMap(subfolders).slice(0, MAX_FOLDERS - looked);
    looked += level.length;
    found.push(...level.filter(isCandidate));
  }
  return found;
}

/** Sorted; a link is not followed, as it may lead in a circle. */
const subfolders = (folder: string): string[] =>
  (orUndefined((): Dirent[] => readdirSync(folder, { withFileTypes: true })) ?? [])
    .filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name))
    .map(({ name }) => join(folder, name))
    .sort();

/** `orders/, hello/`, relative to a folder. */
function folderList(base: string, folders: readonly string[]): string {
  const names = folders.slice(0, SHOWN).map((each) => `${relative(base, each).replaceAll(sep, '/')}/`);
  const more = folders.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Of a Sparta application's packages only one is the program. */
const isProgram = ({ kind, path }: Candidate): boolean =>
  kind !== 'sparta' ||
  readdirSync(path).some(
    (name) =>
      name.endsWith('.go') &&
      !name.endsWith('_test.go') &&
      /^package main\b/m.test(orUndefined(() => readFileSync(join(path, name), 'utf8')) ?? ''),
  );
