import { type Place, type Problem, ProblemError } from '../../problem.ts';
import type { Json, TemplatePath } from '../types.ts';
import { bracketDepth, MAX_DEPTH, MAX_TEXT_DEPTH, tooDeep } from './depth.ts';
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  visit,
} from './libraries/jsonc.ts';
import type { ParsedText } from './parse-yaml.ts';
import { lineIndex } from './positions.ts';

/**
 * Reads JSON with positions. The value comes from `JSON.parse`; the syntax tree is made when a place is asked for.
 *
 * @throws ProblemError with every syntax error and every duplicate key
 */
export function parseJson(text: string, file: string): ParsedText {
  if (bracketDepth(text) > MAX_TEXT_DEPTH) throw tooDeep({ file });
  const at = lineIndex(text);
  const place = (offset: number): Place => ({ file, ...at(offset) });
  const problems = structureProblems(text, place);
  if (problems.length > 0) throw new ProblemError(problems);
  let value: Json;
  try {
    value = JSON.parse(text, keepLongNumbers) as Json;
  } catch (error) {
    throw new ProblemError({ message: `bad JSON: ${(error as Error).message}`, place: { file } });
  }
  let tree: Node | undefined;
  return {
    value,
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

function structureProblems(text: string, place: (offset: number) => Place): Problem[] {
  const problems: Problem[] = [];
  const keys: Set<string>[] = [];
  let depth = 0;
  let reported = false;
  const open = (offset: number): boolean => {
    depth++;
    if (depth > MAX_DEPTH && !reported) {
      reported = true;
      problems.push({ message: `nested deeper than ${MAX_DEPTH} levels`, place: place(offset) });
    }
    return !reported;
  };
  visit(
    text,
    {
      onObjectBegin: (offset) => {
        keys.push(new Set());
        return open(offset);
      },
      onObjectEnd: () => {
        depth--;
        keys.pop();
      },
      onArrayBegin: open,
      onArrayEnd: () => {
        depth--;
      },
      onObjectProperty: (key, offset) => {
        const seen = keys.at(-1);
        if (seen?.has(key))
          problems.push({ message: `duplicate key ${JSON.stringify(key)}`, place: place(offset) });
        if (key === '__proto__')
          problems.push({ message: 'the key __proto__ is not allowed', place: place(offset) });
        seen?.add(key);
      },
      onError: (error: ParseError['error'], offset) => {
        problems.push({ message: `bad JSON: ${sentence(printParseErrorCode(error))}`, place: place(offset) });
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return problems;
}

/** `CommaExpected` as `comma expected`. */
const sentence = (code: string): string => code.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();
