import { isObject, type Json, type TemplatePath } from './types.ts';

/** A mention of something that the template declares elsewhere. */
export interface Reference {
  readonly kind: 'Ref' | 'GetAtt' | 'Condition' | 'FindInMap' | 'DependsOn';
  /** The logical ID, parameter, condition or mapping. */
  readonly name: string;
  /** Of a GetAtt. */
  readonly attribute?: string;
  readonly path: TemplatePath;
}

/** Every reference below a value, `${...}` in `Fn::Sub` included; names that are themselves computed are left out. */
export function references(value: Json, path: TemplatePath = []): readonly Reference[] {
  const found: Reference[] = [];
  // One path that grows and shrinks: there are many more values than references.
  const at = [...path];
  const below = (step: string | number, item: Json): void => {
    at.push(step);
    walk(item);
    at.pop();
  };
  const walk = (each: Json): void => {
    if (typeof each !== 'object' || each === null) return;
    if (Array.isArray(each)) {
      for (let index = 0; index < each.length; index++) {
        const item = each[index];
        if (typeof item === 'object') below(index, item);
      }
      return;
    }
    const keys = Object.keys(each);
    const only = keys.length === 1 ? keys[0] : undefined;
    const argument = only === undefined ? undefined : each[only];
    if (only !== undefined && argument !== undefined) {
      const named = intrinsic(only, argument, at);
      if (named.length > 0) found.push(...named);
      if (only === 'Fn::Sub') {
        const variables = Array.isArray(argument) ? argument[1] : undefined;
        if (variables !== undefined) found.push(...references(variables, [...at, only, 1]));
        return;
      }
      if (named.length > 0 && (only === 'Ref' || only === 'Condition')) return;
    }
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      const item = each[key];
      // Most values are scalars: not even a call is spent on them.
      if (typeof item === 'object') below(key, item);
    }
  };
  walk(value);
  return found;
}

const NONE: readonly Reference[] = [];

function intrinsic(key: string, argument: Json, at: TemplatePath): readonly Reference[] {
  if (key === 'Ref')
    return typeof argument === 'string' ? [{ kind: 'Ref', name: argument, path: [...at] }] : [];
  if (key === 'Condition')
    return typeof argument === 'string' ? [{ kind: 'Condition', name: argument, path: [...at, key] }] : [];
  if (key === 'Fn::If' || key === 'Fn::FindInMap') {
    const name = Array.isArray(argument) ? argument[0] : undefined;
    const kind = key === 'Fn::If' ? 'Condition' : 'FindInMap';
    return typeof name === 'string' ? [{ kind, name, path: [...at] }] : [];
  }
  if (key === 'Fn::GetAtt') {
    const [name, attribute] =
      typeof argument === 'string' ? splitOnce(argument) : Array.isArray(argument) ? argument : [];
    if (typeof name !== 'string') return NONE;
    const path = at.slice();
    return [
      typeof attribute === 'string'
        ? { kind: 'GetAtt', name, path, attribute }
        : { kind: 'GetAtt', name, path },
    ];
  }
  if (key !== 'Fn::Sub') return NONE;
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return [];
  const local = isObject(variables) ? new Set(Object.keys(variables)) : new Set<string>();
  return subVariables(text).flatMap((name): Reference[] => {
    if (local.has(name)) return [];
    const [id, attribute] = splitOnce(name);
    const path = [...at];
    return attribute === undefined
      ? [{ kind: 'Ref', name: id, path }]
      : [{ kind: 'GetAtt', name: id, attribute, path }];
  });
}

/** The variables of a `Fn::Sub` text; `${!Literal}` is none. */
export function subVariables(text: string): string[] {
  return [...text.matchAll(/\$\{\s*([^!{}][^{}]*?)\s*\}/g)].map((match) => match[1] ?? '');
}

function splitOnce(text: string): [string, string | undefined] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** The property whose value is computed, given the path of a reference inside of the computation. */
export function propertyPath(path: TemplatePath): TemplatePath {
  const call = path.findIndex((step) => typeof step === 'string' && step.startsWith('Fn::'));
  return call < 0 ? path : path.slice(0, call);
}
