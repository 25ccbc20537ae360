import type { Problem } from '../../problem.ts';
import { type Reference, references } from '../references.ts';
import { isObject } from '../types.ts';
import { circles } from './circles.ts';
import type { Judged } from './judged.ts';

/** Circles of resources that wait for one another. */
export function* cycleProblems(
  { template, locate }: Judged,
  references: readonly Reference[],
): Generator<Problem> {
  const waitsFor = new Map<string, Set<string>>();
  for (const { kind, name, path } of references) {
    const [section, id] = path;
    if (section !== 'Resources' || kind === 'Condition' || kind === 'FindInMap') continue;
    if (typeof id !== 'string' || !Object.hasOwn(template.Resources, name)) continue;
    const names = waitsFor.get(id) ?? new Set();
    waitsFor.set(id, names.add(name));
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
export function* conditionCycleProblems({ template, locate }: Judged): Generator<Problem> {
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
