import type { StackAssembly } from '../../../assembly/types.ts';
import { deprecatedFrom, RUNTIMES } from '../../../runtimes.ts';
import { functionsOf } from '../../../template/assets/code-location.ts';
import type { TemplateDiff } from '../../../template/diff/types.ts';
import { withGlobals } from '../../../template/values/globals.ts';
import { closest } from '../../../text/closest.ts';

/**
 * Functions whose runtime Lambda does not know, or is about to take no more, where they are new or the runtime is: who
 * changes neither has been told before.
 *
 * @param today as `2026-11-30`
 */
export function runtimeNotes(
  { template: { template } }: StackAssembly,
  { resources }: Pick<TemplateDiff, 'resources'>,
  today: string,
): readonly string[] {
  const changed = new Set(
    resources
      .filter(
        (each) =>
          each.kind === 'added' ||
          (each.kind === 'changed' && each.changes.some(({ path }) => path === 'Properties.Runtime')),
      )
      .map(({ logicalId }) => logicalId),
  );
  return functionsOf(template).flatMap(([id]) => {
    const { Runtime: runtime } = withGlobals(template, id);
    if (typeof runtime !== 'string' || !changed.has(id)) return [];
    if (!RUNTIMES.includes(runtime)) {
      const current = RUNTIMES.filter((each) => (deprecatedFrom(each) ?? today) >= today);
      const meant = closest(runtime, current);
      return [
        `${id}: the runtime ${runtime} is not known here, and Lambda refuses one that it does not know.${meant ? ` Write ${meant} if that is meant.` : ''}`,
      ];
    }
    const date = deprecatedFrom(runtime);
    return date === undefined || date > today
      ? []
      : [
          `${id}: the runtime ${runtime} is deprecated since ${date}: Lambda patches it no more, and later refuses to create or update its functions. Move to a newer one.`,
        ];
  });
}
