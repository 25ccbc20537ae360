import { type Problem, ProblemError } from '../../problem.ts';
import { lineIndex } from '../../template/read/positions.ts';
import { readYaml } from '../../template/read/yaml/document.ts';
import type {
  Builder,
  YamlAlias,
  YamlMapping,
  YamlScalar,
  YamlSequence,
} from '../../template/read/yaml/nodes.ts';
import { isList, isSettings, type Setting } from './setting.ts';
import { plainSetting } from './yaml-scalars.ts';

/**
 * Reads YAML as SAM CLI reads its settings: with the numbers and truths of YAML 1.2, unlike templates.
 *
 * @throws ProblemError when it is no YAML, or holds what SAM CLI does not take
 */
export function parseYamlSettings(content: string, file: string): Setting {
  const text = content.replace(/^\uFEFF/, '');
  const settings = new Settings();
  const { root = null, faults } = readYaml(text, settings);
  const at = lineIndex(text);
  const problems: Problem[] = [
    ...faults.map(({ message, at: offset }) => ({ message: `bad YAML: ${message}`, offset })),
    ...settings.faults,
  ].map(({ offset, ...problem }) => ({ ...problem, place: { file, ...at(offset) } }));
  if (problems.length > 0) throw new ProblemError(problems);
  return root;
}

interface Fault {
  readonly message: string;
  readonly next?: string;
  readonly offset: number;
}

class Settings implements Builder<Setting> {
  readonly faults: Fault[] = [];

  scalar({ text, plain, tag, start }: YamlScalar): Setting {
    // Of a tag, SAM CLI takes nothing but the text behind it.
    if (!plain || tag !== undefined) return text;
    const value = plainSetting(text);
    if (value !== undefined) return value;
    this.faults.push({
      message: `${text} is a date or time that is read otherwise than it is written`,
      next: 'Put it in quotes.',
      offset: start,
    });
    return null;
  }

  sequence({ items }: YamlSequence<Setting>): Setting {
    return items;
  }

  mapping({ keys, keyAt, values, merges }: YamlMapping<Setting>): Setting {
    const entries = new Map<string, Setting>();
    keys.forEach((key, index) => {
      if (merges.includes(index)) return;
      if (entries.has(key)) this.#refuse(`the key ${JSON.stringify(key)} is there twice`, keyAt[index]);
      entries.set(key, values[index] ?? null);
    });
    // Keys that stand in the map itself win, and of several merges the first.
    for (const index of merges) {
      const value = values[index] ?? null;
      for (const source of isList(value) ? value : [value]) {
        if (!isSettings(source)) this.#refuse('<< takes a map, or a list of maps', keyAt[index]);
        else
          for (const [key, merged] of Object.entries(source)) if (!entries.has(key)) entries.set(key, merged);
      }
    }
    return Object.fromEntries(entries);
  }

  alias({ target }: YamlAlias<Setting>): Setting {
    return target;
  }

  #refuse(message: string, offset = 0): void {
    this.faults.push({ message, offset });
  }
}
