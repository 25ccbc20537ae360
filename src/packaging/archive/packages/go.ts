import { goCodeSizes } from './go-sizes.ts';
import type { ArchivedPackage, Reader } from './package.ts';

/** Source: package debug/buildinfo of Go: what stands before the information, and where it is aligned to. */
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGNED = 16;
const HEADER = 32;
/** The texts follow the header; older programs, up to Go 1.17, have pointers to them. */
const INLINE = 2;
/** Marks before and after the list of modules. */
const MARK = 16;
/** No program of Go is smaller. */
const LEAST = 256 * 1024;

/** Modules that a program of Go is made of, as `go version -m` tells them, with the machine code that each has in it. */
export const goModules: Reader = {
  matches: ({ mode, size, name }) =>
    size >= LEAST && ((mode & 0o111) !== 0 || name === 'bootstrap') && !/\.(?:so|py|js|node)\b/.test(name),
  most: 256 * 1024 * 1024,
  read(_entry, content) {
    const info = buildInfo(content);
    if (info === undefined) return [];
    return withSizes([{ ...GO, version: info.go }, ...modulesOf(info.modules)], goCodeSizes(content));
  },
};

/** Each package counts for the module whose path is the longest that it begins with; those of no module are Go's own. */
function withSizes(
  modules: readonly ArchivedPackage[],
  packages: ReadonlyMap<string, number>,
): ArchivedPackage[] {
  if (packages.size === 0) return [...modules];
  const sizes = new Map<string, number>();
  for (const [path, size] of packages) {
    let module = path;
    while (module !== '' && !modules.some(({ name }) => name === module))
      module = module.slice(0, Math.max(0, module.lastIndexOf('/')));
    // The first part of a path that is no address is Go's own; the program itself is called main.
    const isOfGo = !(path.split('/')[0] ?? '').includes('.') && path !== 'main';
    const owner = module === '' && isOfGo ? GO.name : module;
    sizes.set(owner, (sizes.get(owner) ?? 0) + size);
  }
  return modules.map((each) => ({ ...each, size: sizes.get(each.name) ?? 0 }));
}

const GO = { ecosystem: 'Go', name: 'Go itself' } as const;

interface BuildInfo {
  /** `1.26.8` */
  readonly go: string;
  readonly modules: string;
}

function buildInfo(program: Buffer): BuildInfo | undefined {
  for (let at = program.indexOf(MAGIC); at >= 0; at = program.indexOf(MAGIC, at + 1)) {
    if (at % ALIGNED !== 0 || at + HEADER > program.length) continue;
    if (((program[at + MAGIC.length + 1] ?? 0) & INLINE) === 0) continue;
    const go = lengthAndText(program, at + HEADER);
    const modules = go && lengthAndText(program, go.end);
    if (!go || !modules) return undefined;
    return {
      go: go.text.toString().replace(/^go/, ''),
      modules: modules.text.subarray(MARK, -MARK).toString(),
    };
  }
  return undefined;
}

/** Seven bits of the length in each byte, the lowest first. */
function lengthAndText(program: Buffer, start: number): { text: Buffer; end: number } | undefined {
  let length = 0;
  let at = start;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = program[at++] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      const text = program.subarray(at, at + length);
      return text.length === length ? { text, end: at + length } : undefined;
    }
  }
  return undefined;
}

/** A line for each module; one that is replaced has its replacement in the next line. */
function modulesOf(text: string): ArchivedPackage[] {
  const lines = text.split('\n').map((line) => line.split('\t'));
  return lines.flatMap(([kind, name = '', version = ''], index) => {
    if (kind !== 'dep') return [];
    const [next, by = '', its = ''] = lines[index + 1] ?? [];
    // A folder has no version.
    const shown =
      next === '=>' ? [by, its].filter((each) => !['', '(devel)'].includes(each)).join(' ') : version;
    return [{ ecosystem: 'Go' as const, name, version: shown }];
  });
}
