import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, parse, resolve } from 'node:path';
import { parse as parseJson } from 'jsonc-parser';
import { namesBelow, type Reads } from '../../inputs/reads.ts';
import { isBelow } from '../../workspace/workspace.ts';

/** As far as it is looked at here. Source: esbuild documentation, "Metafile". */
export interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly Import[] }>>;
}

interface Import {
  readonly path: string;
  /** As it is written. */
  readonly original?: string;
  /** It is not part of the bundle: `path` is as written, or a pattern of what is. */
  readonly external?: boolean;
}

/** What decides where packages are and what they export. */
const SETTLES = ['package.json', '.pnp.cjs', '.pnp.js', '.pnp.data.json'];
/** Whoever changes one wants other packages, also before they are installed. */
const LOCK_FILES = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml'],
  ...['yarn.lock', 'bun.lock', 'bun.lockb'],
];

/**
 * What esbuild read for a bundle: the files in its metafile; everything that decided which files these are (names in
 * folders, installed packages, package.json); and tsconfig.json with what it extends, which decides what becomes of them.
 *
 * @param directory where esbuild ran
 * @param root where looking upwards ends
 * @param tsconfig used for all files, instead of the nearest of each
 */
export function tellEsbuildReads(
  { inputs }: Metafile,
  { directory, root, tsconfig }: { directory: string; root: string; tsconfig?: string },
  reads: Reads,
): void {
  const files = Object.keys(inputs).flatMap((name) => fileOf(name, directory) ?? []);
  const folders = new Set([directory, ...files.map((file) => dirname(file))]);
  const above = new Set([...folders].flatMap((folder) => upTo(folder, root)));
  const scopes = new Set(
    files.flatMap((file) =>
      Array.from(file.matchAll(/\/node_modules\/(@[^/]+)\//g), ([, scope = '']) => scope),
    ),
  );
  for (const file of files) reads.file(file);
  for (const folder of folders) reads.names(folder);
  // `./lib` is lib.ts before it is lib/index.ts.
  for (const file of files)
    if (basename(file, extname(file)) === 'index') reads.names(dirname(dirname(file)));
  for (const folder of above) {
    for (const name of [...SETTLES, ...LOCK_FILES]) reads.file(join(folder, name));
    if (basename(folder) === 'node_modules') continue;
    reads.names(join(folder, 'node_modules'));
    for (const scope of scopes) reads.names(join(folder, 'node_modules', scope));
  }
  const configs =
    tsconfig === undefined
      ? [...above]
          .filter((folder) => !folder.includes(`${'/'}node_modules`))
          .flatMap((folder) => [join(folder, 'tsconfig.json'), join(folder, 'jsconfig.json')])
      : [resolve(directory, tsconfig)];
  const settings = configs.flatMap((config) => tellConfig(config, root, reads));
  const imports = new Set<string>();
  for (const [name, input] of Object.entries(inputs)) {
    for (const { path, original, external } of input.imports) {
      if (original !== undefined) imports.add(original);
      if (external && /^\.{1,2}\//.test(path)) tellMissing(resolve(directory, dirname(name)), path, reads);
    }
  }
  for (const each of settings) tellMapped(each, imports, reads);
}

/** `(disabled):browser.js` is one that package.json switches off, `a.svg?url` a file, `<define:x>` none at all. */
function fileOf(name: string, directory: string): string | undefined {
  const plain = name.replace(/^\([^)]*\):/, '');
  return [plain, plain.replace(/[?#].*$/, '')]
    .map((each) => resolve(directory, each))
    .find((each) => existsSync(each));
}

/** What was not found may be there the next time, and one more file may match a pattern (`./texts/**\/*.json`). */
function tellMissing(folder: string, path: string, reads: Reads): void {
  const parts = path.split('/');
  const pattern = parts.findIndex((part) => part.includes('*'));
  if (pattern >= 0) namesBelow(resolve(folder, ...parts.slice(0, pattern)), reads);
  else {
    reads.names(dirname(resolve(folder, path)));
    reads.names(resolve(folder, path));
  }
}

/** A folder and those that hold it, up to the root; of one outside of it, up to the top. */
function upTo(folder: string, root: string): string[] {
  const found = [folder];
  const last = isBelow(root, folder) ? root : parse(folder).root;
  for (let at = folder; at !== last; at = dirname(at)) found.push(dirname(at));
  return found;
}

/** What a tsconfig.json says of where modules are. */
interface Mapping {
  readonly base: string | undefined;
  readonly patterns: readonly { readonly from: string; readonly to: readonly string[] }[];
}

/** A configuration and all that it extends, each of which may be missing. */
function tellConfig(file: string, root: string, reads: Reads, open: readonly string[] = []): Mapping[] {
  reads.file(file);
  if (open.includes(file) || !existsSync(file)) return [];
  const { compilerOptions = {}, extends: extended = [] } = (parseJson(readFileSync(file, 'utf8')) ?? {}) as {
    readonly compilerOptions?: { readonly baseUrl?: unknown; readonly paths?: unknown };
    readonly extends?: unknown;
  };
  const { baseUrl, paths } = compilerOptions;
  const folder = dirname(file);
  const base = typeof baseUrl === 'string' ? resolve(folder, baseUrl) : undefined;
  const patterns = Object.entries(paths ?? {}).map(([from, to]) => ({
    from,
    to: (Array.isArray(to) ? to : []).map((each) => resolve(base ?? folder, String(each))),
  }));
  const names = (Array.isArray(extended) ? extended : [extended]).filter((each) => typeof each === 'string');
  return [
    { base, patterns },
    ...names.flatMap((name) =>
      places(name, folder, root).flatMap((each) => tellConfig(each, root, reads, [...open, file])),
    ),
  ];
}

/** Where `extends` may lead. Source: TypeScript documentation, "TSConfig Reference", `extends`. */
function places(name: string, folder: string, root: string): string[] {
  const withEnding = (path: string): string[] => (path.endsWith('.json') ? [path] : [path, `${path}.json`]);
  if (isAbsolute(name) || /^\.{1,2}(\/|$)/.test(name)) return withEnding(resolve(folder, name));
  return upTo(folder, root).flatMap((at) => {
    const path = join(at, 'node_modules', name);
    return [...withEnding(path), join(path, 'tsconfig.json'), join(path, 'package.json')];
  });
}

/** A file that comes to be where a mapping looks first would be taken instead of the one that was. */
function tellMapped({ base, patterns }: Mapping, imports: ReadonlySet<string>, reads: Reads): void {
  for (const name of imports) {
    if (/^\.{0,2}\//.test(name)) continue;
    const mapped = patterns.flatMap(({ from, to }) => {
      const [before = '', after] = from.split('*');
      const isMatch = after === undefined ? name === from : name.startsWith(before) && name.endsWith(after);
      if (!isMatch) return [];
      const middle = after === undefined ? '' : name.slice(before.length, name.length - after.length);
      return to.map((path) => path.replace('*', () => middle));
    });
    for (const path of base === undefined ? mapped : [...mapped, resolve(base, name)]) {
      reads.names(dirname(path));
      reads.names(path);
    }
  }
}
