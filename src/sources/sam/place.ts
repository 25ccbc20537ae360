import type { Problem } from '../../problem.ts';
import { splitUri } from '../../template/assets/s3-uri.ts';
import type { AssetTarget, LocationForm } from '../../template/assets/targets.ts';
import type { TemplateEdit } from '../../template/document.ts';
import { isObject, type Json, type JsonObject, own, type TemplatePath } from '../../template/types.ts';
import { alternatives, type Choice, mapChoice } from '../../template/values/choice.ts';
import type { BuildAsset, LocalImage } from '../draft.ts';
import type { CodeOutcome, MadeCode } from './code.ts';

/** What has to be built, where it goes, and what the template has to say before it can. */
export interface Placed {
  readonly builds: readonly BuildAsset[];
  readonly images: readonly LocalImage[];
  readonly edits: readonly TemplateEdit[];
  readonly problems: readonly Problem[];
}

type Files = Extract<CodeOutcome, { kind: 'files' }>;
type Image = Extract<CodeOutcome, { kind: 'image' }>;

const NO_VALUE: Json = { Ref: 'AWS::NoValue' };

const NOTHING: Placed = { builds: [], images: [], edits: [], problems: [] };

/**
 * Puts what is made into the template: in place of the property, or, where only the deployment decides between several,
 * one for each side of a condition, with `Fn::If` on the template's own conditions.
 *
 * @param at the path of the resource
 * @param target of a property of this template
 */
export function place(
  code: MadeCode,
  at: TemplatePath,
  target: (path: TemplatePath, form: LocationForm) => AssetTarget,
): Placed {
  const { made, resource } = code;
  const all = alternatives(made);
  const problems = all.flatMap((each) => (each.kind === 'wrong' ? each.problems : []));
  if (problems.length > 0) return { ...NOTHING, problems };
  if (all.every(({ kind }) => kind === 'as it is')) return NOTHING;
  const properties = [...at, 'Properties'];
  const isMixed = all.some(({ kind }) => kind === 'image') && all.some(({ kind }) => kind === 'files');
  if (isMixed && resource.type !== 'AWS::Lambda::Function') {
    const message = 'PackageType decides what is built, but only the deployment can tell what it is';
    const next = "Write it as text: SAM's transform takes nothing else.";
    return {
      ...NOTHING,
      problems: [{ subject: resource.id, message, place: resource.place('Properties'), next }],
    };
  }
  const found = all.some(({ kind }) => kind === 'image')
    ? images(code, properties, target)
    : archives(code, properties, target);
  return { ...found, edits: [...found.edits, ...otherProperties(code, properties)] };
}

type ToTarget = Parameters<typeof place>[2];

function archives(code: MadeCode, properties: TemplatePath, target: ToTarget): Placed {
  const { made, property, form, resource } = code;
  const path = [...properties, property];
  const written = own(resource.properties, property);
  if ('value' in made) {
    const { value } = made;
    if (value.kind !== 'files') return NOTHING;
    const edits = typeof written === 'string' ? [] : [{ path, value: value.written }];
    return { ...NOTHING, edits, builds: [build(code, value, [target(path, form)])] };
  }
  if (form.kind === 'object') {
    const builds: BuildAsset[] = [];
    const value = tree(made, (each, steps) => {
      if (each.kind !== 'files') return each.kind === 'as it is' ? each.value : null;
      builds.push(build(code, each, [target([...path, ...steps], form)]));
      return each.written;
    });
    return { ...NOTHING, edits: [{ path, value }], builds };
  }
  return bucketAndKey(code, path, target);
}

