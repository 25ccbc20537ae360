import type { FileDestination, NestedTemplate, StackAssembly } from '../../assembly/types.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { TemplateDocument, TemplateEdit } from '../../template/document.ts';
import { isObject, type Json, type TemplatePath } from '../../template/types.ts';
import { editTemplate } from '../../template/write/edit.ts';

/**
 * Templates that are not what their source says any more get keys of their own where the source gives them some (CDK): under its
 * keys lie the templates of the other copies. Whoever names such a key names the new one then.
 */
export function inOwnPlaces(stack: StackAssembly, source: StackAssembly): StackAssembly {
  const texts = new Map(source.nested.map(({ id, template }) => [id, template.text]));
  const documents = new Map<string | undefined, TemplateDocument>([
    [undefined, stack.template],
    ...stack.nested.map(({ id, template }) => [id, template] as const),
  ]);
  const places = new Map<string, FileDestination>();
  const own = (destination: FileDestination, { text, format }: TemplateDocument): FileDestination => ({
    ...destination,
    key: `${stack.stackName}/${sha256(text)}.${format}`,
  });
  // What a template is called depends on those that it names.
  for (const { id, destination, targets } of stack.nested.toSorted((a, b) => depth(b.id) - depth(a.id))) {
    const document = documents.get(id);
    if (!document || !destination || document.text === texts.get(id)) continue;
    const place = own(destination, document);
    places.set(id, place);
    for (const { template: parent, path } of targets) {
      const naming = documents.get(parent);
      const edit = naming && renamed(naming.template, path, [destination.key, place.key]);
      if (edit) documents.set(parent, editTemplate(naming, [edit]));
    }
  }
  const template = documents.get(undefined) ?? stack.template;
  const { templateDestination } = stack;
  const isOther = template.text !== source.template.text;
  return {
    ...stack,
    template,
    nested: stack.nested.map(
      (each): NestedTemplate => ({
        ...each,
        template: documents.get(each.id) ?? each.template,
        ...(each.destination && { destination: places.get(each.id) ?? each.destination }),
      }),
    ),
    ...(templateDestination && {
      templateDestination: isOther ? own(templateDestination, template) : templateDestination,
    }),
  };
}

const depth = (id: string): number => id.split('/').length;

/** The value at a path with another key in its texts. */
function renamed(
  template: Json,
  path: TemplatePath,
  [from, to]: readonly [string, string],
): TemplateEdit | undefined {
  const value = path.reduce<Json | undefined>(
    (at, step) => (Array.isArray(at) ? at[Number(step)] : isObject(at) ? at[String(step)] : undefined),
    template,
  );
  return value === undefined
    ? undefined
    : { path, value: withTexts(value, (text) => text.replaceAll(from, to)) };
}

function withTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, change)]));
}
