import { isObject, type Json } from '../../template/types.ts';
import { type Compare, comparison, type LogCondition, parseCondition } from './condition.ts';

/** Takes a message or not; with the fields that the pattern names, where it names some. */
export type LogFilter = (message: string) => LogMatch | undefined;

export interface LogMatch {
  /** Of patterns for messages with spaces: `extractedFields` of the event. */
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * Reads a filter pattern of CloudWatch Logs: terms, `{ $.level = "ERROR" }` for JSON, `[ip, status = 4*, ...]` for fields
 * between spaces, `%regular expression%`.
 *
 * Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax".
 *
 * @throws SyntaxError when it is none
 */
export function parseLogFilter(pattern: string): LogFilter {
  const text = pattern.trim();
  if (text === '') return () => ({});
  if (text.startsWith('{') && text.endsWith('}')) return jsonFilter(text.slice(1, -1));
  if (text.startsWith('[') && text.endsWith(']')) return fieldFilter(text.slice(1, -1));
  return termFilter(text);
}

function jsonFilter(text: string): LogFilter {
  const condition = parseCondition(text);
  return (message) => {
    let value: Json;
    try {
      value = JSON.parse(message);
    } catch {
      return undefined;
    }
    return isObject(value) && holds(condition, (path) => valuesAt(value, path)) ? {} : undefined;
  };
}

/** Whether a condition holds, of what its names stand for. */
function holds(condition: LogCondition, valuesOf: (name: string) => readonly Json[]): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, valuesOf));
    case 'or':
      return condition.parts.some((part) => holds(part, valuesOf));
    case 'exists':
      return valuesOf(condition.name).length > 0 === condition.wanted;
    case 'is':
      return valuesOf(condition.name).some((value) => (value === condition.value) === condition.wanted);
    case 'compare': {
      const compare: Compare = comparison(condition);
      return valuesOf(condition.name).some(compare);
    }
  }
}

/** `$.a.b[0]['c d'][*]` */
function valuesAt(value: Json, path: string): Json[] {
  let found: Json[] = [value];
  for (const [, name, quoted, index] of path.matchAll(/\.([^.[\]]+)|\[['"]([^'"]*)['"]\]|\[(\d+|\*)\]/g)) {
    const key = name ?? quoted;
    found = found.flatMap((each): Json[] => {
      if (key !== undefined) {
        if (key === '*' && name !== undefined) return isObject(each) ? (Object.values(each) as Json[]) : [];
        return isObject(each) && Object.hasOwn(each, key) ? [each[key] ?? null] : [];
      }
      if (!Array.isArray(each)) return [];
      return index === '*' ? each : each.slice(Number(index), Number(index) + 1);
    });
  }
  return found;
}

interface Field {
  readonly name: string;
  readonly condition?: LogCondition;
}

function fieldFilter(text: string): LogFilter {
  const parts = text.match(/(?:"[^"]*"|%[^%]*%|[^,"%])+/g)?.map((part) => part.trim()) ?? [];
  const rest = parts.indexOf('...');
  const fields = (some: readonly string[]): Field[] => some.map(fieldOf);
  const before = fields(rest < 0 ? parts : parts.slice(0, rest));
  const after = fields(rest < 0 ? [] : parts.slice(rest + 1));
  return (message) => {
    const words = wordsOf(message);
    const needed = before.length + after.length;
    if (rest < 0 ? words.length !== needed : words.length < needed) return undefined;
    const pairs = [
      ...before.map((field, at) => [field, words[at] ?? ''] as const),
      ...after.map((field, at) => [field, words[words.length - after.length + at] ?? ''] as const),
    ];
    const takes = pairs.every(
      ([{ condition }, word]) => !condition || holds(condition, () => [numbered(word)]),
    );
    return takes ? { fields: Object.fromEntries(pairs.map(([{ name }, word]) => [name, word])) } : undefined;
  };
}

function fieldOf(text: string): Field {
  const [name = ''] = /^[\w.-]+/.exec(text) ?? [];
  return name === text ? { name } : { name, condition: parseCondition(text) };
}

const numbered = (word: string): Json => (/^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word);

/** Between spaces; what is in quotes or brackets is one. */
const wordsOf = (message: string): string[] =>
  [...message.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, bare]) => quoted ?? bracketed ?? bare ?? '',
  );

function termFilter(text: string): LogFilter {
  const terms = [...text.matchAll(/([-?]?)(?:"((?:\\.|[^"\\])*)"|%([^%]*)%|(\S+))/g)].map(
    ([, sign, quoted, pattern, bare]) => {
      const regex = pattern === undefined ? undefined : new RegExp(pattern);
      const phrase = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
      return { sign, takes: (message: string) => (regex ? regex.test(message) : message.includes(phrase)) };
    },
  );
  const needed = terms.filter(({ sign }) => sign === '');
  const unwanted = terms.filter(({ sign }) => sign === '-');
  const optional = terms.filter(({ sign }) => sign === '?');
  // Optional terms count only where there are no others.
  const any = needed.length + unwanted.length === 0;
  return (message) => {
    const takes = any
      ? optional.some((term) => term.takes(message))
      : needed.every((term) => term.takes(message)) && !unwanted.some((term) => term.takes(message));
    return takes ? {} : undefined;
  };
}
