import { bucket, capabilities, roleArn, topicArns } from './parse/aws-kinds.ts';
import { keyValues, tags } from './parse/key-value-kinds.ts';
import {
  boolean,
  choice,
  type InputContext,
  type InputKind,
  list,
  matching,
  quoted,
  splitList,
  text,
  truth,
} from './parse/kinds.ts';
import { type Problem, ProblemError } from './problem.ts';

/**
 * Stands between the values of a flag that is given several times. No argument or environment variable can contain it.
 */
export const AGAIN = '\0';

interface InputSpec<T> extends InputKind<T> {
  /** As in action.yml; a test keeps the two equal. */
  readonly default: string;
}

const noop: InputKind<boolean | 'auto'> = {
  accepts: 'auto, true, false',
  flag: true,
  parse: (raw) => (raw === 'auto' ? 'auto' : truth(raw)),
};

const minutes: InputKind<number> = {
  accepts: 'a whole number of minutes from 1 to 2880',
  parse: (raw) =>
    /^\d{1,4}$/.test(raw) && Number(raw) >= 1 && Number(raw) <= 2880 ? Number(raw) : undefined,
};

/** A variable that functions are given; without a value it is that of this process. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
}

const variables: InputKind<readonly Variable[]> = {
  accepts: 'NAME=value lines, and names of variables that are passed on',
  again: (all) => all.flat(),
  parse: (raw) => {
    const found = raw.split('\n').flatMap((line): Variable[] => {
      const [, name, value] = /^\s*(\w+)=(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) return [{ name, value }];
      return splitList(line).map((each) => ({ name: each }));
    });
    return found.every(({ name }) => /^[A-Za-z_]\w*$/.test(name)) ? found : undefined;
  },
};

const port: InputKind<number> = {
  accepts: 'a port from 0 to 65535',
  parse: (raw) => (/^\d{1,5}$/.test(raw) && Number(raw) <= 65_535 ? Number(raw) : undefined),
};

const patterns: InputKind<readonly string[]> = {
  accepts: "glob patterns such as 'events/**/*.json'",
  again: (all) => all.flat(),
  parse: splitList,
};

const input = <T>(kind: InputKind<T>, fallback: string): InputSpec<T> => ({ ...kind, default: fallback });
/** `undefined` when it is not given. */
const optional = <T>(kind: InputKind<T>): InputSpec<T | undefined> => ({ ...kind, default: '' });

/** What `stage` is where nobody says it; reports leave it out. */
export const DEFAULT_STAGE = 'dev';

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
  's3-bucket': optional(bucket),
  's3-prefix': optional(matching(/^[\w!.*'()/-]+$/, "letters, digits and / ! - _ . * ' ( )")),
  'ecr-repository': optional(
    matching(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, 'the name of an ECR repository, such as team/orders'),
  ),
  'create-ecr-repository': input(boolean, 'false'),
  stage: input(matching(/^[\w.-]{1,64}$/, 'a name such as dev, of letters, digits, - _ .'), DEFAULT_STAGE),
  'build-tags': optional(list(/^[\w.]+$/, 'tags of Go builds, divided by commas')),
  ldflags: optional(text),
  dockerfile: optional(text),
  'container-tool': optional(choice('docker', 'podman')),
  parameters: optional(keyValues('parameters')),
  tags: optional(tags),
  capabilities: optional(capabilities),
  'role-arn': optional(roleArn),
  'notification-arns': optional(topicArns),
  'on-failure': input(choice('rollback', 'delete', 'keep'), 'rollback'),
  'termination-protection': optional(boolean),
  inplace: input(boolean, 'false'),
  'cancel-update': input(boolean, 'false'),
  'skip-resources': optional(
    list(/^[A-Za-z0-9.-]+$/, 'logical IDs, of nested stacks NestedStackName.LogicalId'),
  ),
  drift: input(boolean, 'false'),
  validate: input(boolean, 'false'),
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
    try {
      const value = await inputValue(name, spec, raw(name) ?? '', context);
      if (value !== undefined) values[camelCase(name)] = value;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return values as Inputs;
}

/** `undefined`: it is not given and has no default. */
async function inputValue(
  name: InputName,
  spec: InputSpec<unknown>,
  raw: string,
  context: InputContext,
): Promise<unknown> {
  const given = raw
    .split(AGAIN)
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (given.length === 0 && spec.default === '') return undefined;
  const problems: Problem[] = [];
  const parsed: unknown[] = [];
  for (const text of given.length === 0 ? [spec.default] : given) {
    try {
      const value = await spec.parse(text, context);
      if (value === undefined) problems.push(rejected(name, text, spec.accepts));
      parsed.push(value);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  const value = spec.again && parsed.length > 1 ? spec.again(parsed) : parsed.at(-1);
  const complaints = spec.check?.(value) ?? [];
  if (complaints.length > 0)
    throw new ProblemError(complaints.map((complaint) => ({ subject: `input ${name}`, ...complaint })));
  return value;
}

/** Inputs that may hold secrets are not quoted: their secrets are not known yet. The name of a file is. */
const UNQUOTED: ReadonlySet<InputName> = new Set(['parameters', 'env', 'event', 'github-token']);
const FILE_NAME = /^(file:\/\/)?[\w./-]+\.(json|ya?ml)$/;

function rejected(name: InputName, given: string, accepts: string): Problem {
  const next = `Give ${accepts}.`;
  if (UNQUOTED.has(name) && !FILE_NAME.test(given))
    return { subject: `input ${name}`, message: 'the value is not accepted', next };
  return { subject: `input ${name}`, message: `${quoted(given)} is not accepted`, next };
}

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
