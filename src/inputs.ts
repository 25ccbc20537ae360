import { alarms, bucket, capabilities, roleArn, roleArns, topicArns } from './parse/aws-kinds.ts';
import { keyValues, tags } from './parse/key-value-kinds.ts';
import {
  boolean,
  choice,
  type InputContext,
  type InputKind,
  list,
  matching,
  named,
  splitList,
  text,
  truth,
} from './parse/kinds.ts';
import { MODES } from './parse/modes.ts';
import { COMMANDS, commandMeant } from './parse/other-tools.ts';
import { GITHUB_ENVIRONMENT, REGION, STACK_NAME, STAGE } from './parse/patterns.ts';
import type { StackSetSettings } from './parse/stack-set.ts';
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

const minutes = (least: number, most: number): InputKind<number> => ({
  accepts: `a whole number of minutes from ${least} to ${most}`,
  parse: (raw) =>
    /^\d{1,4}$/.test(raw) && Number(raw) >= least && Number(raw) <= most ? Number(raw) : undefined,
});

const duration: InputKind<number> = {
  accepts: 'hours or days, such as 12h or 3d',
  parse: (raw) => {
    const [, count = '', unit] = /^([1-9]\d{0,3})([hd])$/.exec(raw) ?? [];
    return count === '' ? undefined : Number(count) * (unit === 'd' ? 24 : 1) * 3_600_000;
  },
};

const count: InputKind<number> = {
  accepts: 'a whole number from 1 to 1000',
  parse: (raw) => (/^[1-9]\d{0,3}$/.test(raw) && Number(raw) <= 1000 ? Number(raw) : undefined),
};

const drift: InputKind<boolean | 'revert'> = {
  accepts: 'true, false, revert',
  flag: true,
  parse: (raw) => (raw === 'revert' ? 'revert' : truth(raw)),
};

/** What may make a step fail. */
const FAILURES = ['smoke', 'drift'] as const;
export type FailOn = (typeof FAILURES)[number];

