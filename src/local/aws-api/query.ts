import { randomUUID } from 'node:crypto';
import type { CallError } from './answer.ts';
import type { AwsAnswer, AwsCall } from './types.ts';
import { xmlEscaped } from './xml-text.ts';

/** The parameters of a call of the query protocol: of its query, and of its body, where that is a form. */
export function queryParameters({ query, headers, body }: AwsCall): URLSearchParams {
  const all = new URLSearchParams();
  const type = headers['content-type'] ?? FORM;
  if (type.startsWith(FORM))
    for (const [name, value] of new URLSearchParams(body.toString())) all.set(name, value);
  // Integrations have their action in the query: what a client sends must not make it another one.
  for (const [name, value] of query) all.set(name, value);
  return all;
}

const FORM = 'application/x-www-form-urlencoded';

/** How answers of the query protocol are written: XML of a namespace, or JSON for who accepts that, as API Gateway does. */
export interface QueryAnswering {
  readonly namespace: string;
  readonly asJson: boolean;
  /** The items of a list are where it is, each with its name, as SQS has them. */
  readonly flat?: boolean;
}

export const queryAnswering = ({ headers }: AwsCall, namespace: string): QueryAnswering => ({
  namespace,
  asJson: /^application\/json\b/.test(headers.accept ?? ''),
});

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

  /** A list of texts, such as `AttributeName.1`, or the only one, `AttributeName`. */
  texts(name: string): string[] {
    const items: string[] = [];
    for (let at = 1; ; at++) {
      const item = this.text(`${name}.${at}`);
      if (item === undefined) break;
      items.push(item);
    }
    const only = this.text(name);
    return items.length === 0 && only !== undefined ? [only] : items;
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

/** A value of an answer: text, a list (of `member`), a map (of `entry`) or more of these by name. */
export type XmlValue =
  | string
  | readonly XmlValue[]
  | ReadonlyMap<string, string>
  | { readonly [name: string]: XmlValue | undefined };

function xml(value: XmlValue, flat = false): string {
  if (typeof value === 'string') return xmlEscaped(value);
  if (Array.isArray(value)) return value.map((each) => `<member>${xml(each, flat)}</member>`).join('');
  if (value instanceof Map)
    return [...value].map(([key, each]) => `<entry>${xml({ key, value: each })}</entry>`).join('');
  return Object.entries(value)
    .flatMap(([name, each]: [string, XmlValue | undefined]) =>
      (flat && Array.isArray(each) ? each : [each]).map((item: XmlValue | undefined) =>
        item === undefined ? '' : `<${name}>${xml(item, flat)}</${name}>`,
      ),
    )
    .join('');
}

function answer(
  status: number,
  [name, content]: readonly [name: string, content: XmlValue],
  { namespace, asJson, flat }: QueryAnswering,
): AwsAnswer {
  if (!asJson)
    return {
      status,
      headers: { 'Content-Type': 'text/xml' },
      body: `<${name} xmlns="${namespace}">${xml(content, flat)}</${name}>`,
    };
  // What a message does not have is null. Errors have no name around them.
  const written = (value: unknown): string =>
    JSON.stringify(value, (_, each: unknown) =>
      each instanceof Map ? Object.fromEntries(each) : each === undefined ? null : each,
    );
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: written(status === 200 ? { [name]: content } : content),
  };
}

/** @param result nothing of an action that has none */
export function queryAnswer(
  action: string,
  result: XmlValue | undefined,
  answering: QueryAnswering,
): AwsAnswer {
  const content = {
    ...(result !== undefined && { [`${action}Result`]: result }),
    ResponseMetadata: { RequestId: randomUUID() },
  };
  return answer(200, [`${action}Response`, content], answering);
}

export const queryError = ({ code, message, status }: CallError, answering: QueryAnswering): AwsAnswer =>
  answer(
    status,
    ['ErrorResponse', { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: randomUUID() }],
    answering,
  );
