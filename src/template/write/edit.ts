import { isDeepStrictEqual } from 'node:util';
import { canonicalJson } from '../../hash/canonical.ts';
import type { TemplateDocument, TemplateEdit } from '../document.ts';
import { parseTemplate } from '../read/parse.ts';
import type { Template } from '../types.ts';
import { editValue } from './edit-value.ts';
import { jsonSplice } from './json-splice.ts';
import { type FindSplice, type Splice, spliced } from './splice.ts';
import { yamlSplice } from './yaml-splice.ts';

/**
 * Replaces and adds values and leaves the rest of the author's text alone: comments, order, short forms, indentation.
 * Without edits the very same document comes back. Where the text cannot be changed in the places alone, it becomes JSON.
 */
export function editTemplate(document: TemplateDocument, edits: readonly TemplateEdit[]): TemplateDocument {
  if (edits.length === 0) return document;
  const known = editions.get(document) ?? new Map<string, TemplateDocument>();
  editions.set(document, known);
  const key = JSON.stringify(edits);
  const found = known.get(key) ?? edited(document, edits);
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size === MOST_EDITIONS && !known.has(key)) known.delete(oldest);
  known.set(key, found);
  return found;
}

/** What a document was made into: targets of one region have the same locations in it. */
const editions = new WeakMap<TemplateDocument, Map<string, TemplateDocument>>();
/** So many of one document are kept; each is as large as a template. */
const MOST_EDITIONS = 8;

function edited(document: TemplateDocument, edits: readonly TemplateEdit[]): TemplateDocument {
  const { text, file } = document;
  const template = editValue(document.template, edits);
  const inPlace = readBack(splicedText(document, edits, template), document);
  if (inPlace && isSame(inPlace.template, template)) return inPlace;
  const read = readBack(dataText(document, template), document);
  if (read && isSame(read.template, template)) return read;
  throw new Error(`an edit of ${file} changed what it says elsewhere (${text.length} characters)`);
}

const isSame = (one: Template, other: Template): boolean =>
  isDeepStrictEqual(one, other) || canonicalJson(one) === canonicalJson(other);

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

/** Where values stand in a text: several targets have the same template, and other locations in it. */
const finders = new WeakMap<TemplateDocument, FindSplice>();

/** The text with each value in its place. */
function splicedText(
  document: TemplateDocument,
  edits: readonly TemplateEdit[],
  template: Template,
): string | undefined {
  const { text, format } = document;
  const find = finders.get(document) ?? (format === 'json' ? jsonSplice(text) : yamlSplice(text));
  finders.set(document, find);
  const splices: Splice[] = [];
  for (const { path } of edits) {
    const splice = find(path, template);
    if (!splice) return undefined;
    splices.push(splice);
  }
  return spliced(text, splices);
}

/** The data, printed as JSON in the indentation of the text. */
function dataText({ text }: TemplateDocument, template: Template): string {
  return `${JSON.stringify(template, undefined, /^\s*[{[]\s*\n([ \t]+)/.exec(text)?.[1] ?? '  ')}\n`;
}
