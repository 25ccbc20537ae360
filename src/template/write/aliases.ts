import { canonicalJson } from '../../hash/canonical.ts';
import type { TemplateDocument } from '../document.ts';
import { isAlias, isMap, isScalar, isSeq, Pair, type YAMLMap } from '../read/libraries/yaml.ts';
import { parseTemplate } from '../read/parse.ts';
import { aliasTargets, readDocument } from '../read/yaml-tree.ts';

/** An anchor or a merge key, or what looks like one inside of a text. */
const MAY_HAVE_ALIASES = /(?:^|[\s[{,])&[^\s&,[\]{}]|<<["']?\s*:/;

/**
 * Writes out what aliases and merge keys stand for, because CloudFormation refuses both. Comments, order and short
 * forms stay. A document without them comes back as it is.
 *
 * Source: CloudFormation User Guide, "CloudFormation template format".
 */
export function withoutAliases(document: TemplateDocument): TemplateDocument {
  if (document.format === 'json' || !MAY_HAVE_ALIASES.test(document.text)) return document;
  const tree = readDocument(document.text);
  const targets = aliasTargets(tree);
  let found = false;

  // In the order of the text: what an alias stands for comes before it, and is written out already.
  const writtenOut = (node: unknown): unknown => {
    if (isAlias(node)) {
      found = true;
      return targets.get(node);
    }
    if (isScalar(node) || isMap(node) || isSeq(node)) {
      found ||= node.anchor !== undefined;
      delete node.anchor;
    }
    if (isSeq(node)) node.items = node.items.map(writtenOut);
    if (isMap(node)) node.items = writtenOutPairs(node);
    return node;
  };
  const writtenOutPairs = (map: YAMLMap): Pair[] => {
    const known = new Set(map.items.map(({ key }) => keyOf(key)));
    return map.items.flatMap((pair) => {
      pair.value = writtenOut(pair.value);
      if (keyOf(pair.key) !== '<<') return [pair];
      found = true;
      return (isSeq(pair.value) ? pair.value.items : [pair.value])
        .flatMap((source) => (isMap(source) ? source.items : []))
        .filter(({ key }) => !known.has(keyOf(key)) && known.add(keyOf(key)))
        .map(({ key, value }) => new Pair(key, value));
    });
  };

  writtenOut(tree.contents);
  return found ? printed(document, tree.toString({ lineWidth: 0 })) : document;
}

/** As the text, or, should that not say the same any more, as JSON. */
function printed({ file, template }: TemplateDocument, text: string): TemplateDocument {
  const read = parseTemplate(text, file);
  return canonicalJson(read.template) === canonicalJson(template)
    ? read
    : parseTemplate(JSON.stringify(template, undefined, 2), file, 'json');
}

const keyOf = (key: unknown): string => (isScalar(key) ? (key.source ?? String(key.value)) : '');
