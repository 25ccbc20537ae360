import { type Reference, references } from './references.ts';
import { isObject, type JsonObject, type Template, type TemplatePath } from './types.ts';

/** References of everything that CloudFormation resolves, `DependsOn` and `Condition` keys included. */
export function* templateReferences(template: Template): Generator<Reference> {
  for (const section of ['Conditions', 'Rules', 'Outputs'] as const) {
    for (const [name, value] of Object.entries(isObject(template[section]) ? template[section] : {})) {
      yield* references(value, [section, name]);
      if (isObject(value) && section === 'Outputs') yield* ownCondition(value, [section, name]);
    }
  }
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (isObject(resource)) yield* resourceReferences(id, resource);
  }
}

/** What one resource refers to. */
export function* resourceReferences(id: string, resource: JsonObject): Generator<Reference> {
  const path = ['Resources', id];
  yield* ownCondition(resource, path);
  const after = resource.DependsOn;
  for (const name of Array.isArray(after) ? after : after === undefined ? [] : [after]) {
    if (typeof name === 'string') yield { kind: 'DependsOn', name, path: [...path, 'DependsOn'] };
  }
  // Policies keep a `Condition` of their own that is no reference; only maps with that single key are one.
  for (const key of ['Properties', 'CreationPolicy', 'UpdatePolicy'] as const) {
    for (const reference of references(resource[key] ?? null, [...path, key])) {
      if (reference.kind !== 'Condition' || reference.path.at(-1) !== 'Condition') yield reference;
    }
  }
}

function* ownCondition(value: JsonObject, path: TemplatePath): Generator<Reference> {
  if (typeof value.Condition === 'string')
    yield { kind: 'Condition', name: value.Condition, path: [...path, 'Condition'] };
}
