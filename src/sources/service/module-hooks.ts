import { readFileSync } from 'node:fs';
import { type ResolveFnOutput, registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { once } from '../../order/once.ts';

/** What a definition may import of us; the files stand beside the bundle. */
const OWN: Readonly<Record<string, string>> = {
  'sparta-action': 'service.js',
  'sparta-action/decorators': 'decorators.js',
};

/** What bundlers let people leave out, in the order in which they look. */
const LEFT_OUT = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];

/**
 * Teaches Node to load definitions as their authors write them: our package's name leads to this very copy of it,
 * TypeScript may hold what Node itself refuses (enums, parameter properties), and relative imports need no ending.
 */
export const registerModuleHooks = once(() => {
  process.setSourceMapsEnabled(true);
  registerHooks({
    resolve(specifier, context, next) {
      const own = Object.hasOwn(OWN, specifier) ? OWN[specifier] : undefined;
      if (own !== undefined)
        return { url: pathToFileURL(join(import.meta.dirname, own)).href, shortCircuit: true };
      const again = (found: ResolveFnOutput): ResolveFnOutput => {
        note(context.parentURL, found.url);
        return readAgain(found, context.parentURL);
      };
      try {
        return again(next(specifier, context));
      } catch (error) {
        if (!/^\.{0,2}\//.test(specifier)) throw error;
        for (const specifierWithEnding of endings(specifier)) {
          try {
            return again(next(specifierWithEnding, context));
          } catch {
            // The next one may be it; what the author wrote is what the error is about.
          }
        }
        throw error;
      }
    },
    load(url, context, next) {
      if (!url.startsWith('file:') || !/\.[cm]?ts(\?|$)/.test(url)) return next(url, context);
      const source = javaScript(readFileSync(fileURLToPath(url), 'utf8'), url);
      return { format: /\.cts(\?|$)/.test(url) ? 'commonjs' : 'module', source, shortCircuit: true };
    },
  });
});

/** What each module has imported, by addresses: files, and Node's own modules (`node:fs`). */
const imported = new Map<string, Set<string>>();

function note(parent: string | undefined, url: string): void {
  if (!parent?.startsWith('file:')) return;
  const from = withoutQuery(parent);
  imported.set(from, (imported.get(from) ?? new Set()).add(withoutQuery(url)));
}

const withoutQuery = (url: string): string => url.replace(/\?.*$/, '');

/** What a definition and all that it imports consist of, as far as they have run. */
export interface ImportedModules {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Node's own: `fs`. */
  readonly builtins: readonly string[];
}

/** @param path of a definition that was imported; absolute */
export function modulesOf(path: string): ImportedModules {
  const found = new Set([pathToFileURL(path).href]);
  for (const url of found) for (const each of imported.get(url) ?? []) found.add(each);
  const urls = [...found];
  return {
    files: urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url)),
    builtins: urls.filter((url) => url.startsWith('node:')).map((url) => url.slice('node:'.length)),
  };
}

/** What a definition that is read again imports of its own is read again, too; packages are not. */
function readAgain(found: ResolveFnOutput, parent: string | undefined): ResolveFnOutput {
  const [, query] = /^file:.*(\?read=\d+)$/.exec(parent ?? '') ?? [];
  const own = found.url.startsWith('file:') && !/\/node_modules\/|\?/.test(found.url);
  return query !== undefined && own ? { ...found, url: found.url + query } : found;
}

/** `./a` may be `./a.ts`, and `./a.js` the TypeScript that it will be compiled from. */
const endings = (specifier: string): string[] => [
  ...(/\.m?js$/.test(specifier) ? [specifier.replace(/js$/, 'ts')] : []),
  ...LEFT_OUT.map((ending) => `${specifier}${ending}`),
];

/**
 * Types are blanked out where that is enough, so that lines stay where they are; the rest is compiled.
 *
 * @throws SyntaxError whose stack begins with its place
 */
export function javaScript(text: string, url: string): string {
  return withoutWarning(() => {
    try {
      return stripTypeScriptTypes(text, { mode: 'strip', sourceUrl: url });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error;
      return stripTypeScriptTypes(text, { mode: 'transform', sourceMap: true, sourceUrl: url });
    }
  });
}

/** Node calls the function experimental on each run; whoever reads a build's log cannot do anything about it. */
function withoutWarning<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
