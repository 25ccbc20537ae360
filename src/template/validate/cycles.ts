import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { references } from '../references.ts';
import { resourceReferences } from '../resource-references.ts';
import { isObject } from '../types.ts';
import { circles } from './circles.ts';

/** Circles of resources that wait for one another. */
export function* cycleProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  const waitsFor = new Map<string, Set<string>>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource)) continue;
    const names = [...resourceReferences(id, resource)]
      .filter(
        ({ kind, name }) =>
          kind !== 'Condition' && kind !== 'FindInMap' && Object.hasOwn(template.Resources, name),
      )
      .map(({ name }) => name);
    waitsFor.set(id, new Set(names));
  }
  for (const circle of circles(waitsFor)) {
    const [first = ''] = circle;
    yield {
      subject: first,
      message: `resources wait for one another in a circle: ${[...circle, first].join(' -> ')}`,
      place: locate(['Resources', first]),
      next: 'Remove one of these references.',
    };
  }
}

/** Circles of conditions that are made of one another. */
export function* conditionCycleProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  const madeOf = new Map<string, Set<string>>();
  for (const [name, condition] of Object.entries(isObject(template.Conditions) ? template.Conditions : {})) {
    const named = references(condition).filter(({ kind }) => kind === 'Condition');
    madeOf.set(name, new Set(named.map((each) => each.name)));
  }
  for (const circle of circles(madeOf)) {
    const [first = ''] = circle;
    yield {
      subject: first,
      message: `conditions are made of one another in a circle: ${[...circle, first].join(' -> ')}`,
      place: locate(['Conditions', first]),
      next: 'Remove one of these references.',
    };
  }
}
