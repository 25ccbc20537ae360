import { type Problem, ProblemError } from '../problem.ts';
import { isObject, type Json, type JsonObject } from '../template/types.ts';
import { evaluateSmokeTest, type SmokeExpectation } from './smoke.ts';

/** A request to what is deployed, and what is expected of the answer. */
export interface HttpCheck {
  readonly file: string;
  readonly method: string;
  /** `${Name}` stands for an output of the stack. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly expected: SmokeExpectation;
  /** For how many seconds it is tried again; what was just deployed may need a while. */
  readonly withinSeconds: number;
}

/** What came of one try. */
export interface HttpResult {
  readonly failures: readonly string[];
  readonly durationMs: number;
}

const KEYS = ['url', 'method', 'headers', 'body'];
const EXPECTED = ['status', 'body', 'headers', 'maxDurationMs'];
const LONGEST_WAIT = 900;

/** Whether a file is a request, not an event. */
export const isHttpCheck = (content: Json): content is JsonObject & { readonly http: Json } =>
  isObject(content) && content.http !== undefined;

/**
 * Reads `{ http: { url, method?, headers?, body? }, expect?: { status?, body?, headers?, maxDurationMs? }, withinSeconds? }`.
 *
 * @throws ProblemError with all problems of the file
 */
export function parseHttpCheck(file: string, content: JsonObject): HttpCheck {
  const problems: Problem[] = [];
  const wrong = (message: string, next: string): void => {
    problems.push({ message, next, place: { file } });
  };
  const mapOf = (value: Json | undefined, name: string, keys: readonly string[]): JsonObject => {
    if (value === undefined) return {};
    if (!isObject(value)) {
      wrong(`${name} is no map`, `Write a map of ${keys.join(', ')}.`);
      return {};
    }
    for (const key of Object.keys(value))
      if (!keys.includes(key)) wrong(`${name}.${key} is not known here`, `Use ${keys.join(', ')}.`);
    return value;
  };
  const { http, expect, withinSeconds = 0, $schema: _, ...others } = content;
  for (const key of Object.keys(others))
    wrong(`${JSON.stringify(key)} is not known here`, 'Use http, expect, withinSeconds.');
  const { url = '', method = 'GET', headers = {}, body } = mapOf(http, 'http', KEYS);
  const expected = mapOf(expect, 'expect', EXPECTED);
  if (typeof url !== 'string' || !/^(https?:\/\/|\$\{)/.test(url))
    wrong(`http.url is ${JSON.stringify(url)}, not an address`, 'Write ${ApiUrl}/health, for example.');
  if (typeof method !== 'string' || !/^[A-Z]+$/.test(method))
    wrong(`http.method is ${JSON.stringify(method)}`, 'Write GET or POST, for example.');
  if (!isObject(headers) || Object.values(headers).some((each) => typeof each !== 'string'))
    wrong('http.headers is no map of texts', 'Write { "accept": "application/json" }, for example.');
  for (const key of ['status', 'maxDurationMs'])
    if (expected[key] !== undefined && typeof expected[key] !== 'number')
      wrong(`expect.${key} is ${JSON.stringify(expected[key])}, not a number`, 'Write a number.');
  if (typeof withinSeconds !== 'number' || !(withinSeconds >= 0 && withinSeconds <= LONGEST_WAIT))
    wrong(`withinSeconds is ${JSON.stringify(withinSeconds)}`, `Write a number up to ${LONGEST_WAIT}.`);
  if (problems.length > 0) throw new ProblemError(problems);
  const { status, maxDurationMs } = expected as SmokeExpectation;
  const response = Object.fromEntries(
    Object.entries(expected).flatMap(([key, value]) =>
      key === 'body' || key === 'headers' ? [[key, key === 'headers' ? lowerCase(value) : value]] : [],
    ),
  );
  return {
    file,
    method: method as string,
    url: url as string,
    headers: headers as Record<string, string>,
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    expected: {
      ...(status !== undefined && { status }),
      ...(maxDurationMs !== undefined && { maxDurationMs }),
      ...(Object.keys(response).length > 0 && { response }),
    },
    withinSeconds: withinSeconds as number,
  };
}

/** Names of headers are told in lower case. */
const lowerCase = (headers: Json): Json =>
  isObject(headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    : headers;

/** Names of the outputs that an address needs. */
export const outputsIn = (url: string): readonly string[] =>
  [...url.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);

/** The address with the values of outputs. */
export const addressOf = (url: string, outputs: Readonly<Record<string, string>>): string =>
  url.replace(/\$\{([^}]*)\}/g, (_, name: string) => outputs[name] ?? '');

/** Of an answer; more is not read. */
const MOST_BYTES = 6 * 1024 * 1024;
const TIMEOUT = 30_000;

/** Sends a request once, and compares the answer with what is expected: without a status, one of success. */
export async function tryHttp(
  check: HttpCheck,
  url: string,
  signal: AbortSignal,
  redact: (text: string) => string,
): Promise<HttpResult> {
  const began = performance.now();
  const { method, headers, body, expected } = check;
  try {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    const text = (await answer.text()).slice(0, MOST_BYTES);
    const durationMs = performance.now() - began;
    const result = { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: text };
    if (expected.status === undefined && !answer.ok)
      return { failures: [`it answered with status ${answer.status}`], durationMs };
    const { failures } = evaluateSmokeTest(
      { file: check.file, function: url, payload: null, expected },
      {
        kind: 'success',
        requestId: '',
        executedVersion: '',
        logs: '',
        contentType: 'application/json',
        payload: Buffer.from(JSON.stringify(result)),
        report: { durationMs, billedMs: 0, memorySizeMb: 0, maxMemoryMb: 0, status: 'success' },
      },
      redact,
    );
    return { failures, durationMs };
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return { failures: [`it did not answer: ${redact(why)}`], durationMs: performance.now() - began };
  }
}
