import { isObject, type Json, type Template, type TemplatePath } from '../types.ts';
import { isLoop } from '../values/loops.ts';

/** A call of a function. */
export interface FoundCall {
  readonly name: string;
  /** A text alone is a list of one. */
  readonly argument: readonly Json[];
  /** Of the function. */
  readonly path: TemplatePath;
  /** What has to come out of which conditions for the call to be made. */
  readonly conditions: readonly Met[];
}

interface Met {
  readonly name: string;
  readonly met: boolean;
}

/** Whether a call is looked for, by its function and argument. */
type IsMeant = (name: string, argument: readonly Json[]) => boolean;

/**
 * All calls of some functions, but for those in loops, and in what SAM makes of its own resources.
 *
 * @param isMeant asked of each, before anything is made for it: there may be many
 */
export function callsIn(
  { Conditions, Outputs, Resources }: Template,
  names: ReadonlySet<string>,
  isMeant: IsMeant = () => true,
): readonly FoundCall[] {
  const finder = new Finder(names, isMeant);
  if (Conditions !== undefined) finder.within(Conditions, ['Conditions'], []);
  for (const [section, entries] of [
    ['Outputs', Outputs],
    ['Resources', Resources],
  ] as const) {
    for (const [id, entry] of Object.entries(isObject(entries) ? entries : {})) {
      if (!isObject(entry) || isLoop(id)) continue;
      const conditions = typeof entry.Condition === 'string' ? [{ name: entry.Condition, met: true }] : [];
      for (const key of section === 'Outputs' ? ['Value', 'Export'] : ['Properties'])
        finder.within(entry[key] ?? null, [section, id, key], conditions);
    }
  }
  return finder.found;
}

class Finder {
  readonly found: FoundCall[] = [];
  readonly #names: ReadonlySet<string>;
  readonly #isMeant: IsMeant;
  /** One path that grows and shrinks. */
  #at: (string | number)[] = [];
  #conditions: readonly Met[] = [];

  constructor(names: ReadonlySet<string>, isMeant: IsMeant) {
    this.#names = names;
    this.#isMeant = isMeant;
  }

  within(value: Json, path: TemplatePath, conditions: readonly Met[]): void {
    this.#at = [...path];
    this.#conditions = conditions;
    this.#walk(value);
  }

  #below(step: string | number, value: Json): void {
    if (typeof value !== 'object' || value === null) return;
    this.#at.push(step);
    this.#walk(value);
    this.#at.pop();
  }

  #walk(value: Json): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) this.#below(index, value[index] ?? null);
      return;
    }
    if (!isObject(value)) return;
    for (const key of Object.keys(value)) {
      const item = value[key] ?? null;
      if (isLoop(key)) continue;
      const isCall = this.#names.has(key) && (Array.isArray(item) || typeof item === 'string');
      const argument = isCall ? [item].flat() : undefined;
      if (argument && this.#isMeant(key, argument))
        this.found.push({
          name: key,
          argument,
          path: [...this.#at, key],
          conditions: this.#conditions,
        });
      if (key === 'Fn::If' && Array.isArray(item) && typeof item[0] === 'string')
        this.#branches(item[0], item);
      else this.#below(key, item);
    }
  }

  #branches(name: string, argument: readonly Json[]): void {
    const conditions = this.#conditions;
    this.#at.push('Fn::If');
    for (const [index, met] of [true, false].entries()) {
      this.#conditions = [...conditions, { name, met }];
      this.#below(index + 1, argument[index + 1] ?? null);
    }
    this.#at.pop();
    this.#conditions = conditions;
  }
}
