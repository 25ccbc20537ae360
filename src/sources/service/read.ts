import { readFile } from 'node:fs/promises';
import { extname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Place, ProblemError } from '../../problem.ts';
import type { DefinitionContext } from '../../service/types.ts';
import type { TemplatePath } from '../../template/types.ts';
import { userProblems } from './user-error.ts';

/** What a definition says, before it is checked. */
export interface ReadDefinition {
  readonly value: unknown;
  /** Where a field of it stands, as far as that can be known. */
  locate(path: TemplatePath): Place;
}

/**
 * Reads a definition: YAML and JSON as data, anything else by running it.
 *
 * @param path absolute
 * @param context what a definition that is a function is called with; asked for only then
 * @throws ProblemError when it cannot be read, or throws
 */
export async function readDefinition(
  path: string,
  root: string,
  context: () => Promise<DefinitionContext>,
): Promise<ReadDefinition> {
  const file = relative(root, path) || path;
  if (/^\.(ya?ml|json)$/.test(extname(path))) return readData(path, file);
  const { registerModuleHooks } = await import('./module-hooks.ts');
  registerModuleHooks();
  try {
    const module = (await import(/* webpackIgnore: true */ addressOf(path))) as {
      readonly default?: unknown;
    };
    if (module.default === undefined) {
      throw new ProblemError({
        message: 'the definition exports nothing',
        place: { file },
        next: 'Write `export default defineService({ ... })`.',
      });
    }
    const { default: given } = module;
    const value: unknown = typeof given === 'function' ? await given(await context()) : given;
    return { value, locate: () => ({ file }) };
  } catch (error) {
    const problems = userProblems(await located(error, path), 'service definition', root);
    throw new ProblemError(
      problems.map((each) => ({ ...each, place: each.place ?? { file } })),
      { cause: error },
    );
  }
}

/** Node's own errors of syntax do not say where they are; its parser of TypeScript does, and reads JavaScript too. */
async function located(error: unknown, path: string): Promise<unknown> {
  if (!(error instanceof SyntaxError)) return error;
  const { javaScript } = await import('./module-hooks.ts');
  try {
    javaScript(await readFile(path, 'utf8'), pathToFileURL(path).href);
  } catch (found) {
    return found;
  }
  return error;
}

/** How often each definition was read. */
const reads = new Map<string, number>();

/** Node keeps what it imported under its address: a definition that is read again has another one. */
function addressOf(path: string): string {
  const read = (reads.get(path) ?? 0) + 1;
  reads.set(path, read);
  return `${pathToFileURL(path).href}${read === 1 ? '' : `?read=${read}`}`;
}

async function readData(path: string, file: string): Promise<ReadDefinition> {
  const text = await readFile(path, 'utf8');
  if (path.endsWith('.json')) {
    const { parseJson } = await import('../../template/read/parse-json.ts');
    return parseJson(text, file);
  }
  const { parseYaml } = await import('../../template/read/parse-yaml.ts');
  return parseYaml(text, file);
}
