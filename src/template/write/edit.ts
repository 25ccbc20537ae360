import { canonicalJson } from '../../hash/canonical.ts';
import type { TemplateDocument, TemplateEdit } from '../document.ts';
import { findNodeAtLocation, type Node as JsonNode, parseTree } from '../read/libraries/jsonc.ts';
import { isCollection, isMap, isNode, isScalar } from '../read/libraries/yaml.ts';
import { parseTemplate } from '../read/parse.ts';
import { follow, readDocument } from '../read/yaml-tree.ts';
import type { Json, Template, TemplatePath } from '../types.ts';
import { editValue } from './edit-value.ts';

/** A piece of text that makes way for another; nothing makes way for what is inserted. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Replaces and adds values and leaves the rest of the author's text alone: comments, order, short forms, indentation.
 * Without edits the very same document comes back.
 */
export function editTemplate(document: TemplateDocument, edits: readonly TemplateEdit[]): TemplateDocument {
  if (edits.length === 0) return document;
  const { text, file, format } = document;
  const template = editValue(document.template, edits);
  for (const write of [splicedText, format === 'yaml' ? printedText : dataText, dataText]) {
    const edited = readBack(write(document, edits, template), document);
    if (edited && canonicalJson(edited.template) === canonicalJson(template)) return edited;
  }
  throw new Error(`an edit of ${file} changed what it says elsewhere (${text.length} characters)`);
}

function readBack(
  text: string | undefined,
  { file, format, generated, locate }: TemplateDocument,
): TemplateDocument | undefined {
  try {
    if (text === undefined) return undefined;
    const read = parseTemplate(text, file, generated && format);
    return generated ? { ...read, generated, locate } : read;
  } catch {
    return undefined;
  }
}

/** The text with each value in its place; `undefined` where keys go away. */
function splicedText({ text, format }: TemplateDocument, edits: readonly TemplateEdit[]): string | undefined {
  const find = format === 'json' ? jsonSplice(text) : yamlSplice(text);
  const splices: Splice[] = [];
  for (const edit of edits) {
    const splice = edit.value === undefined ? undefined : find(edit.path, edit.value);
    if (!splice) return undefined;
    splices.push(splice);
  }
  let result = '';
  let end = 0;
  for (const each of splices.sort((a, b) => a.start - b.start)) {
    if (each.start < end) return undefined;
    result += text.slice(end, each.start) + each.text;
    end = each.end;
  }
  return result + text.slice(end);
}

type FindSplice = (path: TemplatePath, value: Json) => Splice | undefined;

/** `"a": {"b": value}` for the steps that are missing. */
const entry = ([key, ...rest]: TemplatePath, value: Json): string =>
  `${JSON.stringify(String(key))}: ${JSON.stringify(rest.reduceRight<Json>((inner, step) => ({ [step]: inner }), value))}`;

function jsonSplice(text: string): FindSplice {
  const tree = parseTree(text);
  return (path, value) => {
    let node: JsonNode | undefined;
    let steps = path.length;
    while (tree && !node && steps >= 0) node = findNodeAtLocation(tree, path.slice(0, steps--));
    const missing = path.slice(steps + 1);
    if (!node) return undefined;
    if (missing.length === 0)
      return { start: node.offset, end: node.offset + node.length, text: JSON.stringify(value) };
    if (node.type !== 'object') return undefined;
    const start = node.offset + 1;
    const first = node.children?.[0];
    const space = first ? text.slice(start, first.offset) : '';
    return { start, end: start, text: `${space}${entry(missing, value)}${first ? ',' : ''}` };
  };
}

function yamlSplice(text: string): FindSplice {
  const document = readDocument(text);
  return (path, value) => {
    const { node, steps } = follow(document, path);
    if (!isNode(node) || !node.range) return undefined;
    const [start, end] = node.range;
    if (steps === path.length) {
      // A tag or an anchor stands before the range of its node.
      const bare = node.tag === undefined && !('anchor' in node && node.anchor !== undefined);
      return bare
        ? { start, end: withoutBlankEnd(text, start, end), text: JSON.stringify(value) }
        : undefined;
    }
    const first = isMap(node) && node.tag === undefined ? node.items[0]?.key : undefined;
    if (!isMap(node) || !isScalar(first) || !first.range) return undefined;
    const at = first.range[0];
    const indent = /(?<=^|\n)[^\n]*$/.exec(text.slice(0, at))?.[0].length ?? 0;
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const after = node.flow ? ', ' : `${eol}${' '.repeat(indent)}`;
    return { start: at, end: at, text: `${entry(path.slice(steps), value)}${after}` };
  };
}

/** The range of a block ends in the line after it. */
const withoutBlankEnd = (text: string, start: number, end: number): number =>
  start + text.slice(start, end).trimEnd().length;

/** YAML, changed as a tree and printed again: comments stay, layout may change. */
function printedText({ text }: TemplateDocument, edits: readonly TemplateEdit[]): string | undefined {
  const tree = readDocument(text);
  try {
    for (const { path, value } of edits) {
      const { node, steps } = follow(tree, path.slice(0, -1));
      const key = path.at(-1);
      if (steps < path.length - 1 || !isCollection(node)) tree.setIn([...path], tree.createNode(value));
      else if (value === undefined) node.delete(key);
      else node.set(key, tree.createNode(value));
    }
    return tree.toString({ lineWidth: 0 });
  } catch {
    // A path leads through what is no map, or an alias has lost its anchor.
    return undefined;
  }
}

/** The data, printed as JSON in the indentation of the text. */
function dataText({ text }: TemplateDocument, _: readonly TemplateEdit[], template: Template): string {
  return `${JSON.stringify(template, undefined, /^\s*[{[]\s*\n([ \t]+)/.exec(text)?.[1] ?? '  ')}\n`;
}
