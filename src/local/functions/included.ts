import { readFile } from 'node:fs/promises';
import type { Asset, FileAsset } from '../../assembly/types.ts';
import { parseSnippet } from '../../template/read/parse.ts';
import { functionsIn, transformsOf } from '../../template/transforms.ts';
import { isObject, type Json, type JsonObject, type Template } from '../../template/types.ts';
import { mapOf } from './resolve.ts';

/** The file that an include names, as it is once its place in a bucket is known; nothing for one of somebody else. */
type Find = (location: Json | undefined) => JsonObject | undefined;

/**
 * A template with the files of the service that it includes in place of each `AWS::Include`, as CloudFormation does it before
 * all other transforms.
 *
 * @param assets those of its stack, whose places are in the template
 *
 * @throws ProblemError for a file that cannot be read
 */
export async function withIncludes(template: Template, assets: readonly Asset[]): Promise<Template> {
  const isIncluding =
    functionsIn(template).has('Fn::Transform') || transformsOf(template).some((each) => isObject(each));
  if (!isIncluding) return template;
  const files = new Map<string, JsonObject>();
  for (const asset of assets) {
    if (asset.kind !== 'file' || !asset.targets.some(isInclude)) continue;
    const value = parseSnippet(await readFile(asset.path, 'utf8'), asset.source);
    if (isObject(value)) files.set(`${asset.hash}${asset.extension}`, value);
  }
  const find: Find = (location) =>
    typeof location === 'string' ? files.get(location.split('/').at(-1) ?? '') : undefined;
  return atTop(included(template, find) as Template, find);
}

const isInclude = (target: FileAsset['targets'][number]): boolean =>
  target.kind === 'property' && target.path.slice(-2).join('.') === 'Parameters.Location';

/** `Transform: {Name: AWS::Include, ...}` of the whole template: its sections get what the file has. */
function atTop(template: Template, find: Find): Template {
  const transforms = transformsOf(template);
  const left = transforms.filter((each) => !snippetOf(each, find));
  if (left.length === transforms.length) return template;
  const { Transform: _, ...made }: JsonObject = template;
  for (const transform of transforms)
    for (const [name, section] of Object.entries(snippetOf(transform, find) ?? {}))
      made[name] = isObject(section) ? { ...mapOf(made[name]), ...section } : section;
  return { ...made, ...(left.length > 0 && { Transform: left }) } as Template;
}

const snippetOf = (transform: Json | undefined, find: Find): JsonObject | undefined => {
  const { Name, Parameters } = mapOf(transform);
  return Name === 'AWS::Include' ? find(mapOf(Parameters).Location) : undefined;
};

function included(value: Json, find: Find): Json {
  if (Array.isArray(value)) return value.map((each) => included(each, find));
  if (!isObject(value)) return value;
  const { 'Fn::Transform': transform, ...rest } = value;
  const snippet = snippetOf(transform, find);
  return {
    ...Object.fromEntries(
      Object.entries(snippet ? rest : value).map(([name, each]) => [name, included(each, find)]),
    ),
    ...snippet,
  };
}
