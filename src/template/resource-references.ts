import { type Reference, references } from './references.ts';
import { isObject, type JsonObject, type Template, type TemplatePath } from './types.ts';

/** References of everything that CloudFormation resolves, `DependsOn` and `Condition` keys included. */
export function templateReferences(template: Template): Reference[] {
  const found: Reference[] = [];
  for (const section of ['Conditions', 'Rules', 'Outputs'] as const) {
    const entries = template[section];
    if (!isObject(entries)) continue;
    for (const name of Object.keys(entries)) {
      const value = entries[name] ?? null;
      found.push(...references(value, [section, name]));
      if (isObject(value) && section === 'Outputs') found.push(...ownCondition(value, [section, name]));
    }
  }
  for (const id of Object.keys(template.Resources)) {
    const resource = template.Resources[id];
    if (isObject(resource)) found.push(...resourceReferences(id, resource));
  }
  return found;
}

/** What one resource refers to. */
function resourceReferences(id: string, resource: JsonObject): Reference[] {
  const path = ['Resources', id];
  const found = ownCondition(resource, path);
  const after = resource.DependsOn;
  for (const name of Array.isArray(after) ? after : after === undefined ? [] : [after]) {
    if (typeof name === 'string') found.push({ kind: 'DependsOn', name, path: [...path, 'DependsOn'] });
  }
  // Policies keep a `Condition` of their own that is no reference; only maps with that single key are one.
  for (const key of ['Properties', 'CreationPolicy', 'UpdatePolicy'] as const) {
    const value = resource[key];
    if (typeof value !== 'object') continue;
    for (const reference of references(value, [...path, key])) {
      if (reference.kind !== 'Condition' || reference.path.at(-1) !== 'Condition') found.push(reference);
    }
  }
  return found;
}

const ownCondition = ({ Condition }: JsonObject, path: TemplatePath): Reference[] =>
  typeof Condition === 'string' ? [{ kind: 'Condition', name: Condition, path: [...path, 'Condition'] }] : [];
