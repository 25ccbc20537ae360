import { type Place, type Problem, ProblemError } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import type { Json, JsonObject, TemplatePath } from '../types.ts';
import { bracketDepth, MAX_DEPTH, MAX_TEXT_DEPTH, tooDeep } from './depth.ts';
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
} from './libraries/yaml.ts';
import { lineIndex } from './positions.ts';
import { isShortForm, longForm, SHORT_FORM_TAGS } from './short-forms.ts';
import { aliasTargets, follow, readDocument } from './yaml-tree.ts';

/** A text as data, and where each value stands in it. */
export interface ParsedText {
  readonly value: Json;
  locate(path: TemplatePath): Place;
}

/** Values in a text, those that aliases multiply to included ("billion laughs"). */
const MAX_VALUES = 200_000;
const STANDARD_TAGS = new Set(['!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);

/**
 * Reads YAML with CloudFormation's short-form tags into data, in which they are written out.
 *
 * @throws ProblemError with every syntax error, unknown tag and duplicate key
 */
export function parseYaml(text: string, file: string): ParsedText {
  const at = lineIndex(text);
  const place = (offset: number): Place => ({ file, ...at(offset) });
  if (bracketDepth(text) > MAX_TEXT_DEPTH || indentDepth(text) > MAX_TEXT_DEPTH) {
    throw tooDeep({ file });
  }
  const document = readWithin(text, file);
  const problems = syntaxProblems(document, place);
  const value = toJson(text, document, place, problems);
  if (problems.length > 0) throw new ProblemError(problems);
  const locate = (path: TemplatePath): Place => {
    const { at } = follow(document, path);
    return at === undefined ? { file } : place(at);
  };
  return { value, locate };
}

/** Some depth is not to be seen beforehand (`: : : :`); the parser finds it by running out of stack. */
function readWithin(text: string, file: string): Document.Parsed {
  try {
    return readDocument(text);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep({ file }) : error;
  }
}

/** One error for each thing that is wrong: a token that is unexpected after another error is only its echo. */
function syntaxProblems({ errors }: Document.Parsed, place: (offset: number) => Place): Problem[] {
  return errors
    .filter(({ code }, index) => index === 0 || code !== 'UNEXPECTED_TOKEN')
    .map((error) => ({ message: `bad YAML: ${says(error)}`, place: place(error.pos[0]) }));
}

function says({ code, message }: YAMLParseError): string {
  if (code === 'MULTIPLE_DOCS') return 'the file holds several documents, divided by ---; only one is read';
  const [line = ''] = message.split('\n', 1);
  return line.length > 120 ? `${line.slice(0, 120)}...` : line;
}

function toJson(
  text: string,
  document: Document.Parsed,
  place: (offset: number) => Place,
  problems: Problem[],
): Json {
  let values = 0;
  const openAliases = new Set<Node>();
  const targets = aliasTargets(document);
  const start = (node: Node): Place => place(node.range?.[0] ?? 0);

  const convert = (node: unknown, depth: number): Json => {
    if (++values > MAX_VALUES) {
      throw new ProblemError({
        message: `more than ${MAX_VALUES} values, once aliases are written out`,
        place: place(0),
      });
    }
    if (depth > MAX_DEPTH) {
      throw tooDeep(place(0));
    }
    if (isAlias(node)) {
      const target = targets.get(node);
      if (!target || openAliases.has(target)) {
        const why = target ? 'contains itself' : 'has no anchor before it';
        problems.push({ message: `the alias *${node.source} ${why}`, place: start(node) });
        return null;
      }
      openAliases.add(target);
      const value = convert(target, depth + 1);
      openAliases.delete(target);
      return value;
    }
    if (!isScalar(node) && !isCollection(node)) return null;
    const content = isMap(node)
      ? convertMap(node, depth)
      : isSeq(node)
        ? node.items.map((item) => convert(item, depth + 1))
        : scalarValue(node as Scalar);
    return applyTag(node, content);
  };

  const applyTag = (node: Node, content: Json): Json => {
    const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, '!!');
    if (tag === undefined || STANDARD_TAGS.has(tag)) return content;
    if (isShortForm(tag)) return longForm(tag, isScalar(node) ? (node.source ?? content) : content);
    const meant = closest(tag, SHORT_FORM_TAGS);
    problems.push({
      message: `unknown tag ${tag}`,
      place: place(Math.max(0, text.lastIndexOf(tag, node.range?.[0]))),
      next: meant ? `Write ${meant} if that is meant.` : 'Use a function that CloudFormation knows.',
    });
    return content;
  };

  const convertMap = (map: YAMLMap, depth: number): JsonObject => {
    const result: JsonObject = {};
    const merged: Json[] = [];
    for (const pair of map.items) {
      const key = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined;
      const where = pair.key as Node | null;
      if (key === undefined || key === '__proto__') {
        const message =
          key === undefined ? 'a key has to be a plain text' : 'the key __proto__ is not allowed';
        problems.push({ message, ...(where?.range && { place: place(where.range[0]) }) });
        continue;
      }
      const value = convert(pair.value, depth + 1);
      if (key === '<<') merged.push(value);
      else if (Object.hasOwn(result, key)) {
        problems.push({
          message: `duplicate key ${JSON.stringify(key)}`,
          ...(where && { place: start(where) }),
        });
      } else result[key] = value;
    }
    for (const value of merged) mergeInto(result, value);
    return result;
  };

  return convert(document.contents, 0);
}

/** YAML 1.1 merge keys: keys that stand in the map itself win. */
function mergeInto(target: JsonObject, merged: Json): void {
  for (const source of Array.isArray(merged) ? merged : [merged]) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) continue;
    for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(target, key)) target[key] = value;
  }
}

/** Numbers whose digits would change (leading zeros, `1.10`, hexadecimal, beyond 2^53) stay the text they are. */
function scalarValue(scalar: Scalar): Json {
  const { value, source } = scalar;
  if (typeof value === 'number') return source === undefined || String(value) === source ? value : source;
  if (typeof value === 'bigint') return source ?? String(value);
  return value === undefined ? null : (value as Json);
}

/** Distinct indentations that can be open at once, `- - -` included. */
function indentDepth(text: string): number {
  let deepest = 0;
  const open: number[] = [];
  for (const [, indent = '', dashes = ''] of text.matchAll(/^( *)((?:[-?] +)*)/gm)) {
    while ((open.at(-1) ?? -1) >= indent.length) open.pop();
    open.push(indent.length);
    deepest = Math.max(deepest, open.length + dashes.replaceAll(' ', '').length);
  }
  return deepest;
}
