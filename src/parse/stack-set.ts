import { type Problem, ProblemError } from '../problem.ts';
import type { ParsedText } from '../template/read/parsed.ts';
import { isObject, type Json } from '../template/types.ts';
import { closest } from '../text/closest.ts';
import { type InputContext, quoted } from './kinds.ts';
import { REGION, ROLE_ARN } from './patterns.ts';

/** A number of accounts, or a share of them. */
export type HowMany = { readonly count: number } | { readonly percent: number };

/** Where the instances of a stack set are, with whose rights they are made, and how. */
export interface StackSetSettings {
  /** In the order of deployment. */
  readonly regions: readonly string[];
  /** Self-managed: the accounts. Service-managed: of the units, only these. */
  readonly accounts: readonly string[];
  /** Organisational units; some make it service-managed. */
  readonly units: readonly string[];
  /** Of the units, all but these. */
  readonly exceptAccounts: readonly string[];
  readonly administrationRole: string | undefined;
  readonly executionRole: string | undefined;
  readonly autoDeployment: boolean;
  readonly retainStacks: boolean;
  readonly delegatedAdmin: boolean;
  readonly failureTolerance: HowMany | undefined;
  readonly maxConcurrent: HowMany | undefined;
  readonly concurrencyMode: 'strict' | 'soft' | undefined;
  readonly regionConcurrency: 'sequential' | 'parallel' | undefined;
}

/** Source: AWS CloudFormation API reference, "CreateStackInstances" and "DeploymentTargets". */
const ACCOUNT = /^\d{12}$/;
const UNIT = /^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** A value as it is read; `undefined`: it is not accepted. */
interface Field {
  readonly accepts: string;
  readonly read: (value: Json) => unknown;
}

/** YAML without quotes makes numbers of accounts. */
const plain = (value: Json): string =>
  typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : typeof value === 'string'
      ? value
      : '';

const listOf = (each: RegExp, accepts: string): Field => ({
  accepts,
  read: (value) => {
    const items = (Array.isArray(value) ? value : [value]).map(plain);
    return items.length > 0 && items.every((item) => each.test(item)) ? items : undefined;
  },
});
const text = (pattern: RegExp, accepts: string): Field => ({
  accepts,
  read: (value) => (pattern.test(plain(value)) ? plain(value) : undefined),
});
const oneOf = (...words: readonly string[]): Field => ({
  accepts: words.join(' or '),
  read: (value) => words.find((word) => word === value),
});
const truth: Field = {
  accepts: 'true or false',
  read: (value) => ({ true: true, false: false })[plain(value)],
};
const howMany = (least: number): Field => ({
  accepts: `a number of accounts from ${least}, or a share such as 10%`,
  read: (value): HowMany | undefined => {
    const [, digits = '', sign] = /^(\d{1,4})(%?)$/.exec(plain(value)) ?? [];
    const given = Number(digits);
    if (digits === '' || given < least || (sign === '%' && given > 100)) return undefined;
    return sign === '%' ? { percent: given } : { count: given };
  },
});

const FIELDS: Readonly<Record<string, Field>> = {
  regions: listOf(REGION.pattern, 'regions such as eu-central-1, in the order of deployment'),
  accounts: listOf(ACCOUNT, 'numbers of accounts, of twelve digits'),
  'organizational-units': listOf(
    UNIT,
    'IDs of organisational units such as ou-ab12-34567890, or of the root, r-ab12',
  ),
  'except-accounts': listOf(ACCOUNT, 'numbers of accounts, of twelve digits'),
  'administration-role': text(ROLE_ARN.pattern, 'the ARN of an IAM role'),
  'execution-role': text(ROLE_NAME, 'the name of an IAM role'),
  'auto-deployment': truth,
  'retain-stacks': truth,
  'delegated-admin': truth,
  'failure-tolerance': howMany(0),
  'max-concurrent': howMany(1),
  'concurrency-mode': oneOf('strict', 'soft'),
  'region-concurrency': oneOf('sequential', 'parallel'),
};

/**
 * Settings of a stack set: a YAML or JSON map, or the path of a file that holds one.
 *
 * @returns `undefined` where it is neither
 * @throws ProblemError with everything that is wrong
 */
