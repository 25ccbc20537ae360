import { INPUTS, type InputName, type Inputs } from '../inputs.ts';
import { own } from '../template/types.ts';
import { flagsOf, isCommand } from './command-flags.ts';
import type { Meanings } from './meanings.ts';

interface CommandHelp {
  readonly about: string;
  /** What follows the command. */
  readonly usage?: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
}

/** What each command does. */
const COMMANDS: Readonly<Record<Inputs['command'], CommandHelp>> = {
  provision: {
    about: 'build the service and deploy it; with --noop, show what would change',
    examples: [
      [
        'provision --stack-name orders --noop',
        'What the pull request would show, for the template of this folder. Needs no AWS credentials.',
      ],
      ['provision --stack-name orders --parameters Stage=prod --region eu-central-1', ''],
      ['provision --source .sparta', 'Deploy the very bytes that an earlier run built.'],
    ],
  },
  delete: {
    about: 'delete the stack and wait for the end',
    examples: [
      ['delete --stack-name orders --noop', 'What would go, and what of it holds data.'],
      ['delete --stack-name orders', 'Shows that too, and asks.'],
      ['delete --stack-name orders --yes', 'Does not ask.'],
    ],
  },
  sweep: {
    about:
      'delete environments of pull requests that are closed, too old, or without their branch (in workflows)',
    examples: [['sweep --noop', 'What would go, and why. See docs/environments.md.']],
  },
  status: {
    about: 'say how the stack is, with its outputs',
    examples: [['status --stack-name orders', '']],
  },
  comment: {
    about: 'post the preview that another workflow stored (in workflows)',
    examples: [['comment --source .sparta/report.json', 'See docs/untrusted.md.']],
  },
  plan: {
    about: 'build all targets once, and say which of them a pull request touches (in workflows)',
    examples: [['plan --targets sparta.targets.yml', 'See docs/targets.md.']],
  },
  collect: {
    about: 'merge the reports of the jobs of a plan into one comment, summary and check (in workflows)',
    examples: [['collect', 'Of .sparta/plan and .sparta/reports. See docs/targets.md.']],
  },
  describe: {
    about: 'draw the service: what calls what, and what may read and write what',
    examples: [
      [
        'describe --stack-name orders',
        'As Mermaid text, which GitHub draws; .sparta/report.html is a page of it. Needs no AWS credentials.',
      ],
      ['describe --stack-name orders --svg > orders.svg', 'Or --json: nodes and edges for programs.'],
      ['describe --stack-name orders --diff', 'With what differs from the deployed stack.'],
    ],
  },
  expand: {
    about: 'print what CloudFormation makes of the template: SAM and loops written out',
    examples: [
      ['expand --stack-name orders', 'As YAML. AWS is only read, where there are credentials.'],
      ['expand --stack-name orders --format json | jq .Resources', ''],
      [
        'expand --stack-name orders --diff',
        'What differs from what CloudFormation made of the deployed template.',
      ],
    ],
  },
  invoke: {
    about: 'run a function or a state machine here, as it would be deployed; or all smoke tests',
    usage: '[function or state machine]',
    examples: [
      ['invoke TakeOrder -e order.json', 'The answer goes to stdout, what the function wrote to stderr.'],
      [`invoke TakeOrder -e '{"id": "42"}' | jq .status`, ''],
      [
        'invoke Deliver -e orders.json --waits real',
        'A state machine; without --waits real its waits take no time.',
      ],
      ['invoke CountOrders -e generate:sqs', 'With an example event; a name that is unknown lists them all.'],
      [
        'invoke TakeOrder --stack-name orders --resolve deployed --env AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_SESSION_TOKEN',
        'With the tables and queues of the deployed stack, and your credentials.',
      ],
      ["invoke --events 'events/**/*.json' --fail-on smoke", 'Every smoke test; see docs/local.md.'],
    ],
  },
  start: {
    about: 'serve the whole service: APIs, WebSockets, queues, topics, buses, schedules, state machines',
    examples: [
      ['start -p 3000 --watch', 'All of the service at one port, built and served anew when a file changes.'],
      ['start --backend http://127.0.0.1:4566', 'With its tables, streams and buckets in an emulator.'],
      ['start --waits skip', 'State machines and durable functions do not wait.'],
    ],
  },
  'start-lambda': {
    about: "serve the functions under Lambda's own API",
    examples: [
      ['start-lambda -p 3001 --watch', 'Build and serve anew when a file changes.'],
      [
        'start-lambda --env LOG_LEVEL=debug --env STAGE=dev',
        'Then: AWS_ENDPOINT_URL_LAMBDA=http://127.0.0.1:3001 aws lambda invoke --function-name TakeOrder /dev/stdout',
      ],
    ],
  },
  'start-api': {
    about: 'serve REST APIs, HTTP APIs and function URLs',
    examples: [['start-api -p 3000 --watch --static site', 'The site, and the functions behind its API.']],
  },
  explore: {
    about: 'a page to send events to functions, here or deployed, and to see what happens',
    examples: [
      ['explore --watch', 'Builds and runs the service here; the page replays what was sent before.'],
      ['explore --deployed --stack-name orders', 'Calls the deployed functions, and follows their logs.'],
    ],
  },
  policy: {
    about: 'print the IAM policies that the service needs, or check those of the role that deploys',
    examples: [
      ['policy --stack-name orders', 'Of the roles that preview, deploy, and that CloudFormation assumes.'],
      ['policy --stack-name orders --mode preview --format terraform', ''],
      [
        'policy --stack-name orders --check --deployment-role arn:aws:iam::123456789012:role/orders-deployment',
        'What this role lacks for the change.',
      ],
    ],
  },
  setup: {
    about: 'write the workflow of a repository that has none, and the roles that it needs',
    examples: [
      ['setup --stack-name orders', 'Shows what it would write, and asks.'],
      ['setup --stack-name orders --deploy --yes', 'Writes it, and makes the roles in the account.'],
    ],
  },
};

