import { isObject, type JsonObject } from '../../template/types.ts';
import { singleLine } from '../../text/harmless.ts';
import { html } from '../../text/html.ts';
import { nextOf, partsOf } from '../machine.ts';
import type { PictureEdge } from '../types.ts';
import type { ViewItem } from '../view/index.ts';
import { draw } from './draw.ts';
import { sketchOf } from './sketch.ts';

/** What is drawn of one machine; the table of an execution has all of it. */
const MOST_STATES = 200;

/**
 * A state machine as SVG for a page, whose style has to have that of pictures. States have their name in `data-state`; arrows
 * stand in the order of `data-steps`: JSON, a list of `from<tab>to`.
 *
 * @returns `''` where there is too much to draw
 */
export function machineSvg(definition: JsonObject, name: string): string {
  const drawn: Drawn = { names: new Map(), edges: [] };
  const items = itemsOf(definition, drawn, '');
  if (drawn.names.size > MOST_STATES) return '';
  const branch = { key: '', name, leaves: [], branches: [] };
  const steps = drawn.edges.map(({ from, to }) => `${drawn.names.get(from)}\t${drawn.names.get(to)}`);
  const sketch = sketchOf(
    { branch, items, edges: drawn.edges },
    ({ id }) => ` data-state="${html(drawn.names.get(id) ?? '')}"`,
  );
  const label = html(`States of ${name}`);
  return draw(sketch, `role="group" aria-label="${label}" data-steps="${html(JSON.stringify(steps))}"`);
}

interface Drawn {
  /** Names of states, by the ids of what is drawn. */
  readonly names: Map<string, string>;
  readonly edges: PictureEdge[];
}

function itemsOf(part: JsonObject, drawn: Drawn, prefix: string): readonly ViewItem[] {
  const states = Object.entries(isObject(part.States) ? part.States : {});
  const idOf = (name: string): string => `${prefix}/${name}`;
  return states.flatMap(([name, state]): ViewItem[] => {
    if (!isObject(state)) return [];
    const id = idOf(name);
    drawn.names.set(id, name);
    for (const [next, label] of nextOf(state))
      if (states.some(([other]) => other === next))
        drawn.edges.push({ from: id, to: idOf(next), kind: 'event', label });
    const boxes = partsOf(state).map((inner, index): ViewItem => {
      const key = `${id}#${index}`;
      const items = itemsOf(inner, drawn, key);
      drawn.edges.push({ from: id, to: `${key}/${inner.StartAt}`, kind: 'use', label: '' });
      const branch = { key, name: `of ${singleLine(name)}`, leaves: [], branches: [] };
      return { kind: 'box', id: `group:${key}`, branch, items };
    });
    const node = {
      id,
      kind: 'other' as const,
      type: String(state.Type),
      name: singleLine(name),
      path: [],
      details: [],
      parts: [],
    };
    return [{ kind: 'node', id, node, isGuest: false }, ...boxes];
  });
}
