import type { YamlMapping } from '../read/yaml/nodes.ts';
import type { YamlTree } from '../read/yaml/tree.ts';

/** Texts that mean the same without quotes wherever they stand: numbers and dates among them, whose quotes would tell. */
const BARE = /^[\w.+-]+(?::[\w.+-]+)*$/;

/** A node as a text of one line, with its tags; what aliases and merge keys in it stand for is written out. */
export function flowText(node: YamlTree): string {
  if (node.kind === 'alias') return flowText(node.target);
  const tag = node.tag === undefined ? '' : `${node.tag} `;
  if (node.kind === 'sequence') return `${tag}[${node.items.map(flowText).join(', ')}]`;
  if (node.kind === 'mapping') {
    const entries = entriesOf(node).map(([key, value]) => entryOf(key, value));
    return `${tag}{${entries.join(', ')}}`;
  }
  const { text, plain } = node;
  if (plain && text === '') return node.tag === undefined ? 'null' : `${tag}""`;
  return tag + (plain && BARE.test(text) ? text : JSON.stringify(text));
}

/** Words that YAML 1.1 reads as something else than themselves. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** An entry of a map in one line. */
export function entryOf(key: string, value: YamlTree): string {
  const isBare = /^[A-Za-z][\w-]*$/.test(key) && !WORDS.test(key);
  return `${isBare ? key : JSON.stringify(key)}: ${flowText(value)}`;
}

/** The entries of a map in which merge keys are written out: keys of its own win, and of several merges the first. */
export function entriesOf(node: YamlMapping<YamlTree>): [string, YamlTree][] {
  const own = new Map<string, YamlTree>();
  for (const [index, key] of node.keys.entries()) {
    const value = node.values[index];
    if (value && !node.merges.includes(index)) own.set(key, value);
  }
  return [...own, ...broughtIn(node, own)];
}

/** What the merge keys of a map bring in. */
export function broughtIn(
  node: YamlMapping<YamlTree>,
  own: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): ReadonlyMap<string, YamlTree> {
  const brought = new Map<string, YamlTree>();
  for (const index of node.merges) {
    const merged = targetOf(node.values[index]);
    for (const source of merged?.kind === 'sequence' ? merged.items.map(targetOf) : [merged]) {
      if (source?.kind !== 'mapping') continue;
      for (const [key, value] of entriesOf(source))
        if (!own.has(key) && !brought.has(key)) brought.set(key, value);
    }
  }
  return brought;
}

const targetOf = (node: YamlTree | undefined): YamlTree | undefined =>
  node?.kind === 'alias' ? targetOf(node.target) : node;
