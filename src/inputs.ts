import { type KeyValues, parseKeyValues } from './parse/key-values.ts';
import { type Problem, ProblemError } from './problem.ts';

/** What an input may hold. `parse` answers `undefined` for a value that it does not accept. */
interface Kind<T> {
  readonly accepts: string;
  /** At a terminal, the flag may stand without a value. */
  readonly flag?: true;
  /** At a terminal, the flag may be given again: a line each. */
  readonly again?: true;
  parse(raw: string, context: InputContext): T | undefined | Promise<T | undefined>;
}

interface InputSpec<T> extends Kind<T> {
  /** As in action.yml; a test keeps the two equal. */
  readonly default: string;
}

/** What parsing may ask the outside world for. */
export interface InputContext {
  /** The text of a file of the workspace, `undefined` when there is no such file. */
  readText(path: string): Promise<string | undefined>;
}

const choice = <const T extends string>(...values: T[]): Kind<T> => ({
  accepts: values.join(', '),
  parse: (raw) => values.find((value) => value === raw),
});

const truth = (raw: string): boolean | undefined =>
  raw === 'true' ? true : raw === 'false' ? false : undefined;

const boolean: Kind<boolean> = {
  accepts: 'true, false',
  flag: true,
  parse: truth,
};

const noop: Kind<boolean | 'auto'> = {
  accepts: 'auto, true, false',
  flag: true,
  parse: (raw) => (raw === 'auto' ? 'auto' : truth(raw)),
};

const text: Kind<string> = { accepts: 'text', parse: (raw) => raw };

const matching = (pattern: RegExp, accepts: string): Kind<string> => ({
  accepts,
  parse: (raw) => (pattern.test(raw) ? raw : undefined),
});

