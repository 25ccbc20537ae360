import type { TemplatePath } from '../types.ts';
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type ScalarTag,
} from './libraries/yaml.ts';
import { isShortForm, longForm } from './short-forms.ts';

/** Parses to a syntax tree that keeps comments, order and tags, for reading and for editing. */
export function readDocument(text: string): Document.Parsed {
  return parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    stringKeys: false,
    customTags: (tags) => tags.map(asItWas),
  });
}

/** Printed again, `012345678901` and `1.10` would be other numbers. */
const asItWas = <Tag>(tag: Tag): Tag =>
  isNumberTag(tag) ? { ...tag, stringify: ({ source, value }: Scalar) => source ?? String(value) } : tag;

const isNumberTag = (tag: unknown): tag is ScalarTag =>
  typeof tag === 'object' && tag !== null && 'tag' in tag && /:(int|float)$/.test(String(tag.tag));

/** What a path leads to in the text. */
export interface Found {
  /** Where its key (or, in a list, the value itself) starts. */
  readonly at: number | undefined;
  readonly node: unknown;
  /** Steps that were taken: all of them, or those to the nearest ancestor that stands in the text. */
  readonly steps: number;
}

/**
 * Follows a path as far as it goes. A step that is the long form of a node's tag stays on that node; aliases and merge
 * keys are not followed, as what they lead to stands somewhere else.
 */
export function follow(document: Document.Parsed, path: TemplatePath): Found {
  let found: Found = { at: undefined, node: document.contents, steps: 0 };
  /** The short form that has been written out already. */
  let opened: unknown;
  for (const [index, step] of path.entries()) {
    const { node, at } = found;
    const steps = index + 1;
    if (node !== opened && isLongFormOf(node, step)) {
      opened = node;
      found = { node, at, steps };
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && (key.source ?? key.value) === String(step));
      if (!pair) break;
      found = { node: pair.value, at: (pair.key as Node).range?.[0] ?? at, steps };
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step];
      if (item === undefined || isPair(item)) break;
      found = { node: item, at: (item as Node).range?.[0] ?? at, steps };
    } else break;
  }
  return found;
}

function isLongFormOf(node: unknown, step: string | number): boolean {
  const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
  return tag !== undefined && isShortForm(tag) && Object.hasOwn(longForm(tag, null) as object, step);
}

/** The node that each alias means: the last one before it, in the order of the text, that has its anchor. */
export function aliasTargets(document: Document.Parsed): ReadonlyMap<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target) targets.set(node, target);
    } else if (isScalar(node) || isMap(node) || isSeq(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (isMap(node)) {
        for (const { key, value } of node.items) {
          visit(key);
          visit(value);
        }
      } else if (isSeq(node)) node.items.forEach(visit);
    }
  };
  visit(document.contents);
  return targets;
}
