import { readFileSync } from 'node:fs';
import { pictureOf } from '../../src/picture/graph/index.ts';
import type { Picture, PictureSource } from '../../src/picture/types.ts';
import { expand } from '../../src/sam/expanded.ts';
import { constructNames } from '../../src/template/diff/construct-names.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';
import { isObject, type JsonObject, type Template } from '../../src/template/types.ts';
import { effectiveTemplate } from '../../src/template/values/effective.ts';

/** A template as CloudFormation gets it, to be drawn. */
export const sourceOf = (
  Resources: JsonObject,
  rest: JsonObject = {},
  children: Readonly<Record<string, PictureSource>> = {},
): PictureSource => {
  const template: Template = { ...rest, Resources };
  return {
    template,
    names: constructNames(template, undefined),
    codeSizes: {},
    children: new Map(Object.entries(children)),
  };
};

export const pictureOfResources = (Resources: JsonObject): Picture => pictureOf(sourceOf(Resources));

/** What a file of a template is to be drawn as, SAM written out. */
export function expandedFile(file: string): PictureSource {
  const { template } = parseTemplate(readFileSync(file, 'utf8'), file);
  for (const resource of Object.values(template.Resources)) {
    const properties = isObject(resource) ? resource.Properties : undefined;
    // Where code is once it was uploaded: what SAM is given.
    if (isObject(properties))
      for (const name of ['CodeUri', 'ContentUri', 'DefinitionUri'])
        if (typeof properties[name] === 'string') properties[name] = `s3://uploads/${name}`;
  }
  const made = expand({ template, known: {} }, { region: 'eu-west-1' });
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  const effective = effectiveTemplate({ template: made.template, known: {} });
  return sourceOf(effective.Resources, effective);
}

/** A picture as lines that people can check: nodes with their parts, then edges. */
export const linesOf = ({ nodes, edges, left }: Picture): readonly string[] => [
  ...nodes.map(({ id, kind, path, name, details, parts, change }) =>
    [
      `${kind}: ${[...path, name].join('/')}`,
      ...(details.length > 0 ? [`[${details.join(' | ')}]`] : []),
      ...(id === name ? [] : [`= ${id}`]),
      ...(parts.length > 1 ? [`with ${parts.slice(1).join(', ')}`] : []),
      ...(change ? [change] : []),
    ].join(' '),
  ),
  ...edges.map(
    ({ from, to, kind, label, change }) =>
      `${from} --${[kind, label, ...(change ? [change] : [])].filter((each) => each !== '').join(': ')}--> ${to}`,
  ),
  ...(left.length > 0 ? [`left: ${left.join(', ')}`] : []),
];