export async function stackSet(
  raw: string,
  { readText }: InputContext,
): Promise<StackSetSettings | undefined> {
  const found = /\n|^\{|:\s/.test(raw) ? { text: raw, file: 'input stack-set' } : await readText(raw);
  return found && settings(await parsed(found.text, found.file), found.file);
}

async function parsed(content: string, file: string): Promise<ParsedText> {
  // As text: numbers of accounts may begin with 0.
  const { parseYaml } = await import('../template/read/parse-yaml.ts');
  return parseYaml(content, file);
}

function settings({ value, locate }: ParsedText, file: string): StackSetSettings {
  const subject = file.startsWith('input ') ? file : 'input stack-set';
  if (!isObject(value)) throw new ProblemError({ subject, message: 'it is no map', place: { file } });
  const problems: Problem[] = [];
  const found = new Map<string, unknown>();
  for (const [name, given] of Object.entries(value)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    const read = field?.read(given);
    if (read !== undefined) found.set(name, read);
    else problems.push({ subject, place: locate([name]), ...complaint(name, given, field) });
  }
  // What is wrong already is not missing.
  const has = (name: string) => Object.hasOwn(value, name);
  problems.push(...contradictions(has).map((each) => ({ subject, ...each })));
  if (problems.length > 0) throw new ProblemError(problems);
  const get = <T>(name: string, fallback: T): T => (found.get(name) as T | undefined) ?? fallback;
  return {
    regions: [...new Set(get<readonly string[]>('regions', []))],
    accounts: [...new Set(get<readonly string[]>('accounts', []))],
    units: [...new Set(get<readonly string[]>('organizational-units', []))],
    exceptAccounts: get('except-accounts', []),
    administrationRole: get('administration-role', undefined),
    executionRole: get('execution-role', undefined),
    autoDeployment: get('auto-deployment', false),
    retainStacks: get('retain-stacks', false),
    delegatedAdmin: get('delegated-admin', false),
    failureTolerance: get('failure-tolerance', undefined),
    maxConcurrent: get('max-concurrent', undefined),
    concurrencyMode: get('concurrency-mode', undefined),
    regionConcurrency: get('region-concurrency', undefined),
  };
}

function complaint(name: string, given: Json, field: Field | undefined): Pick<Problem, 'message' | 'next'> {
  if (field)
    return {
      message: `${name}: ${quoted(typeof given === 'string' ? given : JSON.stringify(given))} is not accepted`,
      next: `Give ${field.accepts}.`,
    };
  const meant = closest(name, Object.keys(FIELDS));
  return {
    message: `there is no setting ${quoted(name)}`,
    next:
      meant === undefined
        ? `Settings are ${Object.keys(FIELDS).join(', ')}.`
        : `Give ${meant} if that is meant.`,
  };
}

const OF_SERVICE_MANAGED = ['except-accounts', 'auto-deployment', 'delegated-admin', 'retain-stacks'];
const OF_SELF_MANAGED = ['administration-role', 'execution-role'];

/** Settings that are missing, or do not go together. */
function contradictions(has: (name: string) => boolean): readonly Pick<Problem, 'message' | 'next'>[] {
  const isServiceManaged = has('organizational-units');
  const alien = (isServiceManaged ? OF_SELF_MANAGED : OF_SERVICE_MANAGED).filter(has);
  const kind = isServiceManaged
    ? 'of stack sets with accounts alone, whose roles are your own'
    : 'of stack sets with organizational-units';
  return [
    ...(has('regions') ? [] : [{ message: 'it names no regions', next: 'Give regions.' }]),
    ...(has('accounts') || isServiceManaged
      ? []
      : [{ message: 'it names no accounts', next: 'Give accounts, or organizational-units.' }]),
    ...(isServiceManaged && has('accounts') && has('except-accounts')
      ? [{ message: 'accounts and except-accounts exclude each other', next: 'Give one of them.' }]
      : []),
    ...alien.map((name) => ({ message: `${name} is a setting ${kind}`, next: 'Remove it.' })),
  ];
}