const failOn: InputKind<readonly FailOn[]> = {
  accepts: `some of ${FAILURES.join(', ')}`,
  again: (all) => all.flat(),
  parse: (raw) => {
    const known = splitList(raw).map((item) => FAILURES.find((each) => each === item));
    return known.every((item) => item !== undefined) ? known : undefined;
  },
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

/** Stands for every resource that a failed rollback left in its way. */
export const ALL_FAILED = '*';

const logicalIds = list(
  /^([A-Za-z0-9.-]+|\*)$/,
  'logical IDs, of nested stacks NestedStackName.LogicalId, or * for all that failed',
);

const skipped: InputKind<readonly string[]> = {
  ...logicalIds,
  check: (items) => [
    ...(logicalIds.check?.(items) ?? []),
    ...(items.includes(ALL_FAILED) && items.length > 1
      ? [{ message: 'it has * and logical IDs', next: 'Give * alone, or the logical IDs.' }]
      : []),
  ],
};

/** Read by code of its own, where there is one. */
const stackSet: InputKind<StackSetSettings> = {
  accepts:
    'a YAML or JSON map with regions, and accounts or organizational-units, or the path of such a file',
  mayBeFile: true,
  parse: async (raw, context) => (await import('./parse/stack-set.ts')).stackSet(raw, context),
};

const port: InputKind<number> = {
  accepts: 'a port from 0 to 65535',
  parse: (raw) => (/^\d{1,5}$/.test(raw) && Number(raw) <= 65_535 ? Number(raw) : undefined),
};

/** Where queues, streams, tables and buckets are that are not in this process. */
const backend: InputKind<string> = {
  accepts: 'aws, or the address of an emulator such as http://127.0.0.1:4566',
  parse: (raw) => (raw === 'aws' || /^https?:\/\/[^\s/]+\/?$/.test(raw) ? raw.replace(/\/$/, '') : undefined),
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
    {
      ...choice(...COMMANDS),
      meant: (raw) => {
        const meant = commandMeant(raw);
        return meant === 'preview' ? 'provision, with noop: true,' : meant;
      },
    },
    'provision',
  ),
  source: optional(text),
  'working-directory': input(text, '.'),
  'stack-name': optional(named(STACK_NAME)),
  stacks: optional(list(/^[\w.*?/@-]+$/, 'names, construct paths or globs of stacks')),
  region: optional(named(REGION)),
  'role-to-assume': optional(roleArns),
  'external-id': optional(matching(/^[\w+=,.@:/-]{2,1224}$/, 'letters, digits and _ + = , . @ : / -')),
  targets: optional(text),
  target: optional(list(/^[\w.*-]+$/, 'names of targets, or patterns such as prod-*')),
  'max-parallel': optional(count),
  'fail-fast': input(boolean, 'true'),
  noop: input(noop, 'auto'),
  's3-bucket': optional(bucket),
  's3-prefix': optional(matching(/^[\w!.*'()/-]+$/, "letters, digits and / ! - _ . * ' ( )")),
  'ecr-repository': optional(
    matching(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, 'the name of an ECR repository, such as team/orders'),
  ),
  'create-ecr-repository': input(boolean, 'false'),
  stage: input(named(STAGE), DEFAULT_STAGE),
  environment: optional(
    matching(
      /^(?=.{1,64}$)[A-Za-z](\{number\}|\{branch\}|[A-Za-z\d-])*$/,
      'pull-request, or a name of letters, digits and -, in which {number} and {branch} may stand',
    ),
  ),
  isolate: input(boolean, 'false'),
  'max-environments': optional(count),
  'expire-after': optional(duration),
  'fork-label': optional(text),
  deployments: input(choice('auto', 'true', 'false'), 'auto'),
  'production-environment': input(boolean, 'false'),
  'environment-url': optional(text),
  attest: input(boolean, 'false'),
  'build-tags': optional(list(/^[\w.]+$/, 'tags of Go builds, divided by commas')),
  ldflags: optional(text),
  dockerfile: optional(text),
  'container-tool': optional(choice('docker', 'podman')),
  parameters: optional(keyValues('parameters')),
  tags: optional(tags),
  capabilities: optional(capabilities),
  'deploy-to': input(choice('stack', 'stack-set'), 'stack'),
  'stack-set': optional(stackSet),
  'role-arn': optional(roleArn),
  'notification-arns': optional(topicArns),
  'on-failure': optional(choice('rollback', 'delete', 'keep')),
  'termination-protection': optional(boolean),
  express: input(boolean, 'false'),
  'import-existing': input(boolean, 'false'),
  'rollback-alarms': optional(alarms),
  'monitoring-minutes': optional(minutes(0, 180)),
  inplace: input(boolean, 'false'),
  'cancel-update': input(boolean, 'false'),
  'skip-resources': optional(skipped),
  drift: input(drift, 'false'),
  validate: input(boolean, 'false'),
  timeout: input(minutes(1, 2880), '60'),
  cache: input(boolean, 'true'),
  comment: input(choice('auto', 'true', 'false'), 'auto'),
  'github-token': optional(text),
  'diff-against': input(choice('auto', 'deployed', 'base'), 'auto'),
  'require-reviewed-plan': input(boolean, 'false'),
  format: optional(choice('yaml', 'json', 'terraform', 'mermaid', 'svg')),
  diff: input(boolean, 'false'),
  function: optional(text),
  event: optional(text),
  tenant: optional(
    matching(
      /^[\w:./=+@ -]{1,256}$/,
      'the id of a tenant: up to 256 letters, digits, spaces and _ . : / = + - @',
    ),
  ),
  events: optional(patterns),
  waits: optional(choice('skip', 'real')),
  'execution-name': optional(matching(/^[\w-]{1,64}$/, 'a name such as order-42, of letters, digits, - _')),
  'fail-on': optional(failOn),
  verify: optional(patterns),
  rollback: input(choice('none', 'previous'), 'none'),
  resolve: input(choice('parameters', 'deployed'), 'parameters'),
  env: optional(variables),
  backend: optional(backend),
  port: input(port, '0'),
  static: optional(text),
  'allow-unverified-iam': input(boolean, 'false'),
  'export-endpoint': input(boolean, 'false'),
  watch: input(boolean, 'false'),
  deployed: input(boolean, 'false'),
  'allow-untrusted-code': input(boolean, 'false'),
  'allow-outside-workspace': input(boolean, 'false'),
  mode: optional(choice(...MODES, 'cloudformation')),
  check: input(boolean, 'false'),
  'deployment-role': optional(roleArn),
  'deployment-environment': optional(named(GITHUB_ENVIRONMENT)),
  deploy: input(boolean, 'false'),
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
      if (value === undefined) {
        const { rejected } = await import('./parse/rejected.ts');
        problems.push(rejected(name, text, spec));
      }
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

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
