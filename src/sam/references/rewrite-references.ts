import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { fillSub } from './resolve.ts';

/** A name without parts of its own. */
const isPlain = (name: Json | undefined): name is string => typeof name === 'string' && !name.includes('.');

/**
 * Writes logical IDs of generated resources where the author names a part of a SAM resource (`!Ref Fn.Alias`), or one
 * whose logical ID became another. In place, in one walk over the template.
 */
export function rewriteReferences(template: JsonObject, { references, renamed }: Build): void {
  if (references.size === 0 && renamed.size === 0) return;
  const newName = (name: string): string => renamed.get(name) ?? name;

  const visit = (value: Json): Json => {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item = value[index];
        if (typeof item === 'object' && item !== null) visit(item);
      }
      return value;
    }
    if (!isObject(value)) return value;
    let count = 0;
    let only = '';
    for (const key in value) {
      count++;
      only = key;
      if (key === 'DependsOn' && renamed.size > 0) value[key] = dependsOn(value[key] ?? null);
      const item = value[key];
      if (typeof item === 'object' && item !== null) visit(item);
    }
    if (count === 1) rewriteCall(value, only);
    return value;
  };

  const dependsOn = (value: Json): Json => {
    if (typeof value === 'string') return newName(value);
    return Array.isArray(value)
      ? value.map((item) => (typeof item === 'string' ? newName(item) : item))
      : value;
  };

  /** @param name its only key */
  const rewriteCall = (call: JsonObject, name: string): void => {
    if (name === 'Ref') {
      if (typeof call.Ref === 'string') call.Ref = target(call.Ref);
    } else if (name === 'Fn::GetAtt') call[name] = attribute(call[name] ?? null);
    else if (name === 'Fn::Sub' && mayName(call[name])) fillSub(call, variable);
  };

  /** Where nothing became another, only what has a dot is a part of something. */
  const mayName = (argument: Json | undefined): boolean => {
    const text = Array.isArray(argument) ? argument[0] : argument;
    return renamed.size > 0 || (typeof text === 'string' && text.includes('.'));
  };

  /** What a `Ref` comes to. */
  const target = (name: string): string => {
    const dot = name.indexOf('.');
    if (dot < 0) return newName(name);
    return references.get(name.slice(0, dot), name.slice(dot + 1)) ?? name;
  };

  const attribute = (argument: Json): Json => {
    if (!Array.isArray(argument) || argument.length < 2) return argument;
    const [first, second] = argument;
    if (isPlain(first) && isPlain(second) && argument.length === 2) {
      const name = newName(first);
      const made = references.get(name, second);
      if (made !== undefined) return [made];
      return name === first ? argument : [name, second];
    }
    if (!argument.every((item) => typeof item === 'string')) return argument;
    const [name = '', ...steps] = argument.join('.').split('.');
    const renamedTo = renamed.get(name);
    const parts = renamedTo === undefined ? argument : [renamedTo, ...steps];
    const [logicalId = '', part = '', ...rest] = parts.join('.').split('.');
    const made = references.get(logicalId, part);
    return made === undefined ? parts : [made, ...rest];
  };

  const variable = (whole: string, name: string): string => {
    const [logicalId = ''] = name.split('.');
    const renamedTo = renamed.get(logicalId);
    const named = renamedTo === undefined ? whole : whole.replaceAll(logicalId, renamedTo);
    const [owner = '', part] = named.slice(2, -1).split('.');
    const made = part === undefined ? undefined : references.get(owner, part);
    return made === undefined ? named : named.replaceAll(`${owner}.${part}`, made);
  };

  visit(template);
}
