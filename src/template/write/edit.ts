import { canonicalJson } from '../../hash/canonical.ts';
import type { TemplateDocument, TemplateEdit } from '../document.ts';
import { parseTemplate } from '../read/parse.ts';
import type { Template } from '../types.ts';
import { editValue } from './edit-value.ts';
import { jsonSplice } from './json-splice.ts';
import { type Splice, spliced } from './splice.ts';
import { yamlSplice } from './yaml-splice.ts';

/**
 * Replaces and adds values and leaves the rest of the author's text alone: comments, order, short forms, indentation.
 * Without edits the very same document comes back. Where the text cannot be changed in the places alone, it becomes JSON.
 */
export function editTemplate(document: TemplateDocument, edits: readonly TemplateEdit[]): TemplateDocument {
  if (edits.length === 0) return document;
  const { text, file } = document;
  const template = editValue(document.template, edits);
  for (const write of [splicedText, dataText]) {
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

/** The text with each value in its place. */
function splicedText(
  { text, format }: TemplateDocument,
  edits: readonly TemplateEdit[],
  template: Template,
): string | undefined {
  const find = format === 'json' ? jsonSplice(text) : yamlSplice(text);
  const splices: Splice[] = [];
  for (const { path } of edits) {
    const splice = find(path, template);
    if (!splice) return undefined;
    splices.push(splice);
  }
  return spliced(text, splices);
}

/** The data, printed as JSON in the indentation of the text. */
function dataText({ text }: TemplateDocument, _: readonly TemplateEdit[], template: Template): string {
  return `${JSON.stringify(template, undefined, /^\s*[{[]\s*\n([ \t]+)/.exec(text)?.[1] ?? '  ')}\n`;
}
