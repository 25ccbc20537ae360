import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import type { Plugin, PluginBuild } from 'esbuild';

/** Where something that a file exports is written. */
interface Origin {
  readonly file: string;
  readonly name: string;
}

type Exports = ReadonlyMap<string, Origin>;

const IMPORTS = /^import \{([^}]*)\} from ["']([^"']+)["'];?$/gm;
const PASSED_ON = /^export \{([^}]*)\} from ["']([^"']+)["'];?$/gm;
const ALL_PASSED_ON = /^export \* from ["']([^"']+)["'];?$/gm;
const LISTED = /^export \{([^}]*)\};?$/gm;
const DECLARED = /^export (?:async )?(?:const|let|var|class|function\*?) ([\w$]+)/gm;

/**
 * Lets the SDK's files import from where things are written, not from the indexes of its packages: what is imported
 * through an index drags everything that the index names into the chunk of whoever else uses it. Names that are not found
 * this way are imported as before.
 */
export const directImports: Plugin = {
  name: 'direct-imports',
  setup(build) {
    const exports = exportsReader(build);
    build.onLoad({ filter: /node_modules[\\/]@(smithy|aws-sdk)[\\/].*\.js$/ }, async ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const written = await Promise.all(
        [...text.matchAll(IMPORTS)].map(async ([whole, names = '', from = '']) => {
          const target = await resolved(build, from, path);
          if (target === undefined) return whole;
          const known = await exports(target);
          return namesIn(names)
            .map(([name, as]) => {
              const origin = known.get(name) ?? { file: from, name };
              return `import { ${origin.name} as ${as} } from ${JSON.stringify(origin.file)};`;
            })
            .join(' ');
        }),
      );
      return { contents: text.replace(IMPORTS, () => written.shift() ?? '') };
    });
  },
};

/** Reads what files export, each once. */
function exportsReader(build: PluginBuild): (file: string) => Promise<Exports> {
  const known = new Map<string, Promise<Exports>>();
  const exports = (file: string): Promise<Exports> => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
  const read = async (file: string): Promise<Exports> => {
    const text = readFileSync(file, 'utf8');
    const found = new Map<string, Origin>();
    const imported = new Map<string, Origin>();
    const passOn = async (into: Map<string, Origin>, names: string, from: string): Promise<void> => {
      const target = await resolved(build, from, file);
      if (target === undefined) return;
      const there = await exports(target);
      for (const [name, as] of namesIn(names)) into.set(as, there.get(name) ?? { file: target, name });
    };
    for (const [, names = '', from = ''] of text.matchAll(IMPORTS)) await passOn(imported, names, from);
    for (const [, names = '', from = ''] of text.matchAll(PASSED_ON)) await passOn(found, names, from);
    for (const [, names = ''] of text.matchAll(LISTED))
      for (const [name, as] of namesIn(names)) found.set(as, imported.get(name) ?? { file, name: as });
    for (const [, name = ''] of text.matchAll(DECLARED)) found.set(name, { file, name });
    for (const [, from = ''] of text.matchAll(ALL_PASSED_ON)) {
      const target = await resolved(build, from, file);
      // What a file says itself goes before what it passes on.
      if (target !== undefined)
        for (const [name, origin] of await exports(target)) if (!found.has(name)) found.set(name, origin);
    }
    return found;
  };
  return exports;
}

/** The file that is imported; `undefined` for Node's own modules, and for what is no JavaScript. */
async function resolved(build: PluginBuild, from: string, importer: string): Promise<string | undefined> {
  if (isBuiltin(from)) return undefined;
  const options = { kind: 'import-statement', resolveDir: dirname(importer), importer } as const;
  const { path, external } = await build.resolve(from, options);
  return path.endsWith('.js') && !external ? path : undefined;
}

/** `a, b as c` in pairs. */
const namesIn = (names: string): (readonly [name: string, as: string])[] =>
  names
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const [name = '', as = name] = each.split(/\s+as\s+/);
      return [name, as] as const;
    });
