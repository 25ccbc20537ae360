import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reads } from '../../inputs/reads.ts';

/** What requirements name on this machine; absolute paths. */
export interface NamedFiles {
  /** Files of requirements and constraints, each of which may name others; some may be missing. */
  readonly files: ReadonlySet<string>;
  /** Folders of projects, wheels, archives: what is installed from them is not what an index has. */
  readonly local: ReadonlySet<string>;
  /** Folders and pages in which packages are looked for. */
  readonly links: ReadonlySet<string>;
}

/** Where an installer runs. */
export interface InstallerPlace {
  /** What paths of projects are relative to; absolute. */
  readonly directory: string;
  /** Values of `${NAME}` in requirements. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Follows a file of requirements. Source: pip documentation, "Requirements File Format". */
export function namedByRequirements(file: string, place: InstallerPlace): NamedFiles {
  const search = { ...place, named: nothing() };
  follow(file, search);
  return search.named;
}

/** The same for single requirements. */
export function namedByLines(lines: readonly string[], place: InstallerPlace): NamedFiles {
  const search = { ...place, named: nothing() };
  for (const line of lines) take(line, place.directory, search);
  return search.named;
}

type Named = { readonly [Key in keyof NamedFiles]: Set<string> };
type Search = InstallerPlace & { readonly named: Named };

const nothing = (): Named => ({ files: new Set(), local: new Set(), links: new Set() });

function follow(file: string, search: Search): void {
  const { files } = search.named;
  if (files.has(file)) return;
  files.add(file);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return;
  const lines = readFileSync(file, 'utf8')
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/);
  for (const line of lines) take(line.replace(/(^|\s)#.*$/, '').trim(), dirname(file), search);
}

function take(line: string, folder: string, search: Search): void {
  const { named, env } = search;
  const option =
    /^(-[rcefi]|--(?:requirement|constraint|editable|find-links|(?:extra-)?index-url))(?:\s*=\s*|\s*)(.+)$/.exec(
      line,
    );
  const [, name = '', value = ''] = option ?? [];
  const written = (option ? value : line).trim().replaceAll(/^["']|["']$/g, '');
  const text = withValues(written, env);
  const folders = [folder, search.directory];
  if (/^-(r|c|-requirement|-constraint)/.test(name)) follow(resolve(folder, pathOf(text)), search);
  else if (/^-(f|i|-find-links|-.*index-url)/.test(name)) {
    for (const path of existing(text, folders)) named.links.add(path);
  } else if (option || !line.startsWith('-')) {
    // `name @ file:../lib ; marker`, `../lib[extra] --hash=...`
    const place = text.replace(/^[\w.-]+\s*(\[[^\]]*\])?\s*@\s*/, '').replace(/\s*;.*$|\s+--.*$/, '');
    const isPath = option || place !== text || /[/\\]|^\.|\.(whl|zip|tar\.\w+|tgz)$/.test(place);
    if (!isPath) return;
    for (const path of existing(place.replace(/\[[^\]]*\]$/, ''), folders)) named.local.add(path);
  }
}

export const withValues = (text: string, env: InstallerPlace['env']): string =>
  text.replaceAll(/\$\{([A-Z0-9_]+)\}/g, (whole, variable: string) => env[variable] ?? whole);

/** Installers differ in what a path is relative to. */
export const existing = (text: string, folders: readonly string[]): string[] =>
  /^[a-z][a-z0-9+.-]+:\/\//i.test(text) && !text.startsWith('file:')
    ? []
    : folders.map((folder) => resolve(folder, pathOf(text))).filter((path) => existsSync(path));

function pathOf(text: string): string {
  const plain = text.replace(/[?#].*$/, '');
  if (!plain.startsWith('file:')) return plain;
  try {
    return plain.startsWith('file://') ? fileURLToPath(plain) : plain.slice('file:'.length);
  } catch {
    return plain.slice('file:'.length);
  }
}

export function tellNamed({ files, local, links }: NamedFiles, reads: Reads): void {
  for (const file of files) reads.file(file);
  for (const path of [...local, ...links]) reads.tree(path);
}
