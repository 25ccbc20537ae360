import { objectUrl, type RenderedStack } from '../../assembly/render.ts';
import type { FileDestination, StackAssembly } from '../../assembly/types.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { TemplateDocument } from '../../template/document.ts';
import type { Item } from './assets.ts';
import { type Destination, objectLocation } from './destination.ts';

/** Stage 16: the templates of a stack, and where CloudFormation reads the one that names the others. */
export function templateItems(
  { stackName, templateDestination, nested }: StackAssembly,
  rendered: RenderedStack,
  where: Destination,
): { readonly items: readonly Item[]; readonly templateUrl: string } {
  const item = ({ text, format }: TemplateDocument, fixed: FileDestination | undefined) => {
    const hash = sha256(text);
    const extension = format === 'json' ? '.json' : '.yaml';
    const location = objectLocation(where, { stackName, destination: fixed, hash, extension });
    const size = Buffer.byteLength(text);
    return { location, fixed, upload: { key: location.key, hash, size, content: { text } } };
  };
  const assets = new Set(nested.flatMap(({ id, isAsset }) => (isAsset ? [id] : [])));
  const destinations = new Map(nested.map(({ id, destination }) => [id, destination]));
  const root = item(rendered.template, templateDestination);
  const children = rendered.nested.flatMap(({ id, template }) =>
    assets.has(id) ? [] : [item(template, destinations.get(id))],
  );
  return { items: [root, ...children], templateUrl: objectUrl(root.location) };
}
