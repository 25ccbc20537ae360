import { canonicalJson } from '../../hash/canonical.ts';
import type { TemplateDocument } from '../document.ts';
import { parseTemplate } from '../read/parse.ts';
import type { YamlMapping } from '../read/yaml/nodes.ts';
import { type YamlTree, yamlTree } from '../read/yaml/tree.ts';
import { broughtIn, entryOf, flowText } from './flow-text.ts';
import { type Splice, spliced } from './splice.ts';

/** An anchor or a merge key, or what looks like one inside of a text. */
const MAY_HAVE_ALIASES = /(?:^|[\s[{,])&[^\s&,[\]{}]|<<["']?\s*:/;

/**
 * Writes out what aliases and merge keys stand for, because CloudFormation refuses both. Comments, order and short
 * forms stay. A document without them comes back as it is.
 *
 * Source: CloudFormation User Guide, "CloudFormation template format".
 */
export function withoutAliases(document: TemplateDocument): TemplateDocument {
  const { text, format } = document;
  if (format === 'json' || !MAY_HAVE_ALIASES.test(text)) return document;
  const tree = yamlTree(text);
  const splices = tree ? [...changes(text, tree)] : [];
  return splices.length > 0 ? printed(document, spliced(text, splices)) : document;
}

function* changes(text: string, node: YamlTree): Generator<Splice> {
  if (node.kind === 'alias') {
    yield { start: node.start, end: node.end, text: flowText(node) };
    return;
  }
  if (node.anchor !== undefined) yield withoutAnchor(text, node.start, node.anchor);
  if (node.kind === 'sequence') for (const item of node.items) yield* changes(text, item);
  if (node.kind === 'mapping') yield* mappingChanges(text, node);
}

function* mappingChanges(text: string, node: YamlMapping<YamlTree>): Generator<Splice> {
  const [first] = node.merges;
  for (const [index, value] of node.values.entries()) {
    const at = node.keyAt[index] ?? value.start;
    const anchor = /^(?:![^\s]*[ \t]+)?&([\w-]+)/.exec(text.slice(at, at + 200))?.[1];
    if (anchor !== undefined) yield withoutAnchor(text, at, anchor);
    if (!node.merges.includes(index)) yield* changes(text, value);
    else if (index === first && node.merges.length === 1) yield merged(text, node, index);
  }
}

/** An anchor with the blanks behind it, on its line. */
function withoutAnchor(text: string, from: number, anchor: string): Splice {
  const start = text.indexOf(`&${anchor}`, from);
  const [all = ''] = /^&[\w-]+[ \t]*/.exec(text.slice(start, start + anchor.length + 80)) ?? [];
  return { start, end: start + all.length, text: '' };
}

/** The entries that a merge key brings, in its place. */
function merged(text: string, node: YamlMapping<YamlTree>, index: number): Splice {
  const start = node.keyAt[index] ?? node.start;
  const end = node.values[index]?.end ?? start;
  const own = new Set(node.keys.filter((_, at) => at !== index));
  const entries = [...broughtIn(node, own)].map(([key, value]) => entryOf(key, value));
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { start, end, text: entries.join(node.flow ? ', ' : `${eol}${' '.repeat(column)}`) };
}

/** As the text, or, should that not say the same, as JSON. */
function printed({ file, template }: TemplateDocument, text: string | undefined): TemplateDocument {
  const read = text === undefined ? undefined : readBack(text, file);
  return read && canonicalJson(read.template) === canonicalJson(template) && isFree(read.text)
    ? read
    : parseTemplate(JSON.stringify(template, undefined, 2), file, 'json');
}

function readBack(text: string, file: string): TemplateDocument | undefined {
  try {
    return parseTemplate(text, file);
  } catch {
    return undefined;
  }
}

/** Whether nothing is left to be written out. */
function isFree(text: string): boolean {
  const tree = yamlTree(text);
  return tree !== undefined && changes(text, tree).next().done === true;
}
