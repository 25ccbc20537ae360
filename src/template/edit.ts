import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { type Document, isCollection, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { canonicalJson } from '../canonical.ts';
import type { TemplateDocument, TemplateEdit } from './document.ts';
import { parseTemplate } from './parse.ts';
import { readDocument } from './parse-yaml.ts';
import { isShortForm, longForm } from './short-forms.ts';
import { isObject, type Json, type Template, type TemplatePath } from './types.ts';

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Replaces values and leaves the rest of the author's text alone: comments, order, short forms, indentation.
 * Without edits the very same document comes back.
 */
export function editTemplate(document: TemplateDocument, edits: readonly TemplateEdit[]): TemplateDocument {
  if (edits.length === 0) return document;
  const template = editValue(document.template, edits);
  const spliced = splice(document.text, locateValues(document, edits));
  if (spliced !== undefined && says(spliced, document.file, template))
    return parseTemplate(spliced, document.file);
  return parseTemplate(rewrite(document, edits, template), document.file);
}

/** The same edits on plain data; the input is left as it is. */
export function editValue(template: Template, edits: readonly TemplateEdit[]): Template {
  const result = structuredClone(template);
  for (const { path, value } of edits) setIn(result, path, value);
  return result;
}

function setIn(root: Json, path: TemplatePath, value: Json | undefined): void {
  let at: Json = root;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (Array.isArray(at) && typeof step === 'number') {
      if (last && value !== undefined) at[step] = value;
      at = at[step] ?? null;
    } else if (isObject(at)) {
      const key = String(step);
      if (last && value === undefined) delete at[key];
      else if (last) at[key] = value ?? null;
      else if (!isObject(at[key]) && !Array.isArray(at[key])) at[key] = {};
      at = at[key] ?? null;
    } else return;
  }
}

/** Where the values that are replaced stand in the text; `undefined` when one of them does not stand there. */
function locateValues(document: TemplateDocument, edits: readonly TemplateEdit[]): Splice[] | undefined {
  const splices: Splice[] = [];
  const find = document.format === 'json' ? jsonRanges(document.text) : yamlRanges(document.text);
  for (const { path, value } of edits) {
    const range = value === undefined ? undefined : find(path);
    if (!range) return undefined;
    splices.push({ start: range[0], end: range[1], text: JSON.stringify(value) });
  }
  return splices;
}

type FindRange = (path: TemplatePath) => readonly [number, number] | undefined;

function jsonRanges(text: string): FindRange {
  const tree = parseTree(text);
  return (path) => {
    const node = tree && findNodeAtLocation(tree, [...path]);
    return node && [node.offset, node.offset + node.length];
  };
}

function yamlRanges(text: string): FindRange {
  const document = readDocument(text);
  return (path) => {
    const node = nodeAt(document, path);
    // A tag or an anchor stands before the range of its node; the rewritten text is exact there.
    if (!isNode(node) || !node.range || node.tag !== undefined || ('anchor' in node && node.anchor))
      return undefined;
    return [node.range[0], node.range[1]];
  };
}

/** Follows a path through the tree; a step that is the long form of a node's tag stays on that node. */
function nodeAt(document: Document.Parsed, path: TemplatePath): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isNode(node) && isLongFormOf(node, step)) continue;
    if (isMap(node)) {
      node = node.items.find(
        (pair) => isScalar(pair.key) && (pair.key.source ?? pair.key.value) === String(step),
      )?.value;
    } else if (isSeq(node) && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}

function isLongFormOf(node: Node, step: string | number): boolean {
  const tag = node.tag;
  return tag !== undefined && isShortForm(tag) && Object.hasOwn(longForm(tag, null) as object, step);
}

function splice(text: string, splices: Splice[] | undefined): string | undefined {
  if (!splices) return undefined;
  let result = '';
  let end = 0;
  for (const each of splices.toSorted((a, b) => a.start - b.start)) {
    if (each.start < end) return undefined;
    result += text.slice(end, each.start) + each.text;
    end = each.end;
  }
  return result + text.slice(end);
}

function says(text: string, file: string, template: Template): boolean {
  try {
    return canonicalJson(parseTemplate(text, file).template) === canonicalJson(template);
  } catch {
    return false;
  }
}

/** Keys come or go: the YAML tree is changed and printed again, or, where that says something else, the data is. */
function rewrite(document: TemplateDocument, edits: readonly TemplateEdit[], template: Template): string {
  const plain = `${JSON.stringify(template, undefined, indentOf(document.text))}\n`;
  if (document.format === 'json') return plain;
  const tree = readDocument(document.text);
  for (const { path, value } of edits) {
    const parent = nodeAt(tree, path.slice(0, -1));
    const key = path.at(-1);
    if (isCollection(parent)) {
      if (value === undefined) parent.delete(key);
      else parent.set(key, tree.createNode(value));
    } else if (value !== undefined) tree.setIn([...path], tree.createNode(value));
  }
  const text = tree.toString({ lineWidth: 0 });
  return says(text, document.file, template) ? text : plain;
}

const indentOf = (json: string): string => /^\s*[{[]\s*\n([ \t]+)/.exec(json)?.[1] ?? '  ';