/** SAM takes no function call for a location as a whole, but for its parts. */
function bucketAndKey(code: MadeCode, path: TemplatePath, target: ToTarget): Placed {
  const { made, resource } = code;
  const builds: BuildAsset[] = [];
  const problems: Problem[] = [];
  const part = (name: 'Bucket' | 'Key' | 'Version'): Json =>
    tree(made, (each) => {
      if (each.kind === 'files') return name === 'Version' ? NO_VALUE : each.written;
      const location = each.kind === 'as it is' ? splitUri(each.value) : undefined;
      return location?.[name] ?? (name === 'Version' ? NO_VALUE : null);
    });
  tree(made, (each, steps) => {
    if (each.kind === 'files') {
      const targets = [
        target([...path, 'Bucket', ...steps], { kind: 'bucket' }),
        target([...path, 'Key', ...steps], { kind: 'key' }),
      ];
      builds.push(build(code, each, targets));
    } else if (each.kind === 'as it is' && !splitUri(each.value)) {
      problems.push({
        subject: resource.id,
        message: `${code.property} is built on one side of a condition, and no location in S3 on the other`,
        place: resource.place('Properties', code.property),
        next: 'Write a folder or s3://bucket/key on both sides.',
      });
    }
    return null;
  });
  const hasVersion = alternatives(made).some(
    (each) => each.kind === 'as it is' && splitUri(each.value)?.Version !== undefined,
  );
  const value = {
    Bucket: part('Bucket'),
    Key: part('Key'),
    ...(hasVersion && { Version: part('Version') }),
  };
  return { ...NOTHING, builds, problems, edits: [{ path, value }] };
}

function images(code: MadeCode, properties: TemplatePath, target: ToTarget): Placed {
  const { made, resource } = code;
  const [property = 'ImageUri', key] = code.image;
  const path = [...properties, property];
  const form = { kind: 'image-uri' } as const;
  const inner = key === undefined ? [] : [key];
  const wrapped = (uri: Json): Json => (key === undefined ? uri : { [key]: uri });
  if ('value' in made) {
    const { value } = made;
    if (value.kind !== 'image') return NOTHING;
    const before = own(resource.properties, String(property));
    const isCall = isObject(before) && Object.keys(before).some((name) => name.startsWith('Fn::'));
    return {
      ...NOTHING,
      edits: isCall ? [{ path, value: wrapped(value.written) }] : [],
      images: [image(code, value, [target([...path, ...inner], form)])],
    };
  }
  const found: { builds: BuildAsset[]; images: LocalImage[] } = { builds: [], images: [] };
  const value = tree(made, (each, steps) => {
    if (each.kind === 'image') {
      found.images.push(image(code, each, [target([...path, ...steps, ...inner], form)]));
      return wrapped(each.written);
    }
    if (each.kind === 'files') {
      found.builds.push(build(code, each, [target([...path, ...steps], code.form)]));
      return each.written;
    }
    return each.kind === 'as it is' ? each.value : null;
  });
  return { ...NOTHING, ...found, edits: [{ path, value }] };
}

const build = (
  { resource: { id, type } }: MadeCode,
  { build }: Files,
  targets: AssetTarget[],
): BuildAsset => ({
  written: id,
  ...(type.endsWith('::WebFunction') && { web: true }),
  owner: id,
  targets,
  build,
});

const image = (
  { resource: { id } }: MadeCode,
  { build, written }: Image,
  targets: AssetTarget[],
): LocalImage => ({ written, owner: id, targets, build });

/** A choice as the function that makes it, with the way from its root to each leaf. */
function tree<Value>(
  choice: Choice<Value>,
  leaf: (value: Value, steps: TemplatePath) => Json,
  steps: TemplatePath = [],
): Json {
  if ('value' in choice) return leaf(choice.value, steps);
  const side = (index: 1 | 2) =>
    tree(index === 1 ? choice.yes : choice.no, leaf, [...steps, 'Fn::If', index]);
  return { 'Fn::If': [choice.condition, side(1), side(2)] };
}

/** What the build changes of other properties: a handler, for one. */
function otherProperties({ made, resource }: MadeCode, at: TemplatePath): TemplateEdit[] {
  const changed = mapChoice(made, (each): JsonObject => ('properties' in each ? each.properties : {}));
  const names = new Set(alternatives(changed).flatMap((each) => Object.keys(each)));
  return [...names].map((name) => {
    const path = name.split('.');
    const before = path.reduce<Json | undefined>(
      (value, step) => (isObject(value) ? own(value, step) : undefined),
      resource.properties,
    );
    const value = simplest(mapChoice(changed, (each) => own(each, name) ?? before ?? NO_VALUE));
    return { path: [...at, ...path], value };
  });
}

/** A choice between values; where both sides are the same, it is none. */
function simplest(choice: Choice<Json>): Json {
  if ('value' in choice) return choice.value;
  const [yes, no] = [simplest(choice.yes), simplest(choice.no)];
  return JSON.stringify(yes) === JSON.stringify(no) ? yes : { 'Fn::If': [choice.condition, yes, no] };
}
