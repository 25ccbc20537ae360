import { dirname, relative } from 'node:path';
import type { NestedTemplate } from '../assembly/types.ts';
import { readInside, resolveInside, type Workspace } from '../packaging/workspace/workspace.ts';
import { type Problem, ProblemError, problemLine } from '../problem.ts';
import type { LocalReference } from '../template/assets/local-assets.ts';
import type { AssetTarget, LocationForm, PropertyTarget } from '../template/assets/targets.ts';
import type { TemplateDocument } from '../template/document.ts';
import { parseTemplate } from '../template/read/parse.ts';
import { isObject, type Json, own, type TemplatePath } from '../template/types.ts';
import { validateTemplate } from '../template/validate/index.ts';
import { skippedKeys } from '../template/validate/sections/keys.ts';
import type { Scope } from '../template/values/evaluate.ts';
import {
  foreseen,
  foreseenWithin,
  newReading,
  type Reading,
  type Sources,
} from '../template/values/foreseen.ts';
import type { BuildAsset, LocalAsset, LocalImage, StackDraft } from './draft.ts';
import { localCode } from './sam/local-code.ts';

export interface TemplateSource {
  /** Absolute path, inside of the workspace. */
  readonly path: string;
  readonly stackName: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** References to files that do not exist are left alone: at a base commit nothing has been built. */
  readonly ignoreMissing?: boolean;
  /**
   * Parameters of the deployed stack, and pseudo parameters, as far as they can be known. Asked for only where what is
   * built depends on a value that is not given.
   */
  readonly deployed?: (stackName: string) => Promise<Readonly<Record<string, string>>>;
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
  const { stackName, parameters: given } = source;
  const pseudo: Readonly<Record<string, string>> =
    stackName === undefined ? {} : { 'AWS::StackName': stackName };
  const first = await readStack(space, source, { given, deployed: pseudo });
  const deployed =
    first.reading.notGiven.size > 0 && stackName !== undefined ? await source.deployed?.(stackName) : {};
  const isTold = Object.keys(deployed ?? {}).length > 0;
  const { problems, warnings, draft, reading } = isTold
    ? await readStack(space, source, { given, deployed: { ...pseudo, ...deployed } })
    : first;
  if (problems.length > 0) throw new ProblemError(distinct(problems));
  const builtFor = Object.fromEntries(reading.read);
  return { draft: { ...draft, ...(reading.read.size > 0 && { builtFor }) }, warnings: distinct(warnings) };
}

interface ReadStack {
  readonly draft: StackDraft;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly reading: Reading;
}

async function readStack(space: Workspace, source: TemplateSource, values: Sources): Promise<ReadStack> {
  const { stackName } = source;
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const nested: NestedTemplate[] = [];
  const local: LocalAsset[] = [];
  const images: LocalImage[] = [];
  const builds: BuildAsset[] = [];
  const unused: string[] = [];
  const reading = newReading();
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

  /**
   * @param open the files whose templates are being read: from the root to this one
   * @returns the template with a place for everything that is found
   */
  const visit = async (
    document: TemplateDocument,
    open: readonly string[],
    id: string | undefined,
    scope: Scope,
  ): Promise<TemplateDocument> => {
    const path = open.at(-1) ?? source.path;
    problems.push(...validateTemplate(document));
    warnings.push(...(document.warnings ?? []), ...skippedKeys(document));
    const found = localCode(document, {
      scope,
      reading,
      file: path,
      target: (at, form) => property(at, form, id),
      find: (written, place) => {
        const resolved = resolveInside(space, dirname(path), written, place);
        if ('path' in resolved) return resolved.path;
        if (source.ignoreMissing) return undefined;
        throw new ProblemError(resolved.problem);
      },
    });
    problems.push(...found.problems);
    warnings.push(...found.warnings);
    builds.push(...found.builds);
    images.push(...found.images);
    if (id === undefined) unused.push(...found.unusedParameters);
    for (const { reference, targets } of found.references)
      await take(reference, targets, { document: found.document, open, id, scope });
    return found.document;
  };

  interface Level {
    readonly document: TemplateDocument;
    readonly open: readonly string[];
    readonly id: string | undefined;
    readonly scope: Scope;
  }

  const take = async (
    reference: LocalReference,
    targets: readonly AssetTarget[],
    { document, open, id, scope }: Level,
  ) => {
    const { written, packaging, forLambda, web, parameters } = reference;
    const owner = String(reference.path[1]);
    const place = document.locate(reference.path);
    const resolved = resolveInside(space, dirname(open.at(-1) ?? source.path), written, place);
    if ('problem' in resolved) {
      const mayBeElsewhere = reference.computed && !/^\.{1,2}([\\/]|$)/.test(written);
      if (!source.ignoreMissing && !mayBeElsewhere) problems.push({ subject: owner, ...resolved.problem });
      return;
    }
    const inside = resolved.path;
    if (packaging !== 'template') {
      // Where parameters lead to the property, they are filled, and the template stays as it is.
      const filled: readonly AssetTarget[] = parameters ? [{ kind: 'parameter', parameters }] : targets;
      const kind = { packaging, forLambda, ...(web && { web }) };
      local.push({ path: inside, written, ...kind, owner, targets: filled });
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
    const child = await readTemplate(space, inside).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
      return undefined;
    });
    if (!child) return;
    const within = foreseenWithin(scope, child.template, parametersAt(document, reference.path));
    const free = nested.some((each) => each.id === childId) ? `${childId}-${nested.length}` : childId;
    const at = nested.length;
    const template = await visit(child, [...open, inside], free, within);
    // Before those that are in it.
    nested.splice(at, 0, { id: free, template, targets: targets.filter(isProperty) });
  };

  const template = await visit(root, [source.path], undefined, foreseen(root.template, values, reading));
  const name = stackName ?? '';
  const { parameters, tags } = source;
  const draft: StackDraft = {
    id: name,
    stackName: name,
    template,
    nested,
    local,
    builds,
    images,
    parameters: { ...Object.fromEntries(unused.map((each) => [each, 'unused'])), ...parameters },
    tags,
    dependsOn: [],
  };
  return { draft, problems, warnings, reading };
}

/** What the resource of a nested stack gives to its parameters. */
function parametersAt({ template }: TemplateDocument, path: TemplatePath): Json | undefined {
  const properties = path
    .slice(0, path.indexOf('Properties') + 1)
    .reduce<Json | undefined>(
      (value, step) =>
        isObject(value) ? own(value, String(step)) : Array.isArray(value) ? value[Number(step)] : undefined,
      template,
    );
  return isObject(properties) ? own(properties, 'Parameters') : undefined;
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

const isProperty = (target: AssetTarget): target is PropertyTarget => target.kind === 'property';

async function readTemplate(space: Workspace, path: string): Promise<TemplateDocument> {
  return parseTemplate(readInside(space, path), relative(space.root, path) || path);
}