const arn = (service: string): RegExp => new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:\\d{12}:.+$`);

const splitList = (raw: string): string[] =>
  raw
    .split(/[\s,]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

const list = (each: RegExp, accepts: string): Kind<readonly string[]> => ({
  accepts,
  parse: (raw) => {
    const items = splitList(raw);
    return items.every((item) => each.test(item)) ? items : undefined;
  },
});

const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;
/** A name of a CloudFormation capability. */
export type Capability = (typeof CAPABILITIES)[number];

const capabilities: Kind<readonly Capability[]> = {
  accepts: `none, or some of ${CAPABILITIES.join(', ')}`,
  parse: (raw) => {
    const items = raw === 'none' ? [] : splitList(raw);
    const known = items.map((item) => CAPABILITIES.find((capability) => capability === item));
    return known.every((item) => item !== undefined) ? known : undefined;
  },
};

const minutes: Kind<number> = {
  accepts: 'a whole number of minutes from 1 to 2880',
  parse: (raw) =>
    /^\d{1,4}$/.test(raw) && Number(raw) >= 1 && Number(raw) <= 2880 ? Number(raw) : undefined,
};

/** A path of a file when the value is one line without `=` or `:` that names an existing file. */
const keyValues = (what: string): Kind<KeyValues> => ({
  accepts: 'a YAML or JSON map, Key=Value lines, a list as AWS CLI files have it, or the path of such a file',
  parse: async (raw, { readText }) => {
    if (raw.includes('\n') || /^[[{]|=|:\s/.test(raw)) return parseKeyValues(raw, { what });
    const content = await readText(raw);
    return content === undefined ? undefined : parseKeyValues(content, { what, file: raw });
  },
});

/** A variable that functions are given; without a value it is that of this process. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
}

const variables: Kind<readonly Variable[]> = {
  accepts: 'NAME=value lines, and names of variables that are passed on',
  again: true,
  parse: (raw) => {
    const found = raw.split('\n').flatMap((line): Variable[] => {
      const [, name, value] = /^\s*(\w+)=(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) return [{ name, value }];
      return splitList(line).map((each) => ({ name: each }));
    });
    return found.every(({ name }) => /^[A-Za-z_]\w*$/.test(name)) ? found : undefined;
  },
};

const port: Kind<number> = {
  accepts: 'a port from 0 to 65535',
  parse: (raw) => (/^\d{1,5}$/.test(raw) && Number(raw) <= 65_535 ? Number(raw) : undefined),
};

const patterns: Kind<readonly string[]> = {
  accepts: "glob patterns such as 'events/**/*.json'",
  parse: splitList,
};

const input = <T>(kind: Kind<T>, fallback: string): InputSpec<T> => ({ ...kind, default: fallback });
/** `undefined` when it is not given. */
const optional = <T>(kind: Kind<T>): InputSpec<T | undefined> => ({ ...kind, default: '' });

/** Every input of the action: what it accepts and what it is when it is not given. */
export const INPUTS = {
  command: input(
    choice('provision', 'delete', 'status', 'comment', 'invoke', 'start-lambda', 'start-api'),
    'provision',
  ),
  source: optional(text),
  'working-directory': input(text, '.'),
  'stack-name': optional(
    matching(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/, 'a letter, then up to 127 letters, digits and hyphens'),
  ),
  stacks: optional(list(/^[\w.*?/@-]+$/, 'names, construct paths or globs of stacks')),
  region: optional(matching(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-central-1')),
  noop: input(noop, 'auto'),
  's3-bucket': optional(
    matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket, without s3://'),
  ),
  's3-prefix': optional(matching(/^[\w!.*'()/-]+$/, "letters, digits and / ! - _ . * ' ( )")),
  'ecr-repository': optional(
    matching(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, 'the name of an ECR repository, such as team/orders'),
  ),
  'create-ecr-repository': input(boolean, 'false'),
  stage: input(matching(/^[\w.-]{1,64}$/, 'a name such as dev, of letters, digits, - _ .'), 'dev'),
  'build-tags': optional(list(/^[\w.]+$/, 'tags of Go builds, divided by commas')),
  ldflags: optional(text),
  dockerfile: optional(text),
  'container-tool': optional(choice('docker', 'podman')),
  parameters: optional(keyValues('parameters')),
  tags: optional(keyValues('tags')),
  capabilities: optional(capabilities),
  'role-arn': optional(matching(arn('iam'), 'the ARN of an IAM role')),
  'notification-arns': optional(list(arn('sns'), 'up to five ARNs of SNS topics')),
  'on-failure': input(choice('rollback', 'delete', 'keep'), 'rollback'),
  'termination-protection': optional(boolean),
  inplace: input(boolean, 'false'),
  'cancel-update': input(boolean, 'false'),
  'skip-resources': optional(
    list(/^[A-Za-z0-9.-]+$/, 'logical IDs, of nested stacks NestedStackName.LogicalId'),
  ),
  drift: input(boolean, 'false'),
  timeout: input(minutes, '60'),
  cache: input(boolean, 'true'),
  comment: input(choice('auto', 'true', 'false'), 'auto'),
  'github-token': optional(text),
  'diff-against': input(choice('auto', 'deployed', 'base'), 'auto'),
  'require-reviewed-plan': input(boolean, 'false'),
  function: optional(text),
  event: optional(text),
  events: optional(patterns),
  'fail-on': optional(choice('smoke')),
  resolve: input(choice('parameters', 'deployed'), 'parameters'),
  env: optional(variables),
  port: input(port, '0'),
  static: optional(text),
  'allow-unverified-iam': input(boolean, 'false'),
  'export-endpoint': input(boolean, 'false'),
  watch: input(boolean, 'false'),
  'allow-untrusted-code': input(boolean, 'false'),
  'allow-outside-workspace': input(boolean, 'false'),
  'log-level': input(choice('info', 'debug'), 'info'),
};

/** The name of an input, as in action.yml. */
export type InputName = keyof typeof INPUTS;

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** All inputs, parsed and checked: `stack-name` is `stackName`. */
export type Inputs = {
  readonly [Name in InputName as CamelCase<Name>]: (typeof INPUTS)[Name] extends InputSpec<infer T>
    ? T
    : never;
};

/**
 * Parses all inputs at once.
 *
 * @param raw the text of an input; an empty or missing one means its default
 * @throws ProblemError with a problem for every value that is not accepted
 */
export async function parseInputs(
  raw: (name: InputName) => string | undefined,
  context: InputContext,
): Promise<Inputs> {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(INPUTS) as [InputName, InputSpec<unknown>][]) {
    const given = raw(name)?.trim() || spec.default;
    if (given === '') continue;
    try {
      const value = await spec.parse(given, context);
      if (value === undefined) problems.push(rejected(name, given, spec.accepts));
      values[camelCase(name)] = value;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return values as Inputs;
}

/** What may hold secrets is not quoted, as nothing is known of them before it is read; the name of a file is. */
const UNQUOTED: ReadonlySet<InputName> = new Set(['parameters', 'env', 'event', 'github-token']);
const FILE_NAME = /^(file:\/\/)?[\w./-]+\.(json|ya?ml)$/;

function rejected(name: InputName, given: string, accepts: string): Problem {
  const next = `Give ${accepts}.`;
  if (UNQUOTED.has(name) && !FILE_NAME.test(given))
    return { subject: `input ${name}`, message: 'the value is not accepted', next };
  const shown = given.length > 80 ? `${given.slice(0, 80)}...` : given;
  return {
    subject: `input ${name}`,
    message: `${JSON.stringify(shown)} is not accepted`,
    next,
  };
}

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