const SHORT: Partial<Record<InputName, string>> = { event: '-e', port: '-p', watch: '-w' };

function flagLine(name: InputName): string {
  const { accepts, default: fallback } = INPUTS[name];
  const short = SHORT[name];
  const flag = `${short === undefined ? '' : `${short}, `}--${name}`;
  return `  ${flag.padEnd(28)}${accepts}${fallback ? ` (default ${fallback})` : ''}`;
}

const flagLines = (names: readonly InputName[], { meanings = {}, width = 100 }: HelpOptions = {}): string =>
  names
    .map((name) => {
      const meaning = own(meanings, name);
      return [flagLine(name), ...(meaning ? [wrapped(meaning, '      ', width)] : [])].join('\n');
    })
    .join('\n');

/** Words in lines of a width, each behind a margin. */
function wrapped(text: string, margin: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${margin}${word}`);
  }
  return lines.join('\n');
}

const exampleLines = ({ examples }: CommandHelp): string =>
  examples
    .map(([command, what]) => `  sparta-action ${command}${what === '' ? '' : `\n      ${what}`}`)
    .join('\n');

const EXIT_CODES = 'Exit codes: 0 when everything went well, 1 when anything failed.';

/** Whether arguments ask for help: `--help` or `-h` anywhere, `help` as the command, nothing at all. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h');

export interface HelpOptions {
  /** What flags mean is told of one command; all of them would fill screens. */
  readonly meanings?: Meanings;
  /** Columns. */
  readonly width?: number;
}

/** What `--help` prints: of the command that is among the arguments, or of all. */
export function help(args: readonly string[], options: HelpOptions = {}): string {
  const command = args.find(isCommand);
  return command === undefined ? overallHelp() : commandHelp(command, options);
}

function commandHelp(command: Inputs['command'], options: HelpOptions): string {
  const about = COMMANDS[command];
  return `sparta-action ${command}: ${about.about}

Usage: sparta-action ${command}${about.usage ? ` ${about.usage}` : ''} [flags]

Examples:
${exampleLines(about)}

Flags (each is an input of the action; README.md says more of them):
${flagLines(
  flagsOf(command).filter((name) => name !== 'command'),
  options,
)}

${EXIT_CODES}
`;
}

function overallHelp(): string {
  const entries = Object.entries(COMMANDS);
  return `sparta-action: takes an AWS Lambda service from a pull request to production

Usage: sparta-action <command> [flags]

Commands:
${entries.map(([name, { about }]) => `  ${name.padEnd(14)}${about}`).join('\n')}

Examples:
${entries.map(([, each]) => exampleLines(each)).join('\n')}

Flags (each is an input of the action; --help behind a command says what its flags mean):
${flagLines((Object.keys(INPUTS) as InputName[]).filter((name) => name !== 'command'))}
  --version
  --help                      of one command when it follows one

${EXIT_CODES}
`;
}
