import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';
import { isBelow, isInside, type Workspace } from './workspace.ts';

/** Something that goes into an archive. */
export type Entry =
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  | {
      readonly kind: 'bytes';
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly executable: boolean;
    }
  | { readonly kind: 'link'; readonly name: string; readonly target: string }
  | { readonly kind: 'folder'; readonly name: string };

/** Links to folders that hold links to folders multiply; nothing that is deployed comes near this. */
const MOST_ENTRIES = 1_000_000;

const tooMany = (folder: string): Problem => ({
  message: `${folder} holds more than ${MOST_ENTRIES} files, or links that repeat the same folders`,
  next: 'Remove the links.',
});

/**
 * Everything below a folder, sorted by name (code units), with `/` between parts.
 *
 * A link to something inside of the folder stays a link. One that leads elsewhere in the workspace would dangle once
 * the archive is unpacked, so what it leads to is taken instead. One that leads out of the workspace is refused, but for
 * those to `/opt/...`: there Lambda has the function's layers, and what is there on this machine is something else.
 *
 * @param skip names that are left out with all that is below them
 * @throws ProblemError with every link that leads out or nowhere
 */
export function walk(
  space: Workspace,
  folder: string,
  skip: (name: string) => boolean = () => false,
): Entry[] {
  const root = realpathSync.native(folder);
  const entries: Entry[] = [];
  const problems: Problem[] = [];

  const refuse = (file: string, message: string, next: string) =>
    problems.push({ message, place: { file }, next });

  const visit = (path: string, prefix: string, open: readonly string[]): void => {
    const found = readdirSync(path, { withFileTypes: true });
    if (entries.length + found.length > MOST_ENTRIES) throw new ProblemError(tooMany(folder));
    if (found.length === 0 && prefix !== '') entries.push({ kind: 'folder', name: prefix });
    for (const item of found) {
      const name = `${prefix}${item.name}`;
      if (skip(name)) continue;
      const at = path === sep ? `${sep}${item.name}` : `${path}${sep}${item.name}`;
      if (isGarbled(at)) refuse(at, `the name of ${name} is not UTF-8`, 'Rename it.');
      else if (item.isDirectory()) visit(at, `${name}/`, open);
      else if (item.isFile()) entries.push({ kind: 'file', name, path: at });
      else if (item.isSymbolicLink()) visitLink(at, name, open);
      else refuse(at, `${name} is a socket, a pipe or a device, which cannot be packaged`, 'Remove it.');
    }
  };

  const visitLink = (path: string, name: string, open: readonly string[]): void => {
    let real: string;
    const layered = layerPath(readlinkSync(path));
    try {
      real = realpathSync(path);
    } catch {
      if (layered !== undefined) entries.push({ kind: 'link', name, target: layered });
      else refuse(path, `the link ${name} leads nowhere`, 'Remove it, or make its target.');
      return;
    }
    const written = resolve(dirname(path), readlinkSync(path));
    if (open.length === 0 && isBelow(root, real) && isBelow(root, written)) {
      entries.push({ kind: 'link', name, target: relativeTarget(name, relative(root, written)) });
    } else if (!space.allowOutside && layered !== undefined && !isInside(space, real)) {
      entries.push({ kind: 'link', name, target: layered });
    } else if (!space.allowOutside && !isInside(space, real)) {
      refuse(
        path,
        `the link ${name} leads out of the workspace`,
        'Remove it, or set allow-outside-workspace: true.',
      );
    } else if (open.includes(real)) {
      refuse(path, `the link ${name} leads back to a folder that holds it`, 'Remove it.');
    } else if (statSync(real).isDirectory()) visit(real, `${name}/`, [...open, real]);
    else entries.push({ kind: 'file', name, path: real });
  };

  visit(root, '', []);
  if (problems.length > 0) throw new ProblemError(problems);
  return sorted(entries);
}

/** What a link says that leads to a layer; `undefined` for any other. */
export function layerPath(target: string): string | undefined {
  const path = posix.normalize(target);
  return path.startsWith('/opt/') ? path : undefined;
}

/** By name, in code units: the same on every machine. */
export function sorted(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The target of a link as seen from the link, so that it holds wherever the archive is unpacked. */
const relativeTarget = (name: string, target: string): string =>
  posix.relative(posix.dirname(name), target.replaceAll('\\', '/')) || '.';

/** Node puts U+FFFD for what is not UTF-8, and finds nothing of that name. */
const isGarbled = (path: string): boolean =>
  path.includes('\uFFFD') && lstatSync(path, { throwIfNoEntry: false }) === undefined;
