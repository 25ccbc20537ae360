import { BlockList, isIP } from 'node:net';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';

type Operator = (operand: Json, value: Json) => boolean;

/** What compares a value, by name; `exists` looks at what is there. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: (operand, value) => affix(operand, value, (text, part) => text.startsWith(part)),
  suffix: (operand, value) => affix(operand, value, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (operand, value) =>
    texts(operand).some((each) => typeof value === 'string' && value.toLowerCase() === each.toLowerCase()),
  wildcard: (operand, value) =>
    texts(operand).some((each) => typeof value === 'string' && wildcard(each).test(value)),
  numeric: (operand, value) => typeof value === 'number' && Array.isArray(operand) && inRange(operand, value),
  cidr: (operand, value) =>
    typeof value === 'string' && typeof operand === 'string' && inNetwork(operand, value),
  'anything-but': (operand, value) => {
    if (isObject(operand)) return !operatorsMatch(operand, value);
    const others = Array.isArray(operand) ? operand : [operand];
    return !others.some((other) => same(other, value));
  },
};

/** Whether one rule of a pattern takes one value. */
export function leafMatches(rule: Json, value: Json): boolean {
  return isObject(rule) ? operatorsMatch(rule, value) : same(rule, value);
}

function operatorsMatch(rule: JsonObject, value: Json): boolean {
  const entries = Object.entries(rule);
  return (
    entries.length > 0 &&
    entries.every(([name, operand]) =>
      Object.hasOwn(OPERATORS, name) ? OPERATORS[name]?.(operand, value) === true : false,
    )
  );
}

const same = (a: Json, b: Json): boolean => !isObject(a) && !isObject(b) && a === b;

const texts = (operand: Json): string[] =>
  (Array.isArray(operand) ? operand : [operand]).filter((each) => typeof each === 'string');

function affix(operand: Json, value: Json, has: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (isObject(operand)) {
    const part = operand['equals-ignore-case'];
    return typeof part === 'string' && has(value.toLowerCase(), part.toLowerCase());
  }
  return texts(operand).some((part) => has(value, part));
}

/** `*` is any text; a backslash takes its meaning away. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\([*\\])|\*|[^*\\]+|\\/g, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return literal(escaped);
    return part === '*' ? '.*' : literal(part);
  });
  return new RegExp(`^${source}$`, 's');
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const COMPARE: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `[">", 0, "<=", 5]` */
function inRange(operand: readonly Json[], value: number): boolean {
  for (let at = 0; at < operand.length; at += 2) {
    const compare = COMPARE[String(operand[at])];
    const limit = operand[at + 1];
    if (!compare || typeof limit !== 'number' || !compare(value, limit)) return false;
  }
  return operand.length > 0;
}

function inNetwork(network: string, address: string): boolean {
  const [net = '', bits = ''] = network.split('/');
  const family = (text: string) => (isIP(text) === 6 ? 'ipv6' : 'ipv4');
  if (isIP(net) === 0 || isIP(address) === 0 || family(net) !== family(address)) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(bits), family(net));
  return list.check(address, family(address));
}
