import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Asset } from '../../assembly/types.ts';
import { parseYaml } from '../../template/read/parse-yaml.ts';
import { isObject, type Json } from '../../template/types.ts';

/** The JSON of a definition that is in a file: a path, or where the file would be in S3. */
export async function definitionIn(
  place: Json,
  {
    directory,
    assets,
    logicalId,
  }: { readonly directory: string; readonly assets: readonly Asset[]; readonly logicalId: string },
): Promise<string | undefined> {
  const path = typeof place === 'string' && !/^(?:s3|https?):/.test(place) ? place : undefined;
  const key = isObject(place) && typeof place.Key === 'string' ? place.Key : undefined;
  const own = assets.find(
    ({ kind, targets, hash }) =>
      kind !== 'image' &&
      (key?.startsWith(hash) ||
        targets.some((target) => target.kind === 'property' && target.path[1] === logicalId)),
  );
  const file =
    own && own.kind !== 'image'
      ? own.path
      : path === undefined
        ? undefined
        : isAbsolute(path)
          ? path
          : join(directory, path);
  if (file === undefined) return undefined;
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  return /^\s*\{/.test(content) ? content : JSON.stringify(parseYaml(content, file).value);
}
