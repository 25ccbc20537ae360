import { closest } from '../text/closest.ts';

/** Every value of the input `command`. */
export const COMMANDS = [
  'provision',
  'delete',
  'sweep',
  'status',
  'comment',
  'plan',
  'collect',
  'describe',
  'expand',
  'invoke',
  'start',
  'start-lambda',
  'start-api',
  'explore',
  'policy',
  'setup',
] as const;

/** What is called differently here; a preview is `provision` with `noop`. */
export type Meant = (typeof COMMANDS)[number] | 'preview';

/**
 * Commands of SAM CLI, AWS CDK, the Serverless Framework, Terraform, Pulumi and AWS CLI, by what does the same here.
 * Source: the lists of commands in their documentation.
 */
const WORDS: Readonly<Partial<Record<Meant, readonly string[]>>> = {
  provision: ['deploy', 'apply', 'up', 'sync', 'create', 'update', 'publish', 'create-stack', 'update-stack'],
  preview: [
    ...['diff', 'preview', 'synth', 'synthesize', 'build', 'package', 'validate', 'print', 'changeset'],
    ...['create-change-set', 'dry-run', 'noop'],
  ],
  delete: ['destroy', 'remove', 'rm', 'down', 'delete-stack', 'undeploy', 'teardown'],
  sweep: ['cleanup', 'clean', 'prune', 'gc', 'expire', 'teardown-all'],
  status: ['info', 'list', 'ls', 'show', 'output', 'outputs', 'stack', 'describe-stacks', 'drift'],
  describe: ['graph', 'diagram', 'draw', 'visualize', 'visualise', 'picture', 'map'],
  expand: ['transform', 'translate', 'render', 'processed', 'get-template'],
  invoke: ['local invoke', 'remote invoke', 'invoke local', 'run', 'call', 'test'],
  start: ['dev', 'offline', 'local', 'local start', 'emulate'],
  'start-api': ['local start-api', 'serve'],
  'start-lambda': ['local start-lambda'],
  explore: ['console', 'ui', 'dashboard', 'logs', 'tail', 'profile'],
  policy: ['iam', 'permissions', 'policies'],
  setup: ['init', 'pipeline', 'pipeline bootstrap', 'pipeline init', 'bootstrap'],
};

const BY_WORD: ReadonlyMap<string, Meant> = new Map([
  ...Object.entries(WORDS).flatMap(([meant, words]) => words.map((word) => [word, meant as Meant] as const)),
  ...COMMANDS.map((command) => [command, command] as const),
]);

/** A misspelt word is looked for among those that are long enough to be told from others. */
const LONG = [...BY_WORD.keys()].filter((word) => word.length > 4);

/** The command that a word of another tool, or a misspelt one, most likely means. */
export function commandMeant(word: string): Meant | undefined {
  const known = BY_WORD.get(word.toLowerCase());
  if (known) return known;
  const near = closest(word, LONG);
  return near === undefined ? undefined : BY_WORD.get(near);
}
