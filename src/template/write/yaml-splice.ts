import { type Found, follow } from '../read/yaml/follow.ts';
import type { YamlMapping } from '../read/yaml/nodes.ts';
import { type YamlTree, yamlTree } from '../read/yaml/tree.ts';
import { isObject, type Json, type TemplatePath } from '../types.ts';
import { entryText, type FindSplice, type Splice, valueAt } from './splice.ts';

/** Finds what changes in a YAML text. Texts in JSON's form are YAML, too, and may stand in any line. */
export function yamlSplice(text: string): FindSplice {
  const tree = yamlTree(text);
  return (path, after) => {
    if (!tree) return undefined;
    const found = follow(tree, path);
    const { node, steps } = found;
    // Nothing else may lose what it stands for.
    if (node.anchor !== undefined) return undefined;
    const value = valueAt(after, path.slice(0, steps + 1));
    if (value === undefined) return removal(text, tree, path);
    if (steps === path.length) return replacement(text, found, path.at(-1), value);
    const kept = valueAt(after, path.slice(0, steps));
    return addition(text, node, { key: path[steps] ?? '', value, kept });
  };
}

function replacement(
  text: string,
  { node, isLongForm }: Found,
  step: string | number | undefined,
  value: Json,
): Splice {
  // Of a short form, the tag goes with its argument.
  const written = JSON.stringify(isLongForm ? { [step ?? '']: value } : value);
  const { start, end } = node;
  if (start === end) return { start, end, text: ` ${written}` };
  // A list may stand in the column of its key, and nothing else may.
  const indent = node.kind === 'sequence' && !node.flow && node.tag === undefined ? '  ' : '';
  return { start, end: withoutBlankEnd(text, start, end), text: indent + written };
}

/** The end of a block of text is that of its last line. */
const withoutBlankEnd = (text: string, start: number, end: number): number =>
  start + text.slice(start, end).trimEnd().length;

interface Entry {
  readonly key: string | number;
  readonly value: Json;
  /** What the map is with all changes made. */
  readonly kept: Json | undefined;
}

/** An entry more in a map, before the first that stays. */
function addition(text: string, node: YamlTree, { key, value, kept }: Entry): Splice | undefined {
  if (node.tag !== undefined) return undefined;
  const written = entryText(key, value);
  // Nothing stands there yet.
  if (node.kind === 'scalar' && node.start === node.end)
    return { start: node.start, end: node.end, text: ` { ${written} }` };
  if (node.kind !== 'mapping') return undefined;
  const stays = (each: string): boolean => isObject(kept) && Object.hasOwn(kept, each);
  const first = node.keyAt[Math.max(0, node.keys.findIndex(stays))];
  if (first === undefined) return { start: node.start + 1, end: node.start + 1, text: written };
  return { start: first, end: first, text: written + between(text, node, first) };
}

/** What divides two entries of a map. */
function between(text: string, { flow }: YamlMapping<YamlTree>, first: number): string {
  if (flow) return ', ';
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(columnOf(text, first))}`;
}

const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1);

/** The lines of an entry, where it has lines of its own and is not the only one. */
function removal(text: string, tree: YamlTree, path: TemplatePath): Splice | undefined {
  const { node, steps } = follow(tree, path.slice(0, -1));
  if (steps < path.length - 1 || node.kind !== 'mapping' || node.flow || node.keys.length < 2)
    return undefined;
  const index = node.keys.lastIndexOf(String(path.at(-1)));
  const at = node.keyAt[index];
  const end = node.values[index]?.end;
  if (at === undefined || end === undefined) return undefined;
  const start = at - columnOf(text, at);
  const newline = text.charAt(end - 1) === '\n' ? end - 1 : text.indexOf('\n', end);
  if (newline < 0 || text.slice(start, at).trim() !== '') return undefined;
  return { start, end: newline + 1, text: '' };
}
