import type { StackAssembly } from '../../../assembly/types.ts';
import { takesCallback } from '../../../local/functions/takes-callback.ts';
import { readEntry } from '../../../packaging/archive/read-entry.ts';
import { languageVersion } from '../../../runtimes.ts';
import { functionsOf } from '../../../template/assets/code-location.ts';
import { isObject, type JsonObject } from '../../../template/types.ts';
import { withGlobals } from '../../../template/values/globals.ts';
import { archivesOf } from './archives.ts';

/** The first version whose runtime calls no callbacks. */
const FIRST = 24;
/** Bytes of a module that are looked through. */
const MOST = 8 * 1024 * 1024;
const ENDINGS = ['.mjs', '.js', '.cjs'];

/** Functions whose handlers answer by a callback, on a runtime that refuses them: each would fail at its first call. */
export async function callbackNotes({
  template: { template },
  assets,
}: StackAssembly): Promise<readonly string[]> {
  const archives = archivesOf(assets);
  const notes = await Promise.all(
    functionsOf(template).map(async ([id]) => {
      const properties = withGlobals(template, id);
      const runtime = typeof properties.Runtime === 'string' ? properties.Runtime : '';
      if (Number(languageVersion('node', runtime) ?? 0) < FIRST) return [];
      const [file, name] = handlerOf(properties);
      const code = inlineOf(properties);
      const takes =
        code === undefined
          ? await archiveTakesCallback(archives.get(id), file, name)
          : takesCallback(code, name);
      return takes
        ? [
            `${id}: its handler ${file}.${name} takes a callback, which ${runtime} does not call any more, so every call would fail. Make it async, or stay with nodejs22.x.`,
          ]
        : [];
    }),
  );
  return notes.flat();
}

function handlerOf({ Handler }: JsonObject): readonly [file: string, name: string] {
  const handler = typeof Handler === 'string' ? Handler : '';
  const dot = handler.lastIndexOf('.');
  return [handler.slice(0, Math.max(0, dot)), handler.slice(dot + 1)];
}

function inlineOf({ Code, InlineCode }: JsonObject): string | undefined {
  const code = isObject(Code) ? Code.ZipFile : InlineCode;
  return typeof code === 'string' ? code : undefined;
}

/** What cannot be read is nothing to tell of here. */
async function moduleOf(archive: string, file: string): Promise<string | undefined> {
  const names = ENDINGS.map((ending) => `${file.replace(/^\.\//, '')}${ending}`);
  const found = await readEntry(archive, names, MOST).catch(() => undefined);
  return found?.toString();
}

/** By archive and handler: several targets have the same code. */
const known = new Map<string, Promise<boolean>>();

/** Archives are named by their content. */
function archiveTakesCallback(archive: string | undefined, file: string, name: string): Promise<boolean> {
  if (archive === undefined) return Promise.resolve(false);
  const key = JSON.stringify([archive, file, name]);
  const found =
    known.get(key) ?? moduleOf(archive, file).then((code) => code !== undefined && takesCallback(code, name));
  known.set(key, found);
  return found;
}
