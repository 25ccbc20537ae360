import type { NestedTemplate } from '../../assembly/types.ts';
import type { Architecture } from '../../packaging/toolchains/spec.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { isObject, type JsonObject, own, type Template } from '../../template/types.ts';
import { validateTemplate } from '../../template/validate/index.ts';
import type { LocalAsset, LocalImage } from '../draft.ts';
import { architectureOf } from '../image.ts';
import { localFile, type ManifestFile, type ManifestImage } from './assets.ts';
import { keptTarget, type Location, namedAssets } from './named-assets.ts';

/** The architecture of a platform, if it is one that Lambda has. */
function architectureIn(platform: string): Architecture | undefined {
  if (/\b(arm64|aarch64)\b/.test(platform)) return 'arm64';
  return /\b(amd64|x86_64)\b/.test(platform) ? 'x86_64' : undefined;
}

/** Nested deeper, templates are taken to name one another in a circle. */
const MAX_NESTING = 10;

/** What a stack wants published. */
export interface StackAssets {
  readonly files: readonly ManifestFile[];
  readonly images: readonly ManifestImage[];
  /** Files whose location comes by parameters. */
  readonly legacy: readonly LocalAsset[];
}

/** What the templates of a stack name. */
export interface Followed {
  readonly nested: readonly NestedTemplate[];
  readonly local: readonly LocalAsset[];
  readonly images: readonly LocalImage[];
}

interface Reading {
  /** Reads a template of the assembly; what is wrong with it is told there. */
  readonly read: (written: string) => Promise<TemplateDocument | 'empty' | undefined>;
  readonly problems: Problem[];
  /** Values of a template's parameters. */
  readonly valuesOf: (document: TemplateDocument) => Readonly<Record<string, string>>;
}

interface TemplateAt {
  readonly document: TemplateDocument;
  /** `undefined`: the root. */
  readonly id: string | undefined;
}

/** A template on the way, and the parameters that hold locations of legacy assets in it. */
interface Visited extends TemplateAt {
  readonly parameters: ReadonlyMap<string, LocalAsset>;
}

/** Follows a template to the templates in it and finds who names which asset. Of equal nested stacks each is followed. */
export async function followTemplates(
  root: TemplateDocument,
  assets: StackAssets,
  { read, problems, valuesOf }: Reading,
): Promise<Followed> {
  const used = new Set<ManifestFile>();
  const checked = new Set<TemplateDocument>();
  const nested: NestedTemplate[] = [];
  const local: LocalAsset[] = [];
  const images = new Map<ManifestImage, LocalImage>();
  const place = (each: ManifestImage, { document, id }: TemplateAt, found: readonly Location[]): void => {
    const targets = found.map(({ path }) => keptTarget(path, id));
    const known = images.get(each);
    if (known) {
      images.set(each, { ...known, targets: [...known.targets, ...targets] });
      return;
    }
    try {
      const fn = found.find(({ forLambda }) => forLambda);
      const architecture = fn
        ? each.build.platform === undefined
          ? architectureOf(document, fn.logicalId, valuesOf(document))
          : architectureIn(each.build.platform)
        : undefined;
      images.set(each, { ...each.image, targets, build: { ...each.build, architecture } });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  };

  const follow = async (
    parent: Location,
    written: string,
    { document, id, parameters }: Visited,
  ): Promise<TemplateDocument | undefined> => {
    const childId = id === undefined ? parent.logicalId : `${id}/${parent.logicalId}`;
    const child = await read(written);
    if (!child || child === 'empty') return undefined;
    if (childId.split('/').length > MAX_NESTING) {
      const next = 'Do they name one another?';
      problems.push({ subject: childId, message: `nested templates go deeper than ${MAX_NESTING}`, next });
      return child;
    }
    const handed = handedOver(document.template, parent.logicalId, parameters);
    await visit({ document: child, id: childId, parameters: handed });
    return child;
  };

  const visit = async (visited: Visited): Promise<void> => {
    const { document, id, parameters } = visited;
    if (!checked.has(document)) problems.push(...validateTemplate(document));
    checked.add(document);
    const { naming } = namedAssets(document.template);
    const at = (parent: Location) => (id === undefined ? parent.logicalId : `${id}/${parent.logicalId}`);
    for (const each of assets.files) {
      const found = naming(each.destination.key);
      if (found.length === 0) continue;
      used.add(each);
      const places = found.filter(({ isTemplate }) => !isTemplate);
      if (places.length > 0) {
        const targets = places.map(({ path }) => keptTarget(path, id));
        const forLambda = places.some((place) => place.forLambda);
        const web = places.every((place) => place.web);
        local.push({ ...localFile(each, targets, forLambda), ...(web && { web }) });
      }
      for (const parent of found.filter(({ isTemplate }) => isTemplate)) {
        const template = await follow(parent, each.path, visited);
        const targets = [keptTarget(parent.path, id)];
        if (template) nested.push({ id: at(parent), template, targets, destination: each.destination });
      }
    }
    for (const [name, asset] of parameters) {
      for (const parent of naming(JSON.stringify(name)).filter(({ isTemplate }) => isTemplate)) {
        // Bucket and key come by a parameter each.
        if (nested.some((each) => each.id === at(parent))) continue;
        const template = await follow(parent, asset.written, visited);
        const targets = [keptTarget(parent.path, id)];
        if (template) nested.push({ id: at(parent), template, targets, isAsset: true });
      }
    }
    for (const each of assets.images) {
      const found = naming(each.image.destination.tag);
      if (found.length > 0) place(each, visited, found);
    }
  };

  await visit({ document: root, id: undefined, parameters: locationParameters(assets.legacy) });
  // What no property names may be read by the code, or by a custom resource.
  for (const each of assets.files) if (!used.has(each)) local.push(localFile(each, [], false));
  for (const each of assets.images) if (!images.has(each)) place(each, { document: root, id: undefined }, []);
  return { nested, local, images: [...images.values()] };
}

function locationParameters(legacy: readonly LocalAsset[]): ReadonlyMap<string, LocalAsset> {
  return new Map(
    legacy.flatMap((asset) =>
      asset.targets.flatMap((target) =>
        target.kind === 'parameter'
          ? Object.keys(target.parameters).map((name) => [name, asset] as const)
          : [],
      ),
    ),
  );
}

/** The parameters of a nested stack that are given the value of such a parameter of its parent. */
function handedOver(
  template: Template,
  logicalId: string,
  parameters: ReadonlyMap<string, LocalAsset>,
): ReadonlyMap<string, LocalAsset> {
  const resource = own(template.Resources, logicalId);
  const properties = isObject(resource) && isObject(resource.Properties) ? resource.Properties : {};
  const given: JsonObject = isObject(properties.Parameters) ? properties.Parameters : {};
  return new Map(
    Object.entries(given).flatMap(([name, value]) => {
      const asset = isObject(value) && typeof value.Ref === 'string' ? parameters.get(value.Ref) : undefined;
      return asset ? [[name, asset] as const] : [];
    }),
  );
}
