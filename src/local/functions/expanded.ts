import { type Locations, renderStack } from '../../assembly/render.ts';
import type { AssetLocation, StackAssembly } from '../../assembly/types.ts';
import { needsExpansion } from '../../template/transforms.ts';
import type { Template } from '../../template/types.ts';
import { knownParameters } from '../../template/values/known-value.ts';
import { defaultRegion, type ResolveOptions } from './resolve.ts';

/** Templates of a stack by the id of the nested one, the stack's own under ''. */
export type LocatedTemplates = ReadonlyMap<string, Template>;

/** A bucket and a registry that nothing is ever put into. */
const HERE: Locations = {
  asset: (asset) =>
    asset.kind === 'image'
      ? {
          kind: 'image',
          uri: `123456789012.dkr.ecr.${defaultRegion}.amazonaws.com/local:${asset.hash.slice(-12)}`,
        }
      : place(`${asset.hash}${asset.extension}`),
  nested: (_, hash, extension) => place(`${hash}${extension}`),
};

const place = (key: string): AssetLocation => ({ kind: 's3', bucket: 'local', key, region: defaultRegion });

/** A stack's templates as they would be sent: transforms want to know where code is, wherever that may be. */
export function locatedTemplates(stack: StackAssembly): LocatedTemplates {
  if (![stack, ...stack.nested].some(({ template }) => needsExpansion(template.template))) return new Map();
  const { template, nested } = renderStack(stack, HERE);
  return new Map([
    ['', template.template],
    ...nested.map((each) => [each.id, each.template.template] as const),
  ]);
}

/**
 * What CloudFormation makes of a template. One that it would refuse, or that only it can expand, is left as it is.
 *
 * @param warn hears why
 */
export async function expandedHere(
  template: Template,
  { parameters = {}, region }: ResolveOptions,
  warn: (message: string) => void,
): Promise<Template> {
  if (!needsExpansion(template)) return template;
  const { expand } = await import('../../sam/expanded.ts');
  const known = knownParameters(template, parameters);
  const made = expand({ template, known }, { region, always: true });
  if (made.kind === 'made') return made.template;
  const reasons = made.kind === 'unknown' ? [made.why] : made.problems.map(problemText);
  for (const reason of reasons) warn(`Routes and aliases of SAM are not known here: ${reason}`);
  return template;
}

const problemText = ({ logicalId, message }: { readonly logicalId?: string; readonly message: string }) =>
  logicalId === undefined ? message : `${logicalId}: ${message}`;
