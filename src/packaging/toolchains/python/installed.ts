import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../problem.ts';
import { walk } from '../../workspace/walk.ts';
import { type Machine, machineProblems } from '../native-code.ts';
import { normalName } from './project.ts';

/** What an installer left of one package. */
interface Installed {
  readonly name: string;
  /** Where it came from, unless that was an index. Source: Python packaging specification "Direct URL Data Structure". */
  readonly direct: DirectUrl | undefined;
  /** Which Pythons and machines its wheel is for: `cp312-cp312-linux_x86_64`. */
  readonly tags: readonly string[];
  /** The folder of its metadata; absolute. */
  readonly notes: string;
}

interface DirectUrl {
  readonly url: string;
  readonly dir_info?: { readonly editable?: boolean };
  readonly archive_info?: unknown;
}

/** What must be true of packages that were installed. */
export interface Expected {
  /** Folders of packages that are the author's own, by normal name. */
  readonly own: ReadonlyMap<string, string>;
  readonly machine: Machine;
  /** `3.12` */
  readonly python: string;
  /** A folder as problems name it. */
  readonly named: (folder: string) => string;
}

/**
 * Looks at what is going to be packaged: nothing of an index stands in for what is the author's own, nothing points to a
 * folder of this machine, and what was built here runs there. Paths of this machine are taken out of the metadata.
 *
 * @param folder with `*.dist-info` of each package, before the installer's notes are removed
 */
export function installedProblems(folder: string, expected: Expected): Problem[] {
  const packages = installedIn(folder);
  for (const { notes } of packages) removePaths(notes);
  return [
    ...packages.flatMap((each) => strangerProblems(each, expected)),
    ...editableProblems(folder, packages),
    ...builtProblems(folder, packages, expected),
  ];
}

function installedIn(folder: string): Installed[] {
  const notes = readdirSync(folder).filter((name) => name.endsWith('.dist-info'));
  return notes.sort().map((name) => {
    const at = join(folder, name);
    const text = (file: string): string =>
      existsSync(join(at, file)) ? readFileSync(join(at, file), 'utf8') : '';
    const direct = text('direct_url.json');
    return {
      name: /^Name: *(\S+)/m.exec(text('METADATA'))?.[1] ?? name,
      direct: direct === '' ? undefined : (JSON.parse(direct) as DirectUrl),
      tags: Array.from(text('WHEEL').matchAll(/^Tag: *(\S+)/gm), ([, tag = '']) => tag),
      notes: at,
    };
  });
}

function strangerProblems({ name, direct }: Installed, { own, named }: Expected): Problem[] {
  const folder = own.get(normalName(name));
  if (folder === undefined || direct?.url.startsWith('file:')) return [];
  return [
    {
      message: `${name} would come from ${direct?.url ?? 'a package index'}, but it is a package of the project's own, in ${named(folder)}`,
      next: 'Name its folder in the requirements, or leave them to uv.lock.',
    },
  ];
}

/** An editable package is a pointer to its sources: a `.pth` file, or a module that finds them. */
function editableProblems(folder: string, packages: readonly Installed[]): Problem[] {
  const pointers = readdirSync(folder).filter(
    (name) =>
      /^__editable__|\.egg-link$/.test(name) ||
      (name.endsWith('.pth') && /^\s*([/\\]|[A-Za-z]:[/\\])/m.test(readFileSync(join(folder, name), 'utf8'))),
  );
  const editable = packages.filter(({ direct }) => direct?.dir_info?.editable).map(({ name }) => name);
  const found = [...new Set([...editable, ...pointers])];
  if (found.length === 0) return [];
  return [
    {
      message: `${found.join(', ')}: the archive would point to a folder of this machine instead of holding the package`,
      next: 'Require the package as it is, not as editable.',
    },
  ];
}

/** Installers take what they have just built, whatever the wheel that results is for. */
function builtProblems(folder: string, packages: readonly Installed[], expected: Expected): Problem[] {
  const built = packages.filter(
    ({ direct, tags }) => direct && !tags.every((tag) => tag.endsWith('-none-any')),
  );
  if (built.length === 0) return [];
  const next = 'Build it on such a machine, or in a container with a build command.';
  const version = expected.python.replace('.', '');
  const fits = (tag: string): boolean => {
    const [python = '', abi = ''] = tag.split('-');
    return abi === 'abi3' || abi === 'none' || python.split('.').includes(`cp${version}`);
  };
  const others = built.filter(({ tags }) => !tags.some(fits));
  if (others.length > 0)
    return others.map(({ name, tags }) => ({
      message: `${name} is compiled when it is built, here for ${tags.join(', ')}; the function runs on Python ${expected.python}`,
      next: `Build it with Python ${expected.python}, for example by actions/setup-python.`,
    }));
  const entries = walk({ root: folder, allowOutside: true }, folder);
  return machineProblems(entries, expected.machine, {
    what: built.map(({ name }) => name).join(' and '),
    next,
  });
}

/** Poetry writes where it found a package beside the one that needs it. */
function removePaths(notes: string): void {
  const path = join(notes, 'METADATA');
  if (!existsSync(path)) return;
  const text = readFileSync(path, 'utf8');
  const settled = text.replaceAll(/^(Requires-Dist: *[\w.-]+(?: *\[[^\]]*\])?) *@ *file:[^\s;]+/gm, '$1');
  if (settled === text) return;
  writeFileSync(path, settled);
  const record = join(notes, 'RECORD');
  const hash = createHash('sha256').update(settled).digest('base64url');
  const line = `METADATA,sha256=${hash},${Buffer.byteLength(settled)}`;
  if (existsSync(record))
    writeFileSync(record, readFileSync(record, 'utf8').replace(/(?<=\.dist-info\/)METADATA,.*/, line));
}
