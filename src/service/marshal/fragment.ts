import { canonicalJson } from '../../hash/canonical.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import { isObject, type Json, type JsonObject, type Template } from '../../template/types.ts';

/** A part of a template. */
export interface Fragment {
  readonly Resources: Readonly<Record<string, JsonObject>>;
  readonly Outputs?: Readonly<Record<string, JsonObject>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Parameters?: Readonly<Record<string, JsonObject>>;
  readonly Mappings?: Readonly<Record<string, JsonObject>>;
}

/** A fragment, and who made it, for messages: `function hello`, `lambda decorator alarms of hello`. */
export interface Contribution {
  readonly from: string;
  readonly fragment: Fragment | Template;
}

/** Who made an entry, or what it is part of. */
function ownerOf(owners: ReadonlyMap<string, string>, at: string): string {
  for (let path = at; ; path = path.slice(0, path.lastIndexOf('.'))) {
    const owner = owners.get(path);
    if (owner !== undefined || !path.includes('.')) return owner ?? 'the service';
  }
}

/** Sections whose entries are merged; of the others there is one value. */
const SECTIONS = [
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
  'Rules',
  'Metadata',
] as const;
const SINGLE = ['Transform', 'Description', 'AWSTemplateFormatVersion'] as const;

/**
 * Joins contributions into one template. The same entry from two sides is fine when both say the same. A resource
 * without a type adds to one that came before.
 *
 * @throws ProblemError with every entry that two sides want differently, naming both
 */
export function mergeFragments(contributions: readonly Contribution[]): Template {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  const template: Template = { AWSTemplateFormatVersion: '2010-09-09', Resources: {} };
  owners.set('AWSTemplateFormatVersion', 'the service');

  const put = (target: JsonObject, key: string, value: Json, at: string, from: string): void => {
    const before = Object.hasOwn(target, key) ? target[key] : undefined;
    if (before === undefined) {
      target[key] = value;
      owners.set(at, from);
    } else if (canonicalJson(before) !== canonicalJson(value)) {
      problems.push({
        subject: key,
        message: `${ownerOf(owners, at)} and ${from} both define ${at}, differently`,
        next: 'Give one of them another name.',
      });
    }
  };

  // Each entry of a map is decided on its own; lists and values are what they are.
  const addTo = (target: JsonObject, addition: JsonObject, at: string, from: string): void => {
    for (const [key, value] of Object.entries(addition)) {
      const before = Object.hasOwn(target, key) ? target[key] : undefined;
      if (isObject(before) && isObject(value)) addTo(before, value, `${at}.${key}`, from);
      else put(target, key, value, `${at}.${key}`, from);
    }
  };

  for (const { from, fragment } of contributions) {
    const sections = fragment as JsonObject;
    for (const name of SINGLE) {
      const value = sections[name];
      if (value !== undefined) put(template, name, value, name, from);
    }
    for (const name of SECTIONS) {
      const section = sections[name];
      if (!isObject(section)) continue;
      const target = (template[name] ?? {}) as JsonObject;
      template[name] = target;
      for (const [key, value] of Object.entries(section)) {
        const before = Object.hasOwn(target, key) ? target[key] : undefined;
        const at = `${name}.${key}`;
        if (name === 'Resources' && isObject(value) && value.Type === undefined && isObject(before)) {
          const changed = structuredClone(before);
          target[key] = changed;
          addTo(changed, value, at, from);
        } else put(target, key, value, at, from);
      }
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return template;
}
