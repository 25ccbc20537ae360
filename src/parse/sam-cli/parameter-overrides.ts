import { dirname, extname, isAbsolute, join } from 'node:path';
import type { Problem } from '../../problem.ts';
import type { InputContext } from '../kinds.ts';
import { leftOut, type Pairs, type SettingRemark } from './findings.ts';
import { BLANK, leftOver, unquote, word } from './quoting.ts';
import { isList, isSettings, type Setting, settingText } from './setting.ts';

/** What reads the files that `file://` names. */
export interface ParameterFiles extends InputContext {
  /** A file's text as data. */
  parse(text: string, file: string): Promise<Setting>;
}

const SUBJECT = 'parameter_overrides';
const KEY = `([A-Za-z0-9"']+)`;
const VALUE = `(${word('[^\\n]')})`;

/** Of one text, only what is of the first form that is found in it at all. */
const FORMS = [
  new RegExp(`ParameterKey=${KEY},ParameterValue=${VALUE}`, 'g'),
  new RegExp(` ${KEY}=${VALUE}`, 'g'),
];
const START = new RegExp(`^(?:${BLANK})+`);
const END = new RegExp(`(?:${BLANK})+$`);

/** Another pair in a value that is not in quotes: pairs are divided by single blanks only. */
const SWALLOWED = /^[^"'].*?[\s,;]([A-Za-z0-9]+)=/s;

/** A file that is being read. */
interface OpenFile {
  /** From the working directory. */
  readonly path: string;
  /** From the workspace, for messages. */
  readonly file: string;
}

/**
 * Reads the setting `parameter_overrides` in the sense of SAM CLI 1.170 (`CfnParameterOverridesType`): texts of pairs, maps,
 * `file://` and lists of all these.
 */
export class ParameterOverrides {
  readonly problems: Problem[] = [];
  /** Where SAM CLI goes on without a word, with what its author hardly meant. */
  readonly warnings: Problem[] = [];
  readonly #files: ParameterFiles;
  readonly #settings: string;

  /** @param settings the settings file, for messages */
  constructor(files: ParameterFiles, settings: string) {
    this.#files = files;
    this.#settings = settings;
  }

  /** @param open the files around it, the outermost first */
  async read(setting: Setting, open: readonly OpenFile[] = []): Promise<Pairs> {
    const pairs = new Map<string, string>();
    const items = setting === '' ? [] : flat(setting);
    if (!items) this.#refuse(open, { message: `has more than ${MOST} values` });
    for (const item of items ?? []) {
      for (const [key, value] of await this.#item(item, open)) pairs.set(key, value);
    }
    // Of two keys that differ by their quotes only, the later one counts.
    return new Map(Array.from(pairs, ([key, value]) => [unquote(key), unquote(value)]));
  }

  async #item(item: Setting, open: readonly OpenFile[]): Promise<Iterable<readonly [string, string]>> {
    if (typeof item === 'string') return this.#text(item, open);
    if (isSettings(item)) return this.#map(item, open);
    return item === null
      ? []
      : this.#refuse(open, { message: 'a number, a truth or a date stands for no parameter' });
  }

  async #text(text: string, open: readonly OpenFile[]): Promise<Iterable<readonly [string, string]>> {
    if (text.startsWith('file://')) return this.#file(text.slice('file://'.length), open);
    const spaced = ` ${text.replace(START, '').replace(END, '')}`;
    for (const form of FORMS) {
      const matches = [...spaced.matchAll(form)];
      if (matches.length === 0) continue;
      for (const after of leftOver(spaced, matches)) this.#warn(open, leftOut(after));
      return matches.map(([, key = '', value = '']) => {
        const [, swallowed] = SWALLOWED.exec(value) ?? [];
        if (swallowed !== undefined) this.#warn(open, swallowedBy(unquote(key), swallowed));
        return [key, value] as const;
      });
    }
    return this.#refuse(open, {
      message: 'a text in it has no Key=Value',
      next: 'Write "Key=Value Other=Value", a list of such texts, a map, or file:// and a path.',
    });
  }

  async #map(
    map: { readonly [key: string]: Setting },
    open: readonly OpenFile[],
  ): Promise<Iterable<readonly [string, string]>> {
    const pairs: (readonly [string, string])[] = [];
    for (const [key, value] of Object.entries(map)) {
      if (key === '$include' && value !== null) {
        const isFile = typeof value === 'string' || isList(value);
        pairs.push(
          ...(isFile
            ? await this.read(value, open)
            : this.#refuse(open, { message: '$include has to be a text or a list of texts' })),
        );
        continue;
      }
      const text = value === null ? '' : isList(value) ? listText(value) : settingText(value);
      if (text !== undefined) pairs.push([key, text]);
      else
        this.#refuse(open, {
          message: `${key} has to be a text, a number, true or false, or a list of these`,
          next: 'Put it in quotes.',
        });
    }
    return pairs;
  }

  /** @param written relative to the file that names it, or to the working directory */
  async #file(written: string, open: readonly OpenFile[]): Promise<Iterable<readonly [string, string]>> {
    const outer = open.at(-1);
    const path = outer === undefined || isAbsolute(written) ? written : join(dirname(outer.path), written);
    const named = `the file ${JSON.stringify(written)}`;
    const next = 'Correct the path; it is relative to the working directory, or to the file that names it.';
    const found = await this.#files.readText(path);
    if (found === undefined) return this.#refuse(open, { message: `${named} does not exist`, next });
    if (!['.toml', '.yaml', '.yml'].includes(extname(path)))
      return this.#refuse(open, {
        message: `${named} is none that SAM CLI reads`,
        next: 'Give a .toml, .yaml or .yml file.',
      });
    if (open.some((each) => each.path === path))
      return this.#refuse(open, { message: `${named} includes itself`, next: 'Remove one $include.' });
    return this.read(await this.#files.parse(found.text, found.file), [...open, { path, file: found.file }]);
  }

  #refuse(open: readonly OpenFile[], problem: SettingRemark): [] {
    this.problems.push(this.#about(open, problem));
    return [];
  }

  #warn(open: readonly OpenFile[], problem: SettingRemark): void {
    this.warnings.push(this.#about(open, problem));
  }

  #about(open: readonly OpenFile[], problem: SettingRemark): Problem {
    return { subject: SUBJECT, ...problem, place: { file: open.at(-1)?.file ?? this.#settings } };
  }
}

const swallowedBy = (key: string, swallowed: string): SettingRemark => ({
  message: `${swallowed}= is taken for a part of the value of ${key}, as by SAM CLI`,
  next: 'Divide pairs by single blanks, or give a list; put the value in quotes if it is meant.',
});

/** Far more than a template has parameters; aliases can multiply what little a file holds. */
const MOST = 10_000;

/** Everything in lists of lists; `undefined`: it is too much. */
function flat(setting: Setting): readonly Setting[] | undefined {
  const found: Setting[] = [];
  const rest = [setting];
  for (let seen = 0; rest.length > 0; seen++) {
    const next = rest.pop() ?? null;
    if (isList(next)) for (const item of next.toReversed()) rest.push(item);
    else found.push(next);
    if (seen + rest.length > MOST) return undefined;
  }
  return found;
}

/** Joined by commas, without what is empty; `undefined`: something in it is no text, number or truth. */
function listText(list: readonly Setting[]): string | undefined {
  const texts = list.filter((item) => item !== null && item !== '').map(settingText);
  return texts.every((text) => text !== undefined)
    ? texts.map((text) => text.replace(START, '').replace(END, '')).join(',')
    : undefined;
}
