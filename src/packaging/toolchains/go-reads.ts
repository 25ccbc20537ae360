import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { NO_SOURCES, namesBelow, type Reads } from '../inputs/reads.ts';
import { isBelow } from '../workspace/workspace.ts';
import { type ProgramOptions, runProgram } from './run-program.ts';

/** Fields of `go list` that hold names of files, relative to the package's folder. Source: `go help list`. */
const FILES = [
  ...['GoFiles', 'CFiles', 'CXXFiles', 'MFiles', 'HFiles', 'FFiles', 'SFiles', 'SwigFiles', 'SwigCXXFiles'],
  // Left out because of their constraints, which Go has read.
  ...['SysoFiles', 'EmbedFiles', 'IgnoredGoFiles', 'IgnoredOtherFiles', 'CgoFiles'],
] as const;

type Package = { readonly [Field in (typeof FILES)[number] | 'EmbedPatterns']?: readonly string[] } & {
  readonly Dir: string;
  readonly Standard?: boolean;
  readonly Module?: Module;
};

interface Module {
  readonly Dir?: string;
  readonly Main?: boolean;
  readonly Replace?: Module & { readonly Version?: string };
}

export interface GoReads {
  /** As `go build` was run. */
  readonly options: ProgramOptions;
  /** Flags and package, as `go build` was given. */
  readonly asked: readonly string[];
  /** What `go env` says. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of the workspace, or of its copy. */
  readonly root: string;
  /** Where something of a copy is in the workspace. */
  original(path: string): string;
}

/** Modules of others are what their hash in go.sum says; of its own, Go tells every file. */
export async function tellGoReads(
  { options, asked, settings, root, original }: GoReads,
  reads: Reads,
): Promise<void> {
  const fields = ['Dir', 'Standard', 'Module', 'EmbedPatterns', ...FILES].join(',');
  const listed = await runProgram(['go', 'list', '-deps', `-json=${fields}`, ...asked], options);
  if (listed.code !== 0) return reads.everything();
  const packages = jsonValues(listed.stdout) as readonly Package[];
  const own = packages.filter(
    ({ Dir, Standard, Module: module }) =>
      !Standard && (isBelow(root, Dir) || module?.Main || (module?.Replace && !module.Replace.Version)),
  );
  // What C's compiler includes, nobody tells.
  if (own.some(({ CgoFiles = [] }) => CgoFiles.length > 0)) reads.everything();
  const modules = new Set<string>();
  for (const each of own) {
    for (const field of FILES)
      for (const name of each[field] ?? []) reads.file(original(join(each.Dir, name)));
    const module = moduleOf(each, root);
    modules.add(module);
    // Assembly may include any file of its module.
    if ((each.SFiles ?? []).length > 0) reads.tree(original(module));
    tellFolder(each, original, reads);
    for (let at = each.Dir; at !== module && at !== dirname(at); at = dirname(at))
      reads.file(original(join(at, 'go.mod')));
    // The profile that the compiler follows without being asked to.
    reads.file(original(join(each.Dir, 'default.pgo')));
  }
  const work = settings.GOWORK ?? '';
  for (const module of await withLocal(modules, work, options)) {
    for (const name of ['go.mod', 'go.sum', 'vendor/modules.txt']) reads.file(original(join(module, name)));
    if (work === '')
      for (let at = module; isBelow(root, at); at = dirname(at)) reads.file(original(join(at, 'go.work')));
  }
  if (work !== '' && work !== 'off') for (const name of [work, `${work}.sum`]) reads.file(original(name));
  for (const [, file = ''] of (settings.GOFLAGS ?? '').matchAll(/-(?:modfile|overlay|pgo)=(\S+)/g))
    reads.file(original(resolve(options.directory, file)));
}

const moduleOf = ({ Dir, Module: module }: Package, root: string): string => {
  if (module?.Dir !== undefined) return module.Dir;
  // A vendored package stands in the folder of the module that vendors it.
  for (let at = Dir; isBelow(root, at); at = dirname(at)) if (existsSync(join(at, 'go.mod'))) return at;
  return Dir;
};

/** One more source, or one more file that a pattern of `go:embed` matches, changes the result. */
function tellFolder(
  { Dir, EmbedPatterns = [] }: Package,
  original: (path: string) => string,
  reads: Reads,
): void {
  const except = [...NO_SOURCES, '*_test.go'];
  if (EmbedPatterns.length > 0) namesBelow(original(Dir), reads, except);
  else reads.names(original(Dir), except);
}

/** With modules that stand in for others: their go.mod is read also where none of their packages is used. */
async function withLocal(
  modules: ReadonlySet<string>,
  work: string,
  options: ProgramOptions,
): Promise<ReadonlySet<string>> {
  const all = new Set(modules);
  const edit = async (command: 'mod' | 'work', file: string) => {
    if (!existsSync(file)) return;
    const { code, stdout } = await runProgram(['go', command, 'edit', '-json', file], options);
    if (code !== 0) return;
    const { Replace, Use } = JSON.parse(stdout) as {
      readonly Replace?:
        | readonly { readonly New: { readonly Path: string; readonly Version?: string } }[]
        | null;
      readonly Use?: readonly { readonly DiskPath: string }[] | null;
    };
    const local = (Replace ?? []).flatMap(({ New }) => (New.Version ? [] : [New.Path]));
    for (const path of [...local, ...(Use ?? []).map(({ DiskPath }) => DiskPath)])
      all.add(resolve(dirname(file), path));
  };
  for (const module of modules) await edit('mod', join(module, 'go.mod'));
  if (work !== '' && work !== 'off') await edit('work', work);
  return all;
}

/** `go list` prints one value after the other. */
function jsonValues(text: string): unknown[] {
  return text.trim() === '' ? [] : JSON.parse(`[${text.trim().replaceAll(/^\}\n\{/gm, '},\n{')}]`);
}
