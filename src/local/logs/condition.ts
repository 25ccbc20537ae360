import type { Json } from '../../template/types.ts';

/** What a filter pattern says of the values of a message. */
export type LogCondition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly LogCondition[] }
  | { readonly kind: 'exists'; readonly name: string; readonly wanted: boolean }
  | { readonly kind: 'is'; readonly name: string; readonly value: null | boolean; readonly wanted: boolean }
  | Comparison;

export interface Comparison {
  readonly kind: 'compare';
  readonly name: string;
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
  readonly operand: number | string | RegExp;
}

export type Compare = (value: Json) => boolean;

const TOKEN =
  /\s*(\|\||&&|[()]|!=|<=|>=|[=<>]|"(?:\\.|[^"\\])*"|%[^%]*%|\$(?:\.?\[[^\]]*\]|\.[^\s.=!<>&|()[\]]+)+|[^\s=!<>&|()]+)/y;

/**
 * Reads `$.a = 1 && ($.b != "x*" || $.c IS NULL)`; `name = value` for fields that have names.
 *
 * @throws SyntaxError when it is none
 */
export function parseCondition(text: string): LogCondition {
  const tokens = tokensOf(text);
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const take = (wanted: string): boolean => {
    const isIt = tokens[at]?.toUpperCase() === wanted;
    if (isIt) at++;
    return isIt;
  };
  const fail = (why: string): SyntaxError => new SyntaxError(`${why} in the filter pattern ${text.trim()}`);

  function several(kind: 'or' | 'and', sign: string, part: () => LogCondition): LogCondition {
    const parts = [part()];
    while (take(sign)) parts.push(part());
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  }
  const or = (): LogCondition => several('or', '||', and);
  const and = (): LogCondition => several('and', '&&', one);

  function one(): LogCondition {
    if (take('(')) {
      const inner = or();
      if (!take(')')) throw fail('a parenthesis is not closed');
      return inner;
    }
    const name = next();
    if (take('NOT')) {
      if (!take('EXISTS')) throw fail('NOT is for EXISTS only');
      return { kind: 'exists', name, wanted: false };
    }
    if (take('EXISTS')) return { kind: 'exists', name, wanted: true };
    if (take('IS')) {
      const wanted = !take('NOT');
      const word = next().toUpperCase();
      if (!Object.hasOwn(WORDS, word)) throw fail(`${word} is neither NULL, TRUE nor FALSE`);
      return { kind: 'is', name, value: WORDS[word] ?? null, wanted };
    }
    const operator = OPERATORS.find((each) => take(each));
    if (name === '' || !operator || at >= tokens.length) throw fail('a comparison is not complete');
    return { kind: 'compare', name, operator, operand: operandOf(next()) };
  }
  const condition = or();
  if (at < tokens.length) throw fail(`${tokens[at]} is too much`);
  return condition;
}

const WORDS: Readonly<Record<string, null | boolean>> = { NULL: null, TRUE: true, FALSE: false };
const OPERATORS = ['!=', '<=', '>=', '=', '<', '>'] as const;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ''; end = TOKEN.lastIndex) {
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new SyntaxError(`the filter pattern ${text.trim()} cannot be read`);
    tokens.push(token);
  }
  return tokens;
}

function operandOf(token: string): Comparison['operand'] {
  if (token.startsWith('%')) return new RegExp(token.slice(1, -1));
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/g, '$1');
  return token !== '' && Number.isFinite(Number(token)) ? Number(token) : token;
}

/** What compares values as a condition says: numbers with numbers, texts by `*`. */
export function comparison({ operator, operand }: Comparison): Compare {
  if (operator === '=' || operator === '!=') {
    const isEqual = equality(operand);
    return (value) => isEqual(value) === (operator === '=');
  }
  return (value) => {
    if (typeof value !== 'number' || typeof operand !== 'number') return false;
    if (operator === '<') return value < operand;
    if (operator === '>') return value > operand;
    return operator === '<=' ? value <= operand : value >= operand;
  };
}

function equality(operand: Comparison['operand']): Compare {
  if (typeof operand === 'number') return (value) => value === operand;
  const pattern =
    operand instanceof RegExp
      ? operand
      : new RegExp(`^${operand.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');
  return (value) => (typeof value === 'string' || typeof value === 'number') && pattern.test(String(value));
}
