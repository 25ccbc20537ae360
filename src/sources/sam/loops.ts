import type { Place, Problem } from '../../problem.ts';
import type { TemplateDocument, TemplateEdit } from '../../template/document.ts';
import type { DeclaredResource } from '../../template/resources.ts';
import { isObject, type Json, own, type TemplatePath } from '../../template/types.ts';
import { comesTo, type Scope } from '../../template/values/evaluate.ts';
import { type Reading, tentatively } from '../../template/values/foreseen.ts';
import { isLoop, loopEntries } from '../../template/values/loops.ts';
import { withoutAliases } from '../../template/write/aliases.ts';
import { editTemplate } from '../../template/write/edit.ts';

/** A template whose loops stand for one thing each, as far as code is concerned. */
export interface Unlooped {
  readonly document: TemplateDocument;
  /** What a resource in a loop that is left comes to: all of its items have the same code. */
  readonly instance: (declared: DeclaredResource) => DeclaredResource;
  readonly problems: readonly Problem[];
}

/** What the code of a resource is made of: equal for two of them that can share it. */
export type Describe = (declared: DeclaredResource) => Json | undefined;

/**
 * Writes out the loops (`Fn::ForEach`) of which each item has code of its own: only then is there a place for each
 * location. SAM CLI keeps the loop, and puts the locations into a mapping, which takes no item with a dot or a slash in
 * it, and no layer or function that is chosen by a condition. A loop whose items share their code stays as it is, and so
 * does one over what only CloudFormation knows.
 *
 * @param reading what only such a loop depends on is forgotten
 * @param describe `undefined` for what has no code
 */
export function unloop(
  document: TemplateDocument,
  scope: Scope,
  reading: Reading,
  describe: Describe,
): Unlooped {
  const { Resources } = document.template;
  const edits: TemplateEdit[] = [];
  const origins = new Map<string, TemplatePath>();
  const instances = new Map<string, DeclaredResource>();
  const problems: Problem[] = [];
  for (const [key, loop] of Object.entries(Resources)) {
    if (!isLoop(key)) continue;
    const made = tentatively(
      reading,
      () => itemsOf(key, loop, scope),
      (items) => hasOwnCode(items, describe),
    );
    if (!hasOwnCode(made, describe)) {
      // The first of them stands for all.
      for (const each of made.toReversed()) instances.set(JSON.stringify(each.path), each);
      continue;
    }
    edits.push({ path: ['Resources', key], value: undefined });
    for (const { id, path, resource } of made) {
      if (own(Resources, id) === undefined) edits.push({ path: ['Resources', id], value: resource });
      else problems.push(taken(id, key, document.locate(path)));
      origins.set(id, path);
    }
  }
  return {
    document: edits.length > 0 ? placedAs(document, edits, origins) : document,
    instance: (declared) => instances.get(JSON.stringify(declared.path)) ?? declared,
    problems,
  };
}

/** The resources that a loop makes; none where only CloudFormation knows what it goes over. */
function itemsOf(key: string, loop: Json, scope: Scope): readonly DeclaredResource[] {
  const entries = loopEntries(loop, (value) => comesTo(value, scope)) ?? [];
  return entries.flatMap(([id, resource, from]): DeclaredResource[] =>
    isObject(resource) ? [{ id, path: ['Resources', key, ...from], resource, looped: true }] : [],
  );
}

const taken = (id: string, loop: string, place: Place): Problem => ({
  subject: id,
  message: `${loop} makes ${id}, which is there already`,
  place,
  next: 'Rename one of them.',
});

/** Whether items of one loop differ in what their code is made of. */
function hasOwnCode(made: readonly DeclaredResource[], describe: Describe): boolean {
  const known = new Map<string, string>();
  return made.some((each) => {
    const pattern = JSON.stringify(each.path);
    const described = JSON.stringify(describe(each) ?? null);
    if (!known.has(pattern)) known.set(pattern, described);
    return known.get(pattern) !== described;
  });
}

/** The edited template; what was written out is found where its loop is. */
function placedAs(
  document: TemplateDocument,
  edits: readonly TemplateEdit[],
  origins: ReadonlyMap<string, TemplatePath>,
): TemplateDocument {
  const locate: TemplateDocument['locate'] = (path) => {
    const [section, id] = path;
    const origin = section === 'Resources' ? origins.get(String(id)) : undefined;
    return document.locate(origin ? [...origin, ...path.slice(2)] : path);
  };
  return { ...editTemplate(withoutAliases(document), edits), locate };
}

/** An edited template whose values are where they were. */
export const editedInPlace = (
  document: TemplateDocument,
  edits: readonly TemplateEdit[],
): TemplateDocument =>
  edits.length === 0
    ? document
    : { ...editTemplate(withoutAliases(document), edits), locate: document.locate };
