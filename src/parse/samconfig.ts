import { type Problem, ProblemError } from '../problem.ts';

/** The inputs that take over what SAM CLI's parameters say, and how each is written. */
const TAKEN = {
  stack_name: ['stack-name', text],
  s3_bucket: ['s3-bucket', text],
  s3_prefix: ['s3-prefix', text],
  region: ['region', text],
  role_arn: ['role-arn', text],
  capabilities: ['capabilities', list],
  notification_arns: ['notification-arns', list],
  parameter_overrides: ['parameters', map],
  tags: ['tags', map],
} as const satisfies Readonly<
  Record<string, readonly [input: string, write: (value: unknown) => string | undefined]>
>;

type SamParameter = keyof typeof TAKEN;

/** The inputs that SAM CLI's settings give, as text. */
export type SamDefaults = { readonly [Name in SamParameter as (typeof TAKEN)[Name][0]]?: string };

/**
 * Reads `samconfig.toml`: the `default` environment, what is there for all commands and then what is there for `deploy`.
 * Source: AWS SAM developer guide, "SAM CLI configuration file".
 *
 * @throws ProblemError when it is no TOML, or a value is not of a form that SAM CLI takes
 */
export async function parseSamConfig(content: string, file: string): Promise<SamDefaults> {
  const { parse } = await import('smol-toml');
  let root: unknown;
  try {
    root = parse(content);
  } catch (error) {
    const { message, line, column } = error as Error & { line?: number; column?: number };
    const place = { file, ...(line !== undefined && { line, ...(column !== undefined && { column }) }) };
    throw new ProblemError({ message: `bad TOML: ${message.split('\n')[0]}`, place });
  }
  const parameters = { ...section(root, 'global'), ...section(root, 'deploy') };
  const problems: Problem[] = [];
  const values: { -readonly [Name in keyof SamDefaults]: string } = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!isTaken(name)) continue;
    const [input, write] = TAKEN[name];
    const written = write(value);
    if (written === undefined)
      problems.push({ subject: name, message: 'is of no form that SAM CLI takes', place: { file } });
    else if (written !== '') values[input] = written;
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return values;
}

const isTaken = (name: string): name is SamParameter => Object.hasOwn(TAKEN, name);

/** `[default.<command>.parameters]` */
function section(root: unknown, command: string): Record<string, unknown> {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined;
  const found = at(at(at(root, 'default'), command), 'parameters');
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Words of a text, or a list. */
function list(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim().split(/\s+/).join(',');
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value.join(',')
    : undefined;
}

/** `Key=Value Other="two words"`, a list of such words, or a table. */
function map(value: unknown): string | undefined {
  if (typeof value === 'string') return pairs(value);
  if (Array.isArray(value)) {
    const words = value.map((each) => (typeof each === 'string' ? each : undefined));
    return words.includes(undefined) ? undefined : json(words.map((word = '') => splitOnce(word)));
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return json(Object.entries(value).map(([key, each]) => [key, String(each)]));
}

/** A word: no blanks, except in quotes, in which a backslash stands before a quote. */
const WORD = /(?:[^\s"']|"(?:[^"\\]|\\.)*"|'[^']*')+/g;

function pairs(written: string): string | undefined {
  const words = (written.match(WORD) ?? []).map((word) =>
    word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) =>
      double === undefined ? (single ?? '') : double.replaceAll(/\\(.)/g, '$1'),
    ),
  );
  return json(words.map(splitOnce));
}

/** `Key=Value`, or the longer form of AWS CLI. */
function splitOnce(word: string): [string, string] | undefined {
  const [, key, value] =
    /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word) ?? /^([^=]+)=(.*)$/s.exec(word) ?? [];
  return key === undefined ? undefined : [key, value ?? ''];
}

function json(entries: readonly (readonly [string, string] | undefined)[]): string | undefined {
  const known = entries.filter((each) => each !== undefined);
  if (known.length < entries.length) return undefined;
  return known.length === 0 ? '' : JSON.stringify(Object.fromEntries(known));
}
