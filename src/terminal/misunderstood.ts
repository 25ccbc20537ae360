import { INPUTS, type InputName } from '../inputs.ts';
import type { Problem } from '../problem.ts';
import { own } from '../template/types.ts';
import { closest } from '../text/closest.ts';
import { isCommand } from './command-flags.ts';

/**
 * Flags of SAM CLI, AWS CDK, the Serverless Framework, Terraform and AWS CLI, and what to write here.
 * Source: the descriptions of `deploy`, `delete` and `local invoke` in their documentation.
 */
const OTHERS: Readonly<Record<string, string>> = {
  'dry-run': 'noop',
  'no-execute': 'noop',
  'no-execute-changeset': 'noop',
  'no-deploy': 'noop',
  plan: 'noop',
  preview: 'noop',
  'what-if': 'noop',
  template: 'source',
  'template-file': 'source',
  'template-body': 'source',
  app: 'source',
  stack: 'stack-name',
  name: 'stack-name',
  'parameter-overrides': 'parameters',
  param: 'parameters',
  params: 'parameters',
  var: 'parameters',
  'env-vars': 'env',
  bucket: 's3-bucket',
  'deployment-bucket': 's3-bucket',
  'toolkit-bucket-name': 's3-bucket',
  role: 'role-arn',
  'service-role': 'role-arn',
  hotswap: 'inplace',
  'import-existing-resources': 'import-existing',
  'revert-drift': 'drift=revert',
  'disable-rollback': 'on-failure=keep',
  'no-rollback': 'on-failure=keep',
  'function-name': 'function',
  'tenant-id': 'tenant',
  payload: 'event',
  data: 'event',
  path: 'event',
  verbose: 'log-level=debug',
  debug: 'log-level=debug',
  chdir: 'working-directory',
  cwd: 'working-directory',
  dir: 'working-directory',
  force: 'yes',
  'auto-approve': 'yes',
  'no-prompts': 'yes',
  '-t': 'source',
  '-a': 'source',
  '-v': 'log-level=debug',
  '-n': 'stack-name',
  '-f': 'function',
};

const NOBODY = 'Leave it out: nobody is asked before a deployment, and no change is a success.';

/** Flags that have nothing like them here, and why. */
const NEEDLESS: Readonly<Record<string, string>> = {
  guided: NOBODY,
  'confirm-changeset': NOBODY,
  'no-confirm-changeset': NOBODY,
  'fail-on-empty-changeset': NOBODY,
  'no-fail-on-empty-changeset': NOBODY,
  'require-approval': NOBODY,
  'resolve-s3': 'Leave it out: without --s3-bucket, a private bucket is made.',
  profile: 'Set AWS_PROFILE in the environment.',
  'aws-profile': 'Set AWS_PROFILE in the environment.',
  all: 'Leave it out: without --stacks, all stacks are meant.',
};

/** What is said of a flag that is not known. */
export function unknownFlag(flag: string): Problem {
  const written = flag.startsWith('-') ? flag : `--${flag}`;
  const meant = own(OTHERS, flag) ?? negated(flag) ?? closest(flag, Object.keys(INPUTS));
  return {
    message: `there is no flag ${written}`,
    next: own(NEEDLESS, flag) ?? (meant ? `Write --${meant} if that is meant.` : '--help lists all flags.'),
  };
}

/** Whether what follows a flag that is not known is its value, as far as that can be told. */
export function takesNext(flag: string, next: string | undefined): boolean {
  const [meant = ''] = (own(OTHERS, flag) ?? '').split('=');
  const isSwitch = meant === 'yes' || (Object.hasOwn(INPUTS, meant) && 'flag' in INPUTS[meant as InputName]);
  return next !== undefined && !next.startsWith('-') && !isCommand(next) && !isSwitch;
}

/** `--no-cache` as it is written here: `cache=false`. */
function negated(flag: string): string | undefined {
  const [, name] = /^no-(.+)$/.exec(flag) ?? [];
  const switches = Object.entries(INPUTS).filter(([, { accepts }]) => accepts.split(', ').includes('false'));
  const meant =
    name &&
    closest(
      name,
      switches.map(([each]) => each),
    );
  return meant ? `${meant}=false` : undefined;
}

/** What is said of a command that is not known. */
export function unknownCommand(word: string): Problem {
  const meant = INPUTS.command.meant?.(word);
  return {
    message: `there is no command ${JSON.stringify(word)}`,
    next: meant ? `Write ${meant} if that is meant.` : '--help lists all commands.',
  };
}

/** Where it stands, a word that no flag takes. */
interface Stray {
  readonly word: string;
  readonly command: string | undefined;
  /** What stands two words before it: a flag, if the word is meant as another value of it. */
  readonly flag: string | undefined;
}

/** Flags whose values are patterns of files. */
const PATTERNS = ['--events', '--verify'];

/** The flag whose pattern a shell replaced by the names of files, of which this word is the second. */
export const expandedPattern = (args: readonly string[], at: number): string | undefined =>
  /[/.]/.test(args[at] ?? '') ? PATTERNS.find((flag) => flag === args[at - 2]) : undefined;

/** What is said of all of these words. */
export const unquotedPattern = (flag: string): Problem => ({
  message: `the shell has put the names of files in the place of the pattern of ${flag}`,
  next: `Write it in quotes, such as ${flag} 'events/**/*.json'.`,
});

/** What is said of a word that no flag takes. */
export function strayWord({ word, command, flag = '' }: Stray): Problem {
  const name = flag.slice(2);
  const message = `${JSON.stringify(word)} is not understood`;
  if (flag.startsWith('--') && Object.hasOwn(INPUTS, name) && 'again' in INPUTS[name as InputName])
    return { message, next: `Write ${flag} before each value.` };
  const isStack = /^[A-Za-z][\w*?/-]*$/.test(word) && command !== 'invoke' && !isCommand(word);
  return {
    message,
    next: isStack
      ? `Write --stack-name=${word} if a stack is meant, or --stacks=${word} for some of a CDK application.`
      : 'One command is enough; flags begin with --.',
  };
}
