import jsonata from 'jsonata';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { parseIntrinsic } from '../language/intrinsic-parse.ts';
import { expressionIn } from '../language/jsonata.ts';
import { parsePath } from '../language/path-parse.ts';

/** Parts of a state that are states themselves, and are looked at as such. */
const INNER = ['ItemProcessor', 'Iterator', 'Branches'];
/** Fields that are what they are, whatever is in them. */
const PLAIN = ['Comment', 'Result'];

/**
 * What is wrong with the paths, calls of intrinsic functions and JSONata expressions of a state. Step Functions reads all of them
 * before it takes a definition.
 *
 * @param at where the state is: `/States/It`
 */
export function expressionProblems(state: JsonObject, at: string, isJsonata: boolean): string[] {
  const own = Object.entries(state).filter(([name]) => !INNER.includes(name) && !PLAIN.includes(name));
  return own.flatMap(([name, value]) =>
    isJsonata ? inExpressions(value ?? null, `${at}/${name}`) : inPaths([name, value ?? null], at),
  );
}

const PATHS = ['InputPath', 'OutputPath', 'ItemsPath'];
/** What `ResultPath` may be is less: one place. */
const REFERENCES = ['ResultPath'];
const TEMPLATES = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'BatchInput'];

function inPaths([name, value]: readonly [name: string, value: Json], at: string): string[] {
  const schema = (message: string): string => `SCHEMA_VALIDATION_FAILED: ${message} at ${at}/${name}`;
  if (TEMPLATES.includes(name)) return inTemplate(value, `${at}/${name}`);
  if (PATHS.includes(name) || REFERENCES.includes(name)) {
    if (value === null && name !== 'ItemsPath') return [];
    if (typeof value !== 'string' || !isPath(value)) return [schema('Value is not a valid JSONPath')];
    return REFERENCES.includes(name) && !parsePath(value).definite
      ? [schema('Value is not a Reference Path')]
      : [];
  }
  if (Array.isArray(value))
    return value.flatMap((each, index) =>
      isObject(each)
        ? Object.entries(each).flatMap(([key, inner]) =>
            inPaths([key, inner ?? null], `${at}/${name}[${index}]`),
          )
        : [],
    );
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => inPaths([key, inner ?? null], `${at}/${name}`));
}

function inTemplate(value: Json, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => inTemplate(each, at));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (!key.endsWith('.$')) return inTemplate(inner ?? null, `${at}/${key}`);
    return typeof inner === 'string' && (isPath(inner) || isCall(inner))
      ? []
      : [
          `SCHEMA_VALIDATION_FAILED: The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call at ${at}`,
        ];
  });
}

function isPath(text: string): boolean {
  // A call may stand for a path where its value is one.
  if (isCall(text)) return true;
  try {
    parsePath(text);
    return true;
  } catch {
    return false;
  }
}

function isCall(text: string): boolean {
  if (!text.startsWith('States.')) return false;
  try {
    parseIntrinsic(text);
    return true;
  } catch {
    return false;
  }
}

function inExpressions(value: Json, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => inExpressions(each, `${at}[${index}]`));
  if (isObject(value))
    return Object.entries(value).flatMap(([key, inner]) => inExpressions(inner ?? null, `${at}/${key}`));
  const expression = typeof value === 'string' ? expressionIn(value) : undefined;
  if (expression === undefined) return [];
  let parsed: Part;
  try {
    parsed = jsonata(expression).ast() as unknown as Part;
  } catch (error) {
    const { message } = error as { message?: string };
    return [`INVALID_JSONATA_EXPRESSION: ${message ?? 'The expression cannot be read'} at ${at}`];
  }
  return topNames(parsed).map(
    (name) =>
      `UNSUPPORTED_JSONATA_EXPRESSION: Reference to '${name}' at the top level is not supported. at ${at}`,
  );
}

/** A part of an expression, as the library parses it; as much of it as is looked at. */
interface Part {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Part[];
  readonly [name: string]: unknown;
}

/**
 * Names that would be looked up in the input of the whole expression, which is nothing: all else begins with `$states` or a
 * variable. Measured by floci-io/floci (issue 2670).
 */
function topNames(part: Part): string[] {
  if (part.type === 'path') return firstNames(part.steps?.[0]);
  if (part.type === 'name') return [String(part.value)];
  return PARTS.flatMap((name) => partsIn(part[name])).flatMap(topNames);
}

/** What comes after the first step, and in its predicates, is looked up in what the step before leads to. */
const firstNames = (step: Part | undefined): string[] => (step ? topNames(step) : []);

/** What of a part is evaluated with the same input. */
const PARTS = [
  'lhs',
  'rhs',
  'expression',
  'expressions',
  'condition',
  'then',
  'else',
  'arguments',
  'procedure',
  'body',
];

/** Entries of maps are lists of two. */
const partsIn = (value: unknown): Part[] => {
  if (Array.isArray(value)) return value.flatMap(partsIn);
  return isObject(value) ? [value as unknown as Part] : [];
};
