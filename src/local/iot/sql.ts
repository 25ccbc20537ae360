import { isObject, type Json } from '../../template/types.ts';

/** A message that came to a topic. */
export interface TopicMessage {
  readonly topic: string;
  readonly payload: Json;
  readonly at: number;
}

/** What a rule makes of a message; nothing where it does not take it. */
export type TopicSql = (message: TopicMessage) => Json | undefined;

/**
 * Reads the SQL of a rule: `SELECT *, topic(2) AS device FROM 'devices/+/state' WHERE temperature > 30 AND NOT ok`.
 *
 * Source: AWS IoT Core Developer Guide, "AWS IoT SQL reference": fields, `topic()`, `timestamp()`, comparisons.
 *
 * @throws SyntaxError where it is more than that
 */
export function parseTopicSql(sql: string): TopicSql {
  const reader = new Reader(sql);
  reader.need('SELECT');
  const columns = [columnOf(reader)];
  while (reader.take(',')) columns.push(columnOf(reader));
  reader.need('FROM');
  const topic = reader.next();
  if (!topic.startsWith("'")) throw reader.problem('FROM takes a topic in quotes');
  const isOurs = topicFilter(topic.slice(1, -1));
  const condition = reader.take('WHERE') ? anyOf(reader) : () => true;
  if (!reader.isOver()) throw reader.problem(`${reader.next()} is not served here`);
  return (message) => {
    if (!isOurs(message.topic) || condition(message) !== true) return undefined;
    const [only] = columns;
    // Of all of it, a payload that is no map is passed on as it is.
    if (columns.length === 1 && only?.name === undefined && !isObject(message.payload))
      return message.payload;
    // Fields may be called as anything is that objects have.
    return Object.fromEntries(
      columns.flatMap(({ name, value }): [string, Json][] => {
        const found = value(message);
        if (name === undefined) return isObject(found) ? Object.entries(found) : [];
        return found === undefined ? [] : [[name, found]];
      }),
    );
  };
}

type Value = (message: TopicMessage) => Json | undefined;

class Reader {
  readonly #tokens: readonly string[];
  readonly #sql: string;
  #at = 0;

  constructor(sql: string) {
    this.#sql = sql;
    this.#tokens = sql.match(/'(?:[^'])*'|"[^"]*"|<>|!=|<=|>=|[=<>(),*]|[^\s=<>!(),*]+/g) ?? [];
  }

  next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  take(word: string): boolean {
    const isIt = this.#tokens[this.#at]?.toUpperCase() === word;
    if (isIt) this.#at++;
    return isIt;
  }

  need(word: string): void {
    if (this.take(word)) return;
    throw this.problem(this.isOver() ? `${word} is missing` : `${this.next()} is not served here`);
  }

  isOver(): boolean {
    return this.#at >= this.#tokens.length;
  }

  problem(why: string): SyntaxError {
    return new SyntaxError(`${why} (${this.#sql})`);
  }
}

/** `*`, or a value with the name that it gets. */
function columnOf(reader: Reader): { readonly name?: string; readonly value: Value } {
  if (reader.take('*')) return { value: ({ payload }) => payload };
  const [value, own] = operandAt(reader);
  const name = reader.take('AS') ? reader.next() : own;
  return { name, value };
}

/** A value, and the name that it has by itself. */
function operandAt(reader: Reader): readonly [Value, string] {
  const token = reader.next();
  if (/^['"]/.test(token)) return [() => token.slice(1, -1), token.slice(1, -1)];
  if (/^-?\d+(\.\d+)?$/.test(token)) return [() => Number(token), token];
  if (/^(true|false)$/i.test(token)) return [() => token.toLowerCase() === 'true', token];
  if (!/^[\w$][\w.$]*$/.test(token)) throw reader.problem(`${token || 'nothing'} is not served here`);
  if (reader.take('(')) return [called(token, reader), token];
  const path = token.split('.');
  return [({ payload }) => path.reduce(step, payload as Json | undefined), path.at(-1) ?? token];
}

const step = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

function called(name: string, reader: Reader): Value {
  const argument = reader.take(')') ? undefined : reader.next();
  if (argument !== undefined) reader.need(')');
  switch (name.toLowerCase()) {
    case 'topic': {
      const part = argument === undefined ? undefined : Number(argument);
      return ({ topic }) => (part === undefined ? topic : topic.split('/')[part - 1]);
    }
    case 'timestamp':
      return ({ at }) => at;
    default:
      throw reader.problem(`the function ${name} is not served here`);
  }
}

function anyOf(reader: Reader): Value {
  const parts = [allOf(reader)];
  while (reader.take('OR')) parts.push(allOf(reader));
  return (message) => parts.some((part) => part(message) === true);
}

function allOf(reader: Reader): Value {
  const parts = [oneOf(reader)];
  while (reader.take('AND')) parts.push(oneOf(reader));
  return (message) => parts.every((part) => part(message) === true);
}

function oneOf(reader: Reader): Value {
  if (reader.take('NOT')) {
    const inner = oneOf(reader);
    return (message) => inner(message) !== true;
  }
  if (reader.take('(')) {
    const inner = anyOf(reader);
    reader.need(')');
    return inner;
  }
  const [left] = operandAt(reader);
  const operator = Object.keys(COMPARE).find((each) => reader.take(each));
  if (operator === undefined) return left;
  const [right] = operandAt(reader);
  return (message) => COMPARE[operator]?.(left(message), right(message)) === true;
}

type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

/** Numbers with numbers, texts with texts; what is not there compares with nothing. */
const ordered =
  (holds: (difference: number) => boolean): Comparison =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
    return (
      typeof left === 'string' && typeof right === 'string' && holds(left < right ? -1 : left > right ? 1 : 0)
    );
  };

const isThere = (left: Json | undefined, right: Json | undefined): boolean =>
  left !== undefined && right !== undefined;

const COMPARE: Readonly<Record<string, Comparison>> = {
  '<>': (left, right) => isThere(left, right) && left !== right,
  '!=': (left, right) => isThere(left, right) && left !== right,
  '<=': ordered((difference) => difference <= 0),
  '>=': ordered((difference) => difference >= 0),
  '=': (left, right) => isThere(left, right) && left === right,
  '<': ordered((difference) => difference < 0),
  '>': ordered((difference) => difference > 0),
};

/**
 * `devices/+/state` and `devices/#`, which is for what is below `devices` alone. Source: AWS IoT Core Developer Guide, "MQTT topics",
 * topic filters.
 */
function topicFilter(filter: string): (topic: string) => boolean {
  const wanted = filter.split('/');
  return (topic) => {
    const parts = topic.split('/');
    const rest = wanted.at(-1) === '#' ? wanted.length - 1 : undefined;
    if (rest === undefined ? parts.length !== wanted.length : parts.length <= rest) return false;
    return wanted.slice(0, rest).every((part, at) => part === '+' || part === parts[at]);
  };
}
