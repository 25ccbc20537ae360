import type { Place, Problem } from '../../problem.ts';
import type { Json, TemplatePath } from '../types.ts';

/** A text as data, and where each value stands in it. */
export interface ParsedText {
  readonly value: Json;
  /** Keys that stand in their map once more, where the last one is taken. */
  readonly duplicates: readonly Problem[];
  locate(path: TemplatePath): Place;
}

export interface ParseOptions {
  /** CloudFormation has taken the text already: tags that are not known here are kept, and no key is refused. */
  readonly isDeployed?: boolean;
  /** What is done about keys that stand in a map twice: by default, the text is refused. */
  readonly duplicateKeys?: 'refuse' | 'last';
  /**
   * What YAML's texts without quotes mean. `text`, by default: numbers that JavaScript would write in another way (`012`,
   * `1.10`) are the text that they are. `template`: so they are, and `yes`, `no`, `on` and `off` are truths.
   * `values`: all numbers are numbers.
   */
  readonly scalars?: 'text' | 'template' | 'values';
}

/** What is said of a key that stands in its map once more. */
export function duplicateKey(key: string, place: Place, mode: 'refuse' | 'last'): Problem {
  const name = JSON.stringify(key);
  return mode === 'refuse'
    ? { message: `duplicate key ${name}`, place, next: 'Remove one of them.' }
    : {
        message: `the key ${name} stands here once more, and CloudFormation takes the last one`,
        place,
        next: 'Remove one of them.',
      };
}
