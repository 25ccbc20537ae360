import { fileURLToPath } from 'node:url';
import type { Frame } from './types.ts';

/** A `.cpuprofile`. Source: Chrome DevTools Protocol, type `Profiler.Profile`. */
export interface CpuProfile {
  readonly nodes: readonly CpuNode[];
  /** Ids of nodes. */
  readonly samples?: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas?: readonly number[];
}

interface CpuNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Nothing was done then. */
const IDLE = new Set(['(idle)', '(program)']);

/** The calls of a profile of Node.js, without the time in which it waited. */
export function nodeFrames({ nodes, samples = [], timeDeltas = [] }: CpuProfile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) {
    const time = Math.max(0, timeDeltas[index + 1] ?? 0);
    own.set(id, (own.get(id) ?? 0) + time);
  }
  const frameOf = (node: CpuNode): Frame => {
    const children = (node.children ?? []).flatMap((id) => {
      const child = byId.get(id);
      if (!child || IDLE.has(child.callFrame.functionName)) return [];
      const frame = frameOf(child);
      return frame.total > 0 ? [frame] : [];
    });
    const self = own.get(node.id) ?? 0;
    return {
      name: node.callFrame.functionName || '(anonymous)',
      place: placeOf(node.callFrame),
      self,
      total: children.reduce((sum, { total }) => sum + total, self),
      children,
    };
  };
  const [root] = nodes;
  if (!root) return { name: 'all', place: '', self: 0, total: 0, children: [] };
  return { ...frameOf(root), name: 'all', place: '' };
}

function placeOf({ url, lineNumber }: CpuNode['callFrame']): string {
  if (url === '') return '';
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  return `${file}:${lineNumber + 1}`;
}
