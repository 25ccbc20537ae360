import { diffTemplates, type TemplateDiff } from './diff.ts';
import { changedNames, comparable, effectiveTemplate } from './effective.ts';
import type { KnownTemplate } from './known-value.ts';
import type { Template } from './types.ts';

/** What changes, and the two sides in the form in which they were compared. */
export interface Comparison {
  readonly diff: TemplateDiff;
  readonly before: Template | undefined;
  readonly after: Template;
}

/**
 * What would change between two templates with the values of their parameters.
 *
 * @param before `undefined`: everything is new
 */
export function compareTemplates(before: KnownTemplate | undefined, after: KnownTemplate): Comparison {
  if (!before) {
    const all = effectiveTemplate(after);
    return { diff: diffTemplates(undefined, all), before: undefined, after: all };
  }
  const pair = comparable(before, after);
  const [old, now] = [effectiveTemplate(pair.before), effectiveTemplate(pair.after)];
  return { diff: diffTemplates(old, now, changedNames(pair.before, pair.after)), before: old, after: now };
}
