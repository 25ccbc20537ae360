import { type Problem, ProblemError } from '../../problem.ts';
import { tooDeep } from '../../template/read/depth.ts';
import { isAlias, isMap, isScalar, isSeq, type Node } from '../../template/read/libraries/yaml.ts';
import { lineIndex } from '../../template/read/positions.ts';
import { aliasTargets, readDocument } from '../../template/read/yaml-tree.ts';
import { isList, isSettings, type Setting } from './setting.ts';
import { plainSetting } from './yaml-scalars.ts';

/**
 * Reads YAML as SAM CLI reads its settings: with the numbers and truths of YAML 1.2, unlike templates.
 *
 * @throws ProblemError when it is no YAML, or holds what SAM CLI does not take
 */
export function parseYamlSettings(content: string, file: string): Setting {
  const text = content.replace(/^\uFEFF/, '');
  const at = lineIndex(text);
  try {
    const settings = new Settings(readDocument(text));
    const problems = settings.faults.map(
      ({ offset, ...problem }): Problem => ({ ...problem, place: { file, ...at(offset) } }),
    );
    if (problems.length > 0) throw new ProblemError(problems);
    return settings.root;
  } catch (error) {
    throw error instanceof RangeError ? tooDeep({ file }) : error;
  }
}

interface Fault {
  readonly message: string;
  readonly next?: string;
  readonly offset: number;
}

class Settings {
  readonly faults: Fault[] = [];
  readonly root: Setting;
  readonly #targets: ReturnType<typeof aliasTargets>;
  /** What has been made of a node: an alias stands for the same. */
  readonly #made = new Map<unknown, Setting>();

  constructor(document: ReturnType<typeof readDocument>) {
    for (const { message, pos } of document.errors)
      this.#refuse(`bad YAML: ${message.split('\n')[0]}`, pos[0]);
    this.#targets = aliasTargets(document);
    this.root = this.#value(document.contents);
  }

  #value(node: unknown): Setting {
    if (isAlias(node)) {
      const target = this.#targets.get(node);
      const value = this.#made.get(target);
      if (value === undefined) this.#refuse(`nothing is called *${node.source} before`, startOf(node));
      return value ?? null;
    }
    const value = isMap(node)
      ? this.#map(node)
      : isSeq(node)
        ? node.items.map((item) => this.#value(item))
        : this.#scalar(node);
    this.#made.set(node, value);
    return value;
  }

  #scalar(node: unknown): Setting {
    if (!isScalar(node)) return null;
    const text = node.source ?? '';
    // Of a tag, SAM CLI takes nothing but the text behind it.
    if (node.type !== 'PLAIN' || node.tag !== undefined) return text;
    const value = plainSetting(text);
    if (value !== undefined) return value;
    this.#refuse(
      `${text} is a date or time that is read otherwise than it is written`,
      startOf(node),
      'Put it in quotes.',
    );
    return null;
  }

  #map({
    items,
  }: {
    readonly items: readonly { readonly key: unknown; readonly value: unknown }[];
  }): Setting {
    const entries = new Map<string, Setting>();
    const merged: Setting[] = [];
    for (const { key, value } of items) {
      const at = startOf(key);
      const made = this.#value(value);
      const name = isScalar(key) ? (key.source ?? '') : undefined;
      if (name === undefined) this.#refuse('a key has to be a text', at);
      else if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        const sources = isList(made) ? made : [made];
        if (!sources.every(isSettings)) this.#refuse('<< takes a map, or a list of maps', at);
        merged.push(...sources);
      } else {
        if (entries.has(name)) this.#refuse(`the key ${JSON.stringify(name)} is there twice`, at);
        entries.set(name, made);
      }
    }
    // Keys that stand in the map itself win, and of several merges the first.
    for (const source of merged.filter(isSettings))
      for (const [key, value] of Object.entries(source)) if (!entries.has(key)) entries.set(key, value);
    return Object.fromEntries(entries);
  }

  #refuse(message: string, offset: number, next?: string): void {
    this.faults.push({ message, offset, ...(next !== undefined && { next }) });
  }
}

const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
