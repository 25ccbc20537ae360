import { type Place, type Problem, ProblemError } from '../../problem.ts';
import { isObject, type Json, type TemplatePath } from '../types.ts';
import { MAX_DEPTH, tooDeep } from './depth.ts';
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  visit,
} from './libraries/jsonc.ts';
import { duplicateKey, type ParsedText, type ParseOptions } from './parsed.ts';
import { lineIndex } from './positions.ts';
import { scanJson } from './scan-json.ts';

/**
 * Reads JSON with positions. The value comes from `JSON.parse`; the syntax tree is made when a place is asked for.
 *
 * @throws ProblemError with every syntax error
 */
export function parseJson(
  text: string,
  file: string,
  { duplicateKeys = 'refuse', isDeployed = false }: ParseOptions = {},
): ParsedText {
  const at = lineIndex(text);
  const place = (offset: number): Place => ({ file, ...at(offset) });
  const { keys, depth, hasLongNumbers } = scanJson(text);
  if (depth > MAX_DEPTH) throw tooDeep({ file });
  let value: Json;
  try {
    value = JSON.parse(text, hasLongNumbers ? keepLongNumbers : undefined) as Json;
  } catch (error) {
    const problems = syntaxProblems(text, place);
    const message = `bad JSON: ${(error as Error).message}`;
    throw new ProblemError(problems.length > 0 ? problems : { message, place: { file } });
  }
  // Of a key that stands in a map twice, the value has one.
  const { all, forbidden } = countKeys(value);
  const duplicates = all < keys || forbidden ? keyProblems(text, place, duplicateKeys) : [];
  const isRefused = (forbidden && !isDeployed) || (duplicates.length > 0 && duplicateKeys === 'refuse');
  if (isRefused) throw new ProblemError(duplicates);
  let tree: Node | undefined;
  return {
    value,
    duplicates,
    locate(path: TemplatePath): Place {
      tree ??= parseTree(text);
      for (let length = path.length; tree && length >= 0; length--) {
        const node = findNodeAtLocation(tree, path.slice(0, length));
        if (node) return place((node.parent?.type === 'property' ? node.parent : node).offset);
      }
      return { file };
    },
  };
}

/** Integers beyond 2^53 and forms such as `1.10` keep their digits, as text, which is what CloudFormation reads them as. */
function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? context.source
    : value;
}

/** How many names of values there are, and whether one of them is `__proto__`. */
function countKeys(value: Json): { readonly all: number; readonly forbidden: boolean } {
  let all = 0;
  let forbidden = false;
  const walk = (each: Json): void => {
    if (Array.isArray(each)) {
      for (const item of each) if (typeof item === 'object') walk(item);
    } else if (isObject(each)) {
      for (const key of Object.keys(each)) {
        all++;
        forbidden ||= key === '__proto__';
        const item = each[key];
        if (typeof item === 'object') walk(item);
      }
    }
  };
  walk(value);
  return { all, forbidden };
}

type Locate = (offset: number) => Place;

/** What is wrong with the keys of a text that is well-formed. */
function keyProblems(text: string, place: Locate, mode: 'refuse' | 'last'): Problem[] {
  const problems: Problem[] = [];
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (key, offset) => {
      const seen = open.at(-1);
      if (key === '__proto__')
        problems.push({ message: 'the key __proto__ is not allowed', place: place(offset) });
      else if (seen?.has(key)) problems.push(duplicateKey(key, place(offset), mode));
      seen?.add(key);
    },
  });
  return problems;
}

function syntaxProblems(text: string, place: Locate): Problem[] {
  const problems: Problem[] = [];
  const onError = (error: ParseError['error'], offset: number): void => {
    problems.push({ message: `bad JSON: ${sentence(printParseErrorCode(error))}`, place: place(offset) });
  };
  visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  return problems;
}

/** `CommaExpected` as `comma expected`. */
const sentence = (code: string): string => code.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();
