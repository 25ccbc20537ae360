import { changedPicture, type ResourceChanges } from '../../../picture/changes.ts';
import { pictureOf } from '../../../picture/graph/index.ts';
import { NESTED } from '../../../picture/graph/scope.ts';
import type { Picture, PictureChange, PictureSource } from '../../../picture/types.ts';
import { ProblemError } from '../../../problem.ts';
import type { StackReport } from '../../../report/model.ts';
import { constructNames } from '../../../template/diff/construct-names.ts';
import type { ResourceDiff, TemplateDiff } from '../../../template/diff/types.ts';
import { isObject, type Template } from '../../../template/types.ts';
import { effectiveTemplate } from '../../../template/values/effective.ts';
import { asWritten } from '../../../template/values/resolved.ts';
import { yamlText } from '../../../template/write/yaml-text.ts';
import type { Level } from './level.ts';
import { RefusedTemplate } from './made.ts';

/** What is told of a stack beside its templates. */
interface Told {
  /** The construct path of the stack itself. */
  readonly displayName: string | undefined;
  readonly codeSizes: Readonly<Record<string, number>>;
}

/** The two sides of a comparison, and what came out of it. */
export interface DrawnSides {
  readonly before: Level | undefined;
  readonly after: Level;
  /** `undefined`: nothing was compared, and nothing is marked. */
  readonly diff: TemplateDiff | undefined;
}

/** The stack in one picture, with what changes in it, and the texts of its resources. */
export async function drawLevels(
  { before, after, diff }: DrawnSides,
  told: Told,
): Promise<Pick<StackReport, 'picture' | 'resourceTexts'>> {
  const now = await sourceOf(after, told);
  if (!diff) return { picture: pictureOf(now), resourceTexts: textsOf(now) };
  const changed = changesOf(diff);
  const then = before && (await sourceOf(before, { ...told, codeSizes: {} }, { changed, now }));
  const picture: Picture = changedPicture(then && pictureOf(then), pictureOf(now), changed);
  return { picture, resourceTexts: { ...(then && textsOf(then)), ...textsOf(now) } };
}

/** A nested stack that does not change is what it will be: nobody is asked for it again. */
interface Unchanged {
  readonly changed: ResourceChanges;
  readonly now: PictureSource;
}

async function sourceOf(level: Level, told: Told, same?: Unchanged, prefix = ''): Promise<PictureSource> {
  const { made, known } = level;
  const template = effectiveTemplate({
    template: made.kind === 'made' ? made.template : level.template,
    known,
  });
  const children = new Map<string, PictureSource>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) || resource.Type !== NESTED) continue;
    const there = same?.now.children.get(id);
    if (there && !same?.changed.has(`${prefix}${id}`)) {
      children.set(id, there);
      continue;
    }
    const properties = isObject(resource.Properties) ? resource.Properties : {};
    const child = await level.child(id, properties).catch((error: unknown) => {
      // Whoever compares the stack says why it cannot be read.
      if (error instanceof ProblemError && !(error instanceof RefusedTemplate)) return undefined;
      throw error;
    });
    if (!child) continue;
    const inside = same && there && { changed: same.changed, now: there };
    children.set(id, await sourceOf(child, { ...told, codeSizes: {} }, inside, `${prefix}${id}.`));
  }
  return { template, names: constructNames(template, told.displayName), codeSizes: told.codeSizes, children };
}

const changesOf = ({ resources }: TemplateDiff): ResourceChanges =>
  new Map(resources.map((each) => [each.logicalId, changeOf(each)]));

function changeOf(resource: ResourceDiff): PictureChange {
  if (resource.kind === 'removed') return 'removed';
  if (resource.kind === 'added') return resource.movedFrom === undefined ? 'added' : 'changed';
  return resource.impact === 'replace' ? 'replaced' : 'changed';
}

/** By logical ID, as YAML. */
function textsOf({ template, children }: PictureSource, prefix = ''): Readonly<Record<string, string>> {
  const own = resourcesOf(template).map(([id, resource]) => [
    `${prefix}${id}`,
    yamlText(asWritten(resource)).trimEnd(),
  ]);
  const inner = [...children].flatMap(([id, child]) => Object.entries(textsOf(child, `${prefix}${id}.`)));
  return Object.fromEntries([...own, ...inner]);
}

const resourcesOf = ({ Resources }: Template) => Object.entries(Resources);
