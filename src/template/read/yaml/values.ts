import { closest } from '../../../text/closest.ts';
import type { Json, JsonObject } from '../../types.ts';
import { MAX_DEPTH } from '../depth.ts';
import type { ParseOptions } from '../parsed.ts';
import { isShortForm, longForm, SHORT_FORM_TAGS } from '../short-forms.ts';
import { YamlFault } from './cursor.ts';
import type { Builder, YamlAlias, YamlMapping, YamlScalar, YamlSequence } from './nodes.ts';

type Scalars = NonNullable<ParseOptions['scalars']>;

/** Something about a text that can be read. */
export interface Remark {
  readonly message: string;
  /** Offset in the text. */
  readonly at: number;
  readonly next?: string;
}

/** Values that aliases may write out, all in all ("billion laughs"). */
const MAX_VALUES = 200_000;

/** Tags of YAML itself. */
const STANDARD_TAGS = new Set(['!', '!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);

/** Makes data of a text: short forms in their long form, aliases and merge keys written out. */
export class Values implements Builder<Json> {
  /** Tags that nobody knows, and keys that cannot be. */
  readonly faults: Remark[] = [];
  /** Keys that stand in their map a second time; the last one is taken. */
  readonly duplicates: { readonly key: string; readonly at: number }[] = [];
  readonly #plain: (text: string) => Json;
  #copied = 0;

  constructor(scalars: Scalars) {
    this.#plain = PLAIN[scalars];
  }

  scalar(node: YamlScalar): Json {
    const { tag, text } = node;
    if (tag === undefined) return node.plain ? this.#plain(text) : text;
    // The argument of a short form is a text, whatever it looks like.
    if (tag === '!' || tag === '!!str' || !STANDARD_TAGS.has(tag)) return this.#tagged(node, text);
    return this.#plain(text);
  }

  sequence(node: YamlSequence<Json>): Json {
    return this.#tagged(node, node.items as Json[]);
  }

  mapping(node: YamlMapping<Json>): Json {
    const result: JsonObject = {};
    const { keys, values, merges, keyAt } = node;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      if (merges.length > 0 && merges.includes(index)) continue;
      const at = keyAt[index] ?? 0;
      if (key === '__proto__') this.faults.push({ message: 'the key __proto__ is not allowed', at });
      else {
        if (Object.hasOwn(result, key)) this.duplicates.push({ key, at });
        result[key] = values[index] ?? null;
      }
    }
    // Keys that stand in the map itself win, and of several merges the first.
    for (const index of merges) this.#merge(result, values[index] ?? null, keyAt[index] ?? 0);
    return this.#tagged(node, result);
  }

  /** Each place where it stands has its own: one of them may be changed later. */
  alias({ target, start }: YamlAlias<Json>): Json {
    return this.#copy(target, start, 0);
  }

  /** What is written out can be deeper than it is written. */
  isTooDeep(root: Json): boolean {
    return this.#copied > 0 && isDeeper(root, MAX_DEPTH);
  }

  #copy(value: Json, at: number, depth: number): Json {
    if (++this.#copied > MAX_VALUES)
      throw new YamlFault(`aliases stand for more than ${MAX_VALUES} values`, at, true);
    if (depth > MAX_DEPTH) throw new YamlFault(`nested deeper than ${MAX_DEPTH} levels`, at, true);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#copy(item, at, depth + 1));
    const result: JsonObject = {};
    for (const key of Object.keys(value)) result[key] = this.#copy(value[key] ?? null, at, depth + 1);
    return result;
  }

  #merge(target: JsonObject, merged: Json, at: number): void {
    for (const source of Array.isArray(merged) ? merged : [merged]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        this.faults.push({ message: 'the merge key << takes a map, or a list of maps', at });
      else
        for (const [key, value] of Object.entries(source))
          if (!Object.hasOwn(target, key)) target[key] = value;
    }
  }

  #tagged({ tag, start }: Pick<YamlScalar, 'tag' | 'start'>, content: Json): Json {
    if (tag === undefined || STANDARD_TAGS.has(tag)) return content;
    if (!isShortForm(tag)) {
      const meant = closest(tag, SHORT_FORM_TAGS);
      const next = meant ? `Write ${meant} if that is meant.` : 'Use a function that CloudFormation knows.';
      this.faults.push({ message: `unknown tag ${tag}`, at: start, next });
    }
    return longForm(tag, content);
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

/** Numbers as JavaScript writes them itself. */
const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d{1,15})?$/;
const ANY_NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** Source: YAML 1.1, "Core schema" as later versions have it. */
const WORDS: ReadonlyMap<string, Json> = new Map([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, false] as const),
]);

/**
 * Further truths of YAML 1.1, but for single letters.
 * Sources: what CloudFormation deploys, https://github.com/aws/aws-cdk/issues/875 (`ON` is `true`),
 * https://github.com/ASFHyP3/hyp3/pull/2061 (`YES`, `NO`); PyYAML, which SAM reads with, leaves out `y` and `n`, too.
 */
const TEMPLATE_WORDS: ReadonlyMap<string, Json> = new Map([
  ...WORDS,
  ...['yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((text) => [text, true] as const),
  ...['no', 'No', 'NO', 'off', 'Off', 'OFF'].map((text) => [text, false] as const),
]);

/** What a text without quotes means. See `ParseOptions`. */
const PLAIN: Readonly<Record<Scalars, (text: string) => Json>> = {
  text: (text) => plainValue(text, WORDS),
  template: (text) => plainValue(text, TEMPLATE_WORDS),
  values: (text) => (ANY_NUMBER.test(text) ? Number(text) : plainValue(text, WORDS)),
};

function plainValue(text: string, words: ReadonlyMap<string, Json>): Json {
  const code = text.charCodeAt(0);
  // Digits and the minus.
  if ((code >= 48 && code <= 57) || code === 45) {
    if (!NUMBER.test(text)) return text;
    const number = Number(text);
    return String(number) === text ? number : text;
  }
  if (text.length > 5) return text;
  const word = words.get(text);
  return word === undefined ? text : word;
}
