import { isObject, type JsonObject } from '../template/types.ts';
import { singleLine } from '../text/harmless.ts';

/** The way that an execution took. */
export interface MachineSteps {
  readonly entered: ReadonlySet<string>;
  /** Names of two states, with a tab between. */
  readonly steps: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
}

/** Characters of a name. */
const LONGEST = 60;
/** What GitHub draws. */
const MOST_STATES = 120;

const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  Choice: ['{', '}'],
  Wait: ['([', '])'],
  Succeed: ['([', '])'],
  Fail: ['([', '])'],
  Task: ['[', ']'],
};

/**
 * A state machine as Mermaid text, with the way that an execution took: what was entered is filled, what failed is red, and
 * words say both.
 *
 * @returns `''` where there is too much to draw
 */
export function machineDiagram(definition: JsonObject, way: MachineSteps): string {
  const drawing = new Drawing(way);
  drawing.part(definition, '  ');
  return drawing.text();
}

class Drawing {
  readonly #way: MachineSteps;
  readonly #lines: string[] = [];
  readonly #arrows: string[] = [];
  readonly #taken: number[] = [];
  #states = 0;
  #parts = 0;

  constructor(way: MachineSteps) {
    this.#way = way;
  }

  /** The states of a machine, or of a part of one. */
  part(part: JsonObject, indent: string): void {
    const states = isObject(part.States) ? part.States : {};
    const ids = new Map(Object.keys(states).map((name) => [name, `s${this.#states++}`] as const));
    for (const [name, state] of Object.entries(states)) {
      if (!isObject(state)) continue;
      const id = ids.get(name) ?? '';
      const { entered, failed } = this.#way;
      const become = failed.has(name) ? 'failed' : entered.has(name) ? 'entered' : '';
      const [left, right] = SHAPES[String(state.Type)] ?? ['[[', ']]'];
      const told = `${safe(name)}<br>${state.Type}${become === 'failed' ? ' ✗' : become === 'entered' ? ' ✓' : ''}`;
      this.#lines.push(`${indent}${id}${left}"${told}"${right}${become === '' ? '' : `:::${become}`}`);
      for (const inner of partsOf(state)) {
        const box = `p${this.#parts++}`;
        this.#lines.push(`${indent}subgraph ${box}["of ${safe(name)}"]`);
        this.part(inner, `${indent}  `);
        this.#lines.push(`${indent}end`);
        this.#arrows.push(`  ${id} -.- ${box}`);
      }
      for (const [next, label] of nextOf(state)) {
        const target = ids.get(next);
        if (target === undefined) continue;
        if (this.#way.steps.has(`${name}\t${next}`)) this.#taken.push(this.#arrows.length);
        this.#arrows.push(`  ${id} -->${label === '' ? '' : `|"${label}"|`} ${target}`);
      }
    }
  }

  text(): string {
    if (this.#states > MOST_STATES) return '';
    return [
      'flowchart TD',
      ...this.#lines,
      ...this.#arrows,
      ...this.#taken.map((index) => `  linkStyle ${index} stroke:#1a7f37,stroke-width:3px`),
      '  classDef entered fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
      '  classDef failed fill:#ffebe9,stroke:#cf222e,color:#1f2328',
      '',
    ].join('\n');
  }
}

const safe = (text: string): string => {
  const line = singleLine(text).replace(/["<>&#`]/g, (each) => `#${each.codePointAt(0)};`);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

/** Machines within a state: of a Map, of a Parallel. */
export const partsOf = ({ Branches, ItemProcessor, Iterator: former }: JsonObject): JsonObject[] =>
  [...(Array.isArray(Branches) ? Branches : []), ItemProcessor, former].filter(isObject);

/** Where a state may lead, each once, and why. */
export function nextOf({ Next, Choices, Default, Catch }: JsonObject): Map<string, string> {
  const found = new Map<string, string>();
  const add = (next: unknown, label: string): void => {
    if (typeof next === 'string' && !found.has(next)) found.set(next, label);
  };
  add(Next, '');
  for (const rule of Array.isArray(Choices) ? Choices : []) if (isObject(rule)) add(rule.Next, '');
  add(Default, 'otherwise');
  for (const rule of Array.isArray(Catch) ? Catch : []) if (isObject(rule)) add(rule.Next, 'on error');
  return found;
}
