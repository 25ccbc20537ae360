import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { type IntrinsicTerm, parseIntrinsic } from './intrinsic-parse.ts';
import { expressionIn } from './jsonata.ts';
import { parsePath } from './path-parse.ts';

/**
 * The variables that each state refers to, by the names of states; of states in maps and branches as well, and without
 * those that refer to none.
 *
 * Source: AWS Step Functions API reference, DescribeStateMachine, "variableReferences".
 */
export function variableReferences(definition: JsonObject): Readonly<Record<string, readonly string[]>> {
  const states = statesOf(definition, definition.QueryLanguage);
  const assigned = new Set(states.flatMap(({ own }) => [...assignedIn(own)]));
  const found: Record<string, readonly string[]> = {};
  for (const { name, own, language } of states) {
    const names = language === 'JSONata' ? inExpressions(own, assigned) : inPaths(own);
    if (names.size > 0) found[name] = [...names].sort();
  }
  return found;
}

interface NamedState {
  readonly name: string;
  /** Without the states in it. */
  readonly own: JsonObject;
  readonly language: Json | undefined;
}

function statesOf(part: JsonObject, language: Json | undefined): NamedState[] {
  return Object.entries(isObject(part.States) ? part.States : {}).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const { ItemProcessor, Iterator, Branches, ...own } = state;
    const inner = [ItemProcessor, Iterator, ...(Array.isArray(Branches) ? Branches : [])].filter(isObject);
    return [
      { name, own, language: own.QueryLanguage ?? language },
      ...inner.flatMap((each) => statesOf(each, language)),
    ];
  });
}

/** Names in every `Assign` of a state: its own, and those of its catchers and choices. */
function assignedIn(value: Json): Set<string> {
  const names = new Set<string>();
  if (Array.isArray(value)) for (const item of value) for (const name of assignedIn(item)) names.add(name);
  if (!isObject(value)) return names;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'Assign' && isObject(item))
      for (const name of Object.keys(item)) names.add(name.replace(/\.\$$/, ''));
    else for (const name of assignedIn(item ?? null)) names.add(name);
  }
  return names;
}

/** Fields that are templates, where paths are behind keys that end in `.$`, whatever else these are called. */
const TEMPLATES = new Set([
  'Parameters',
  'ResultSelector',
  'ItemSelector',
  'Assign',
  'BatchInput',
  'Credentials',
]);

/** Variables in the paths and intrinsic functions of a state. */
function inPaths(own: JsonObject): Set<string> {
  const names = new Set<string>();
  const look = (value: Json, isTemplate: boolean): void => {
    if (Array.isArray(value)) for (const item of value) look(item, isTemplate);
    if (!isObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || (key === 'Result' && !isTemplate)) continue;
      const isPath = isTemplate ? key.endsWith('.$') : key === 'Variable' || /(?<!^Result)Path$/.test(key);
      if (typeof item !== 'string') look(item, isTemplate || TEMPLATES.has(key));
      else if (isPath) for (const name of rootsOf(item)) names.add(name);
    }
  };
  look(own, false);
  return names;
}

/** Variables in a path or in the call of an intrinsic function. */
function rootsOf(text: string): readonly string[] {
  try {
    return text.startsWith('$') ? rootOf(text) : inTerm(parseIntrinsic(text));
  } catch (error) {
    // What is wrong is told when it runs.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

const inTerm = (term: IntrinsicTerm): readonly string[] =>
  term.kind === 'call' ? term.terms.flatMap(inTerm) : term.kind === 'path' ? rootOf(term.path) : [];

function rootOf(path: string): readonly string[] {
  const { root } = parsePath(path);
  return root === '' || root === '$' ? [] : [root];
}

/** Texts, quoted names and comments of JSONata, where a `$` means nothing. */
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`|\/\*[\s\S]*?\*\//g;

/** Variables of the machine in the expressions of a state: functions, and what an expression binds itself, are none. */
function inExpressions(value: Json, assigned: ReadonlySet<string>): Set<string> {
  if (typeof value === 'string') {
    const plain = (expressionIn(value) ?? '').replace(QUOTED, ' ');
    const bound = new Set(
      [
        ...plain.matchAll(/\$(\w+)\s*:=/g),
        ...[...plain.matchAll(/(?:function|λ)\s*\(([^)]*)\)/g)].flatMap(([, names = '']) => [
          ...names.matchAll(/\$(\w+)/g),
        ]),
      ].map(([, name = '']) => name),
    );
    // Values of variables are JSON: what is called is a function.
    const used = [...plain.matchAll(/\$([A-Za-z_]\w*)(?!\w|\s*\()/g)].map(([, name = '']) => name);
    return new Set(used.filter((name) => assigned.has(name) && !bound.has(name)));
  }
  const items = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return new Set(items.flatMap((item) => [...inExpressions(item ?? null, assigned)]));
}
