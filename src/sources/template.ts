import { dirname, relative } from 'node:path';
import type { NestedTemplate } from '../assembly/types.ts';
import { readInside, resolveInside, type Workspace } from '../packaging/workspace/workspace.ts';
import { type Problem, ProblemError, problemLine } from '../problem.ts';
import { findLocalReferences, type LocalReference } from '../template/assets/local-assets.ts';
import { normaliseMetadata } from '../template/assets/normalise.ts';
import type { AssetTarget, LocationForm, PropertyTarget } from '../template/assets/targets.ts';
import type { TemplateDocument } from '../template/document.ts';
import { parseTemplate } from '../template/read/parse.ts';
import type { TemplatePath } from '../template/types.ts';
import { validateTemplate } from '../template/validate/index.ts';
import type { BuildAsset, LocalAsset, LocalImage, StackDraft } from './draft.ts';
import { localImage } from './image.ts';
import { isSamOutput, samBuild, samBuilds } from './sam-build.ts';

export interface TemplateSource {
  /** Absolute path, inside of the workspace. */
  readonly path: string;
  readonly stackName: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** References to files that do not exist are left alone: at a base commit nothing has been built. */
  readonly ignoreMissing?: boolean;
}

/** Deeper than anybody nests: each level can name the next more than once. */
const MAX_NESTING = 10;

/**
 * Reads a CloudFormation or SAM template with everything that it points to on this machine; nested templates are
 * followed.
 *
 * @throws ProblemError with everything that is wrong with any of the templates
 */
export async function loadTemplate(
  space: Workspace,
  source: TemplateSource,
): Promise<{ readonly draft: StackDraft; readonly warnings: readonly Problem[] }> {
  const { stackName } = source;
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const nested: NestedTemplate[] = [];
  const local: LocalAsset[] = [];
  const images: LocalImage[] = [];
  const builds: BuildAsset[] = [];
  const unused: string[] = [];
  /** Circles that have been told, by the files in them. */
  const told = new Set<string>();
  const root = await readTemplate(space, source.path);
  if (stackName === undefined) {
    problems.push({
      subject: 'input stack-name',
      message: 'a template does not say what its stack is called',
      place: { file: root.file },
      next: 'Set the input stack-name.',
    });
  }

  /** @param open the files whose templates are being read: from the root to this one */
  const visit = async (
    document: TemplateDocument,
    open: readonly string[],
    id: string | undefined,
  ): Promise<void> => {
    const path = open.at(-1) ?? source.path;
    problems.push(...validateTemplate(document));
    const found = findLocalReferences(document);
    const metadata = normaliseMetadata(document.template);
    problems.push(...found.errors);
    for (const warning of metadata.warnings) {
      warnings.push({ ...warning, place: document.locate(['Resources', warning.subject ?? '', 'Metadata']) });
    }
    // Metadata wins: it says what the property means before some framework's deployment filled it in.
    const references = new Map<string, LocalReference>();
    for (const each of [...found.references, ...metadata.references])
      references.set(JSON.stringify(each.path), each);
    for (const { declared, written, at, form, instead } of isSamOutput(path)
      ? []
      : samBuilds(document.template)) {
      for (const replaced of instead) references.delete(JSON.stringify(replaced));
      const directory = find({ written, path: at }, document, path);
      if (directory === undefined) continue;
      const made = samBuild(document, declared, directory);
      if ('problem' in made) problems.push(made.problem);
      else
        builds.push({
          written: declared.id,
          owner: declared.id,
          targets: [property(at, form, id)],
          build: made.build,
        });
    }
    for (const reference of references.values()) await take(reference, document, open, id);
    for (const image of [...found.images, ...metadata.images]) {
      const inside = find(image, document, path);
      if (inside === undefined) continue;
      const form = { kind: 'image-uri' } as const;
      images.push(localImage(image, inside, document.template, property(image.path, form, id)));
    }
    if (id === undefined) unused.push(...metadata.unusedParameters);
  };

  /** The absolute path of what is written in a template; a problem when it cannot be used. */
  const find = (
    { written, path }: Pick<LocalReference, 'written' | 'path'>,
    document: TemplateDocument,
    file: string,
  ): string | undefined => {
    const resolved = resolveInside(space, dirname(file), written, document.locate(path));
    if ('path' in resolved) return resolved.path;
    if (!source.ignoreMissing) problems.push({ subject: String(path[1]), ...resolved.problem });
    return undefined;
  };

  const take = async (
    reference: LocalReference,
    document: TemplateDocument,
    open: readonly string[],
    id: string | undefined,
  ) => {
    const { written, packaging, forLambda, form, parameters } = reference;
    const owner = String(reference.path[1]);
    const place = document.locate(reference.path);
    const inside = find(reference, document, open.at(-1) ?? source.path);
    if (inside === undefined) return;
    if (packaging !== 'template') {
      // Where parameters lead to the property, they are filled, and the template stays as it is.
      const target: AssetTarget = parameters
        ? { kind: 'parameter', parameters }
        : property(reference.path, form, id);
      local.push({ path: inside, written, packaging, forLambda, owner, targets: [target] });
      return;
    }
    if (open.includes(inside)) {
      const circle = open.slice(open.indexOf(inside));
      const key = JSON.stringify([...circle].sort());
      if (told.has(key)) return;
      told.add(key);
      const names = [...circle, inside].map((file) => relative(space.root, file) || file);
      problems.push({
        subject: owner,
        message: `nested templates name one another in a circle: ${names.join(' -> ')}`,
        place,
        next: 'Remove one of these references.',
      });
      return;
    }
    const childId = id === undefined ? owner : `${id}/${owner}`;
    if (childId.split('/').length > MAX_NESTING) {
      problems.push({
        subject: owner,
        message: `nested templates go deeper than ${MAX_NESTING}`,
        place,
        next: 'Split the root into several stacks.',
      });
      return;
    }
    const template = await readTemplate(space, inside).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
      return undefined;
    });
    if (!template) return;
    const free = nested.some((each) => each.id === childId) ? `${childId}-${nested.length}` : childId;
    nested.push({ id: free, template, targets: [property(reference.path, form, id)] });
    await visit(template, [...open, inside], free);
  };

  await visit(root, [source.path], undefined);
  if (problems.length > 0) throw new ProblemError(distinct(problems));
  const name = stackName ?? '';
  const { parameters, tags } = source;
  return {
    draft: {
      id: name,
      stackName: name,
      template: root,
      nested,
      local,
      builds,
      images,
      parameters: { ...Object.fromEntries(unused.map((name) => [name, 'unused'])), ...parameters },
      tags,
      dependsOn: [],
    },
    warnings,
  };
}

/** A template that is named more than once has the same problems each time. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [problemLine(problem), problem])).values(),
];

const property = (path: TemplatePath, form: LocationForm, template: string | undefined): PropertyTarget => ({
  kind: 'property',
  ...(template !== undefined && { template }),
  path,
  form,
});

async function readTemplate(space: Workspace, path: string): Promise<TemplateDocument> {
  return parseTemplate(readInside(space, path), relative(space.root, path) || path);
}
