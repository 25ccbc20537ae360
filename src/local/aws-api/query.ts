import { randomUUID } from 'node:crypto';
import type { CallError } from './answer.ts';
import type { AwsAnswer } from './types.ts';

/** The parameters of a call of a service that speaks AWS's query protocol, whose answers are XML. */
export class QueryInput {
  readonly #values: URLSearchParams;
  readonly #prefix: string;

  constructor(values: URLSearchParams, prefix = '') {
    this.#values = values;
    this.#prefix = prefix;
  }

  text(name: string): string | undefined {
    return this.#values.get(this.#prefix + name) ?? undefined;
  }

  /** The items of a list, such as `Entries.member.1`. */
  list(name: string): QueryInput[] {
    const items: QueryInput[] = [];
    for (let at = 1; ; at++) {
      const prefix = `${this.#prefix}${name}.${at}`;
      const has = [...this.#values.keys()].some((key) => key === prefix || key.startsWith(`${prefix}.`));
      if (!has) return items;
      items.push(new QueryInput(this.#values, `${prefix}.`));
    }
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A value of an answer: text, a list (of `member`) or more of these by name. */
export type XmlValue = string | readonly XmlValue[] | { readonly [name: string]: XmlValue | undefined };

function xml(value: XmlValue): string {
  if (typeof value === 'string') return escaped(value);
  if (Array.isArray(value)) return value.map((each) => `<member>${xml(each)}</member>`).join('');
  return Object.entries(value)
    .map(([name, each]) => (each === undefined ? '' : `<${name}>${xml(each)}</${name}>`))
    .join('');
}

const answer = (status: number, body: string): AwsAnswer => ({
  status,
  headers: { 'Content-Type': 'text/xml' },
  body,
});

export function queryAnswer(action: string, result: XmlValue, namespace: string): AwsAnswer {
  return answer(
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${xml(result)}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );
}

export const queryError = ({ code, message, status }: CallError, namespace: string): AwsAnswer =>
  answer(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escaped(code)}</Code><Message>${escaped(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
