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
export function* references(value: Json, path: TemplatePath = []): Generator<Reference> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* references(item, [...path, index]);
    return;
  }
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  const argument = only === undefined ? undefined : value[only];
  if (only !== undefined && argument !== undefined) {
    const found = [...intrinsic(only, argument, path)];
    yield* found;
    if (only === 'Fn::Sub') {
      if (Array.isArray(argument) && argument[1] !== undefined)
        yield* references(argument[1], [...path, only, 1]);
      return;
    }
    if (found.length > 0 && (only === 'Ref' || only === 'Condition')) return;
  }
  for (const key of keys) yield* references(value[key] ?? null, [...path, key]);
}

function* intrinsic(key: string, argument: Json, path: TemplatePath): Generator<Reference> {
  if (key === 'Ref' && typeof argument === 'string') yield { kind: 'Ref', name: argument, path };
  if (key === 'Condition' && typeof argument === 'string')
    yield { kind: 'Condition', name: argument, path: [...path, key] };
  if (key === 'Fn::If' && Array.isArray(argument) && typeof argument[0] === 'string') {
    yield { kind: 'Condition', name: argument[0], path };
  }
  if (key === 'Fn::FindInMap' && Array.isArray(argument) && typeof argument[0] === 'string') {
    yield { kind: 'FindInMap', name: argument[0], path };
  }
  if (key === 'Fn::GetAtt') {
    const [name, attribute] =
      typeof argument === 'string' ? splitOnce(argument) : Array.isArray(argument) ? argument : [];
    if (typeof name === 'string') {
      yield { kind: 'GetAtt', name, path, ...(typeof attribute === 'string' && { attribute }) };
    }
  }
  if (key === 'Fn::Sub') {
    const [text, variables] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return;
    const local = isObject(variables) ? new Set(Object.keys(variables)) : new Set<string>();
    for (const name of subVariables(text)) {
      if (local.has(name)) continue;
      const [id, attribute] = splitOnce(name);
      if (attribute === undefined) yield { kind: 'Ref', name: id, path };
      else yield { kind: 'GetAtt', name: id, attribute, path };
    }
  }
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
