import { sep } from 'node:path';
import { type Place, type Problem, ProblemError } from '../../problem.ts';
import { findLocalReferences, type LocalReference } from '../../template/assets/local-assets.ts';
import { normaliseMetadata } from '../../template/assets/normalise.ts';
import type { AssetTarget, LocationForm } from '../../template/assets/targets.ts';
import type { TemplateDocument, TemplateEdit } from '../../template/document.ts';
import { type DeclaredResource, declaredResources } from '../../template/resources.ts';
import { type Json, own, type TemplatePath } from '../../template/types.ts';
import { comesTo, type Scope } from '../../template/values/evaluate.ts';
import { type Reading, tentatively } from '../../template/values/foreseen.ts';
import type { BuildAsset, LocalImage } from '../draft.ts';
import { assetImage, type MadeCode, madeCode } from './code.ts';
import { codeResource, mapOf } from './code-resource.ts';
import { locationParts } from './location-parts.ts';
import { editedInPlace, unloop } from './loops.ts';
import { place } from './place.ts';

/** What one template is read with. */
export interface CodeContext {
  readonly scope: Scope;
  readonly reading: Reading;
  /** Absolute path of the template. */
  readonly file: string;
  readonly target: (path: TemplatePath, form: LocationForm) => AssetTarget;
  /** The absolute path of what the template names; `undefined` where it may be missing. @throws ProblemError */
  readonly find: (written: string, place: Place) => string | undefined;
}

/** Everything of a template that is on this machine, and the template with a place for each location. */
export interface TemplateCode {
  readonly document: TemplateDocument;
  readonly builds: readonly BuildAsset[];
  readonly images: readonly LocalImage[];
  readonly references: readonly {
    readonly reference: LocalReference;
    readonly targets: readonly AssetTarget[];
  }[];
  /** Parameters that nothing reads. */
  readonly unusedParameters: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** What `sam build` left is built already, although its metadata stays. */
const isSamOutput = (path: string): boolean => path.split(sep).includes('.aws-sam');

/** Finds what a template points to, and what its metadata says how to make. */
export function localCode(authored: TemplateDocument, context: CodeContext): TemplateCode {
  const { scope, reading, target } = context;
  const looked = (value: Json): Json | undefined =>
    tentatively(reading, () => comesTo(value, scope), isLocalText);
  const {
    document,
    instance,
    problems: clashes,
  } = unloop(authored, scope, reading, (declared) => described(authored, declared, context, looked));
  const problems: Problem[] = [...clashes];
  const edits: TemplateEdit[] = [];
  const builds: BuildAsset[] = [];
  const images: LocalImage[] = [];
  const named = findLocalReferences(document, looked);
  const metadata = normaliseMetadata(document.template);
  problems.push(...named.errors);
  const warnings = metadata.warnings.map((warning) => ({
    ...warning,
    place: document.locate(['Resources', warning.subject ?? '', 'Metadata']),
  }));
  // Metadata wins: it says what the property means before some framework's deployment filled it in.
  const references = new Map<string, LocalReference>();
  for (const each of [...named.references, ...metadata.references])
    references.set(JSON.stringify(each.path), each);

  const make = (code: MadeCode | undefined, at: TemplatePath): boolean => {
    if (!code) return false;
    const placed = place(code, at, target);
    problems.push(...placed.problems);
    edits.push(...placed.edits);
    builds.push(...placed.builds);
    images.push(...placed.images);
    return placed.builds.length + placed.images.length + placed.problems.length > 0;
  };
  /** Missing folders are problems, like others. */
  const found = (written: string, place: Place): string | undefined => {
    try {
      return context.find(written, place);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const shared = own(mapOf(own(mapOf(document.template.Globals), 'Function')), 'CodeUri');
  let isShared = false;
  for (const declared of declaredResources(document.template)) {
    const code = codeOf(document, instance(declared), declared.path, context);
    const isMade = make(code, declared.path);
    if (isMade && code) {
      const start = JSON.stringify([...declared.path, 'Properties', code.property]).slice(0, -1);
      for (const key of references.keys()) if (key.startsWith(start)) references.delete(key);
    }
    const { Type, Properties } = declared.resource;
    const isOwn = isMade || Object.hasOwn(mapOf(Properties), 'CodeUri');
    isShared ||= Type === 'AWS::Serverless::Function' && !isOwn;
  }
  // Every function has code of its own: the one for all is none, and would be a path of this machine.
  if (shared !== undefined && !isShared && builds.length > 0) {
    const path = ['Globals', 'Function', 'CodeUri'];
    const start = JSON.stringify(path).slice(0, -1);
    for (const key of references.keys()) if (key.startsWith(start)) references.delete(key);
    edits.push({ path, value: undefined });
  }
  for (const reference of metadata.images) {
    const [section = '', id = ''] = reference.path;
    const at = [section, id];
    const directory = found(reference.written, document.locate(reference.path));
    const declared = mapOf(own(document.template.Resources, String(id)));
    const resource = codeResource(document, { id: String(id), resource: declared, at });
    if (directory !== undefined) make(assetImage(resource, reference, directory, scope), at);
  }
  const parts = locationParts(document.template, references.values(), target);
  return {
    document: editedInPlace(document, [...edits, ...parts.edits]),
    builds,
    images,
    references: [...references.values()].map((reference) => ({
      reference,
      targets: parts.targets.get(JSON.stringify(reference.path)) ?? [target(reference.path, reference.form)],
    })),
    unusedParameters: metadata.unusedParameters,
    problems,
    warnings,
  };
}

const isLocalText = (value: Json | undefined): boolean =>
  value !== undefined && !(typeof value === 'string' && /^[a-z][a-z0-9+.-]*:\/\//i.test(value));

/** The code of a resource that says how it is made. */
function codeOf(
  document: TemplateDocument,
  { id, resource }: DeclaredResource,
  at: TemplatePath,
  context: CodeContext,
): MadeCode | undefined {
  const { file, find, scope } = context;
  const found = codeResource(document, { id, resource, at });
  const { BuildMethod: _, ...metadata } = found.metadata;
  const made = isSamOutput(file) ? { ...found, metadata } : found;
  return madeCode(made, resource.Condition, scope, (written, ...path) => find(written, found.place(...path)));
}

/** What the code of a looped resource comes to: items for which it is equal share it. */
function described(
  document: TemplateDocument,
  declared: DeclaredResource,
  context: CodeContext,
  looked: (value: Json) => Json | undefined,
): Json | undefined {
  const { id, path, resource } = declared;
  const code = codeOf(document, declared, path, context);
  const { references } = findLocalReferences(
    {
      ...document,
      template: { Transform: document.template.Transform ?? [], Resources: { [id]: resource } },
    },
    looked,
  );
  if (!code && references.length === 0) return undefined;
  const isNested = references.some(({ packaging }) => packaging === 'template');
  return JSON.stringify([
    code?.made,
    references.map((each) => [each.written, each.path.slice(2)]),
    isNested && own(mapOf(resource.Properties), 'Parameters'),
  ]);
}
