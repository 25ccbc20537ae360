import { canonicalJson, canonicalMap, sha256 } from '../hash/canonical.ts';
import { noEchoParameters } from '../template/parameters.ts';
import type { Template } from '../template/types.ts';
import { editValue } from '../template/write/edit-value.ts';
import type { Asset, StackAssembly } from './types.ts';

/** Settings of the stack itself, as far as the plan has a say in them. */
export interface PlannedSettings {
  readonly terminationProtection?: boolean | undefined;
  readonly notificationArns?: readonly string[] | undefined;
  readonly roleArn?: string | undefined;
  readonly rollbackAlarms?: readonly { readonly arn: string; readonly composite: boolean }[] | undefined;
  readonly monitoringMinutes?: number | undefined;
}

/**
 * What a reviewer agreed to, as one SHA-256: the templates as data with the content hashes of their assets, the
 * parameters, the tags, and the settings of the stack itself. Bucket, machine, comments and key order do not count; neither do NoEcho values, which could
 * be guessed from a hash that everybody can read.
 */
export function planHash(stack: StackAssembly, settings: PlannedSettings = {}): string {
  const hidden = new Set(noEchoParameters(stack.template.template));
  const set = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const templates = stack.nested.map(
    ({ id, template }) => [id, textWithHashes(stack, id, template.template)] as const,
  );
  const rest = {
    stackName: stack.stackName,
    assets: stack.assets.map(contentOf).sort(),
    parameters: Object.fromEntries(Object.entries(stack.parameters).filter(([name]) => !hidden.has(name))),
    tags: stack.tags,
    ...(Object.keys(set).length > 0 && { settings: set }),
  };
  return sha256(
    canonicalMap({
      ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, canonicalJson(value)])),
      template: textWithHashes(stack, undefined, stack.template.template),
      nested: canonicalMap(Object.fromEntries(templates)),
    }),
  );
}

/** Where a source names images by what they are made of (CDK), that counts: the same build twice may differ. */
const contentOf = (asset: Asset): string =>
  asset.kind === 'image' && asset.destination ? asset.destination.tag : asset.hash;

/** Several targets have the same template with the same assets. */
const texts = new WeakMap<Template, { readonly edits: string; readonly text: string }>();

function textWithHashes(stack: StackAssembly, id: string | undefined, template: Template): string {
  const edits = stack.assets.flatMap((asset) =>
    asset.targets.flatMap((target) =>
      target.kind === 'property' && target.template === id
        ? [{ path: target.path, value: `sha256:${contentOf(asset)}` }]
        : [],
    ),
  );
  const key = JSON.stringify(edits);
  const known = texts.get(template);
  if (known?.edits === key) return known.text;
  const text = canonicalJson(editValue(template, edits));
  texts.set(template, { edits: key, text });
  return text;
}
