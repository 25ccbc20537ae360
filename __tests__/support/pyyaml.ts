import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonTools } from '../../scripts/venv.ts';
import type { YamlTree } from '../../src/template/read/yaml/tree.ts';

/** A node as PyYAML has it: kind, content, tag, offset of its start in characters, and whether it has no quotes. */
export type PyNode =
  | readonly ['scalar', string, string, number, boolean]
  | readonly ['sequence', readonly PyNode[], string, number]
  | readonly ['mapping', readonly (readonly [PyNode, PyNode])[], string, number];

/** What a loader makes of a text: a tree, a refusal, or something that never ends. */
export type PyAnswer =
  | { readonly tree: PyNode | null }
  | { readonly refused: string }
  | { readonly endless: true };

/** PyYAML, asked about one text after the other. */
export interface PyYaml {
  /** What the loader in Python and the one in C make of a text. */
  ask(text: string): Promise<readonly PyAnswer[]>;
  stop(): void;
}

export async function startPyYaml(): Promise<PyYaml> {
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(tools.missing);
  const script = resolve(import.meta.dirname, 'pyyaml.py');
  const child = spawn(join(tools.bin, 'python'), [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  return {
    ask: (text) =>
      new Promise((answered) => {
        waiting.push((line) => answered(JSON.parse(line) as readonly PyAnswer[]));
        child.stdin.write(`${JSON.stringify(text)}\n`);
      }),
    stop: () => child.stdin.end(),
  };
}

/**
 * How a tree differs from PyYAML's, in words; `undefined`: in nothing.
 *
 * @param text without a byte order mark
 */
export function difference(ours: YamlTree, theirs: PyNode | null, text: string): string | undefined {
  // Python counts characters, JavaScript halves of them.
  const offsets = [0];
  for (const character of text) offsets.push((offsets.at(-1) ?? 0) + character.length);
  const differs = (node: YamlTree, other: PyNode, path: string): string | undefined => {
    if (node.kind === 'alias') return differs(node.target, other, path);
    const [kind, content, tag, start] = other;
    if (node.kind !== kind) return `${path} is a ${node.kind}, not a ${kind}`;
    const isNothing = node.kind === 'scalar' && node.text === '';
    if (node.start !== offsets[start] && !isNothing)
      return `${path} starts at ${node.start}, not at ${offsets[start]}`;
    if (node.tag !== undefined && !['!', tag.replace('tag:yaml.org,2002:', '!!')].includes(node.tag))
      return `${path} has the tag ${node.tag}, not ${tag}`;
    if (node.kind === 'scalar') {
      if (node.text !== content)
        return `${path} is ${JSON.stringify(node.text)}, not ${JSON.stringify(content)}`;
      return node.plain === other[4] ? undefined : `${path} is quoted: ${!node.plain}`;
    }
    const children = node.kind === 'sequence' ? node.items : node.values;
    if (children.length !== content.length) return `${path} has ${children.length}, not ${content.length}`;
    for (const [index, child] of children.entries()) {
      const theirs = content[index] as PyNode | readonly [PyNode, PyNode];
      if (node.kind === 'sequence') {
        const found = differs(child, theirs as PyNode, `${path}[${index}]`);
        if (found) return found;
        continue;
      }
      const [key, value] = theirs as readonly [PyNode, PyNode];
      const name = node.keys[index] ?? '';
      if (name !== key[1]) return `${path} has the key ${name}, not ${JSON.stringify(key[1])}`;
      // An alias is where it stands, and not where it leads to.
      const at = node.keyAt[index] ?? 0;
      if (at !== offsets[key[3]] && name !== '' && text[at] !== '*')
        return `the key ${path}.${name} starts elsewhere`;
      const found = differs(child, value, `${path}.${name}`);
      if (found) return found;
    }
    return undefined;
  };
  if (theirs === null) return ours.kind === 'scalar' && ours.text === '' ? undefined : 'there is nothing';
  return differs(ours, theirs, 'the text');
}

/** Whether all keys are texts that say something: what a template cannot have, we refuse. */
export function hasTextKeys(node: PyNode | null): boolean {
  if (node === null || node[0] === 'scalar') return true;
  if (node[0] === 'sequence') return node[1].every(hasTextKeys);
  return node[1].every(
    ([key, value]) => key[0] === 'scalar' && (key[1] !== '' || key[4] === false) && hasTextKeys(value),
  );
}
