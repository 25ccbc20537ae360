import { posix } from 'node:path';
import type { StackAssembly } from '../../../assembly/types.ts';
import { listArchive } from '../../../packaging/archive/zip-reader.ts';
import { languageOf } from '../../../runtimes.ts';
import { functionsOf } from '../../../template/assets/code-location.ts';
import type { TemplateDiff } from '../../../template/diff/types.ts';
import { isObject, type JsonObject } from '../../../template/types.ts';
import { withGlobals } from '../../../template/values/globals.ts';
import { archivesOf } from './archives.ts';

/** Whether there is an entry of an archive that a handler may be in, and what it is called as a rule. */
interface Sought {
  readonly file: string;
  readonly isIt: (entry: string) => boolean;
}

/** Variables that let a runtime find code elsewhere, or start something else. */
const ELSEWHERE = ['AWS_LAMBDA_EXEC_WRAPPER', 'NODE_PATH', 'PYTHONPATH'];

/**
 * Functions whose archive has no file for their handler: each would fail at its first call. Of those that do not change it was
 * told before.
 */
export async function missingHandlerNotes(
  { template: { template }, assets }: StackAssembly,
  { resources }: Pick<TemplateDiff, 'resources'>,
): Promise<readonly string[]> {
  const changed = new Set(
    resources.filter(({ kind }) => kind !== 'removed').map(({ logicalId }) => logicalId),
  );
  const archives = archivesOf(assets);
  const lists = new Map<string, Promise<readonly string[] | undefined>>();
  const namesIn = (archive: string) => {
    // What cannot be read is nothing to tell of here.
    const names =
      lists.get(archive) ??
      listArchive(archive)
        .then((entries) => entries.map(({ name }) => name.replace(/^\.\//, '')))
        .catch(() => undefined);
    lists.set(archive, names);
    return names;
  };
  const notes = await Promise.all(
    functionsOf(template).map(async ([id]) => {
      const archive = changed.has(id) ? archives.get(id) : undefined;
      const properties = withGlobals(template, id);
      const sought = archive === undefined || isElsewhere(properties) ? undefined : soughtBy(properties);
      if (archive === undefined || !sought) return [];
      const names = await namesIn(archive);
      if (!names || names.some(sought.isIt)) return [];
      const { Handler, Runtime } = properties;
      const what = languageOf(String(Runtime)) === 'provided' ? String(Runtime) : `its handler ${Handler}`;
      return [
        `${id}: ${what} needs the file ${sought.file}, which its code does not have, so every call would fail. Correct Handler, or the folder of the code.`,
      ];
    }),
  );
  return notes.flat();
}

/** Layers, and what is started in place of the runtime, may have the handler. */
function isElsewhere({ Layers, Environment }: JsonObject): boolean {
  if (Layers !== undefined && !(Array.isArray(Layers) && Layers.length === 0)) return true;
  if (Environment === undefined) return false;
  const variables = isObject(Environment) ? (Environment.Variables ?? {}) : undefined;
  return !isObject(variables) || Object.keys(variables).some(isUnclear);
}

const isUnclear = (name: string): boolean => ELSEWHERE.includes(name) || name.startsWith('Fn::');

function soughtBy({ Handler, Runtime }: JsonObject): Sought | undefined {
  if (typeof Runtime !== 'string') return undefined;
  const language = languageOf(Runtime);
  if (language === 'provided') return { file: 'bootstrap', isIt: (entry) => entry === 'bootstrap' };
  if (typeof Handler !== 'string' || !Handler.includes('.') || Handler.startsWith('/')) return undefined;
  if (language === 'node') return inNode(Handler);
  return language === 'python' ? inPython(Handler) : undefined;
}

/** Source: aws-lambda-nodejs-runtime-interface-client, `UserFunction`. */
function inNode(handler: string): Sought {
  const { dir, base } = posix.parse(posix.normalize(handler));
  const name = base.split('.')[0] ?? '';
  const file = posix.join(dir, name);
  const files = new Set(['', '.js', '.mjs', '.cjs'].map((ending) => file + ending));
  return {
    file: `${file}.js`,
    isIt: (entry) =>
      files.has(entry) || entry.startsWith(`${file}/`) || entry.includes(`node_modules/${name}/`),
  };
}

/** Source: aws-lambda-python-runtime-interface-client, `_get_handler`. */
function inPython(handler: string): Sought {
  const module = handler.slice(0, handler.lastIndexOf('.')).replaceAll('.', '/');
  const file = posix.normalize(module);
  return {
    file: `${file}.py`,
    isIt: (entry) => entry.startsWith(`${file}.`) || entry.startsWith(`${file}/`),
  };
}
