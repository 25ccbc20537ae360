import { type KeyValues, parseKeyValues } from './parse/key-values.ts';
import { type Problem, ProblemError } from './problem.ts';

type Complaint = Pick<Problem, 'message' | 'next'>;

/** Divides the texts of a flag that is given again: no argument and no variable of a process can hold it. */
export const AGAIN = '\0';

/** What an input may hold. `parse` answers `undefined` for a value that it does not accept. */
interface Kind<T> {
  readonly accepts: string;
  /** At a terminal, the flag may stand without a value. */
  readonly flag?: true;
  /** At a terminal, the flag may be given again; makes one value of all. */
  again?(values: readonly T[]): T;
  /** What is wrong with a value of the right form. */
  check?(value: T): readonly Complaint[];
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

const splitList = (raw: string): string[] =>
  raw
    .split(/[\s,]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

const list = (each: RegExp, accepts: string): Kind<readonly string[]> => ({
  accepts,
  again: (lists) => lists.flat(),
  check: (items) =>
    items
      .filter((item) => !each.test(item))
      .map((item) => ({ message: `${quoted(item)} is not accepted`, next: `Give ${accepts}.` })),
  parse: splitList,
});

/** Source: IAM user guide, "IAM identifiers" and "IAM and AWS STS quotas". */
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[!-~]*\/)?[\w+=,.@-]{1,64}$/;
/** Source: Amazon SNS API reference, "CreateTopic". */
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?$/;

/** Source: AWS CloudFormation API reference, "CreateChangeSet". */
const MAX_TOPICS = 5;

const topics = list(TOPIC_ARN, 'up to five ARNs of SNS topics');
const topicArns: Kind<readonly string[]> = {
  ...topics,
  check: (items) => [
    ...(topics.check?.(items) ?? []),
    ...(items.length > MAX_TOPICS
      ? [{ message: `${items.length} topics are too many`, next: `Give up to ${MAX_TOPICS}.` }]
      : []),
  ],
};

/**
 * Names that other things than buckets have, or that examples do.
 * Source: Amazon S3 user guide, "General purpose bucket naming rules".
 */
const RESERVED = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;
const IP_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

const bucket: Kind<string> = {
  accepts: 'the name of a bucket, without s3://: 3 to 63 lowercase letters, digits, - and single dots',
  parse: (raw) =>
    /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(raw) && !RESERVED.test(raw) && !IP_ADDRESS.test(raw)
      ? raw
      : undefined,
};

const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;
/** A name of a CloudFormation capability. */
export type Capability = (typeof CAPABILITIES)[number];

const capabilities: Kind<readonly Capability[]> = {
  accepts: `none, or some of ${CAPABILITIES.join(', ')}`,
  again: (all) => all.flat(),
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

/** What is never the path of a file. */
const INLINE = /\n|^[[{]|=|:\s/;
/** What is hardly one (`A:1`): if there is no such file, more can be said than that. */
const COLON = /^[\w.-]+:[^\s/\\]/;

/** A path of a file when the value is one line without `=` or `:` that names an existing file. */
const keyValues = (what: string): Kind<KeyValues> => ({
  accepts: 'a YAML or JSON map, Key=Value lines, a list as AWS CLI files have it, or the path of such a file',
  again: (all) => joined(what, all),
  parse: async (raw, { readText }) => {
    if (INLINE.test(raw)) return parseKeyValues(raw, { what });
    const content = await readText(raw);
    if (content !== undefined) return parseKeyValues(content, { what, file: raw });
    return COLON.test(raw) ? parseKeyValues(raw, { what }) : undefined;
  },
});

/** As in one text, no name may be given twice. */
function joined(what: string, all: readonly KeyValues[]): KeyValues {
  const names = all.flatMap(({ values, keep }) => [...Object.keys(values), ...keep]);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  if (twice.size > 0)
    throw new ProblemError(
      [...twice].map((name) => ({
        subject: `input ${what}`,
        message: `${name} is given twice`,
        next: 'Give it once.',
      })),
    );
  return {
    values: Object.fromEntries(all.flatMap(({ values }) => Object.entries(values))),
    keep: all.flatMap(({ keep }) => keep),
  };
}

/** Source: AWS CloudFormation API reference, "CreateChangeSet" and "Tag". */
const MAX_TAGS = 50;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

const tags: Kind<KeyValues> = {
  ...keyValues('tags'),
  check: ({ values, keep }) => [
    ...tagCount(Object.keys(values).length),
    ...Object.entries(values).flatMap(([key, value]) => [...tagKey(key), ...tagValue(key, value)]),
    ...keep.map((key) => ({
      message: `${quoted(key)} has no previous value to keep`,
      next: 'Give its value.',
    })),
  ],
};

const tagCount = (count: number): Complaint[] =>
  count > MAX_TAGS ? [{ message: `${count} tags are too many`, next: `Give up to ${MAX_TAGS}.` }] : [];

function tagKey(key: string): Complaint[] {
  if (key.length === 0 || key.length > MAX_TAG_KEY)
    return [
      {
        message: `the key ${quoted(key)} has ${key.length} characters`,
        next: `Give one of 1 to ${MAX_TAG_KEY}.`,
      },
    ];
  return /^aws:/i.test(key)
    ? [{ message: `the key ${quoted(key)} starts with aws:, which is for AWS itself`, next: 'Rename it.' }]
    : [];
}

const tagValue = (key: string, value: string): Complaint[] =>
  value.length === 0 || value.length > MAX_TAG_VALUE
    ? [
        {
          message: `the value ${quoted(value)} of ${quoted(key)} has ${value.length} characters`,
          next: `Give one of 1 to ${MAX_TAG_VALUE}.`,
        },
      ]
    : [];

/** A variable that functions are given; without a value it is that of this process. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
}

const variables: Kind<readonly Variable[]> = {
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

const port: Kind<number> = {
  accepts: 'a port from 0 to 65535',
  parse: (raw) => (/^\d{1,5}$/.test(raw) && Number(raw) <= 65_535 ? Number(raw) : undefined),
};

const patterns: Kind<readonly string[]> = {
  accepts: "glob patterns such as 'events/**/*.json'",
  again: (all) => all.flat(),
  parse: splitList,
};

const input = <T>(kind: Kind<T>, fallback: string): InputSpec<T> => ({ ...kind, default: fallback });
/** `undefined` when it is not given. */
const optional = <T>(kind: Kind<T>): InputSpec<T | undefined> => ({ ...kind, default: '' });

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
  'role-arn': optional(
    matching(ROLE_ARN, 'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy'),
  ),
  'notification-arns': optional(topicArns),
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

/** What may hold secrets is not quoted, as nothing is known of them before it is read; the name of a file is. */
const UNQUOTED: ReadonlySet<InputName> = new Set(['parameters', 'env', 'event', 'github-token']);
const FILE_NAME = /^(file:\/\/)?[\w./-]+\.(json|ya?ml)$/;

function rejected(name: InputName, given: string, accepts: string): Problem {
  const next = `Give ${accepts}.`;
  if (UNQUOTED.has(name) && !FILE_NAME.test(given))
    return { subject: `input ${name}`, message: 'the value is not accepted', next };
  return { subject: `input ${name}`, message: `${quoted(given)} is not accepted`, next };
}

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
