import { isObject, type Json, type JsonObject, type TemplatePath } from './types.ts';

/** A mention of something that the template declares elsewhere. */
export interface Reference {
  readonly kind: 'Ref' | 'GetAtt' | 'Condition' | 'FindInMap' | 'DependsOn';
  /** The logical ID, parameter, condition or mapping. */
  readonly name: string;
  /** Of a GetAtt. */
  readonly attribute?: string;
  readonly path: TemplatePath;
}

/**
 * Every reference below a value, `${...}` in `Fn::Sub` included; names that are themselves computed are left out.
 *
 * @param names of what is looked for; everything by default
 */
export function references(
  value: Json,
  path: TemplatePath = [],
  names?: ReadonlySet<string>,
): readonly Reference[] {
  const found: Reference[] = [];
  // One path that grows and shrinks: there are many more values than references.
  if (typeof value === 'object') collect(value, { at: [...path], names, found });
  return found;
}

interface Search {
  /** Where the value stands. */
  readonly at: (string | number)[];
  readonly names: ReadonlySet<string> | undefined;
  readonly found: Reference[];
}

function collect(value: Json[] | JsonObject | null, search: Search): void {
  if (value === null) return;
  const { at } = search;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      // Most values are scalars: not even a call is spent on them.
      if (typeof item !== 'object') continue;
      at.push(index);
      collect(item, search);
      at.pop();
    }
    return;
  }
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  const argument = only === undefined ? undefined : value[only];
  if (only !== undefined && argument !== undefined) {
    note(only, argument, search);
    if (only === 'Fn::Sub') {
      const variables = Array.isArray(argument) ? argument[1] : undefined;
      if (variables !== undefined)
        search.found.push(...references(variables, [...at, only, 1], search.names));
      return;
    }
  }
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const item = value[key];
    if (typeof item !== 'object') continue;
    at.push(key);
    collect(item, search);
    at.pop();
  }
}

/** Notes what a function call refers to by itself. */
function note(key: string, argument: Json, { at, names, found }: Search): void {
  const isMeant = (name: Json | undefined): name is string =>
    typeof name === 'string' && (names === undefined || names.has(name));
  if (key === 'Ref') {
    if (isMeant(argument)) found.push({ kind: 'Ref', name: argument, path: at.slice() });
  } else if (key === 'Condition') {
    if (isMeant(argument)) found.push({ kind: 'Condition', name: argument, path: [...at, key] });
  } else if (key === 'Fn::If' || key === 'Fn::FindInMap') {
    const name = Array.isArray(argument) ? argument[0] : undefined;
    const kind = key === 'Fn::If' ? 'Condition' : 'FindInMap';
    if (isMeant(name)) found.push({ kind, name, path: at.slice() });
  } else if (key === 'Fn::GetAtt') {
    const [name, attribute] =
      typeof argument === 'string' ? splitOnce(argument) : Array.isArray(argument) ? argument : [];
    if (!isMeant(name)) return;
    const path = at.slice();
    found.push(
      typeof attribute === 'string'
        ? { kind: 'GetAtt', name, path, attribute }
        : { kind: 'GetAtt', name, path },
    );
  } else if (key === 'Fn::Sub') {
    const [text, variables] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return;
    for (const variable of subVariables(text)) {
      if (isObject(variables) && Object.hasOwn(variables, variable)) continue;
      const [name, attribute] = splitOnce(variable);
      if (!isMeant(name)) continue;
      const path = at.slice();
      found.push(
        attribute === undefined ? { kind: 'Ref', name, path } : { kind: 'GetAtt', name, attribute, path },
      );
    }
  }
}

const VARIABLE = /\$\{\s*([^!{}][^{}]*?)\s*\}/g;

/** The variables of a `Fn::Sub` text; `${!Literal}` is none. */
export function subVariables(text: string): string[] {
  const found: string[] = [];
  VARIABLE.lastIndex = 0;
  for (let match = VARIABLE.exec(text); match !== null; match = VARIABLE.exec(text))
    found.push(match[1] ?? '');
  return found;
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
