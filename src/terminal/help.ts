import { INPUTS, type InputName, type Inputs } from '../inputs.ts';
import { flagsOf, isCommand } from './command-flags.ts';

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
  status: {
    about: 'say how the stack is, with its outputs',
    examples: [['status --stack-name orders', '']],
  },
  comment: {
    about: 'post the preview that another workflow stored (in workflows)',
    examples: [['comment --source .sparta/report.json', 'See docs/untrusted.md.']],
  },
  invoke: {
    about: 'run a function here, on the archive that would be deployed; or all smoke tests',
    usage: '[function]',
    examples: [
      ['invoke TakeOrder -e order.json', 'The answer goes to stdout, what the function wrote to stderr.'],
      [`invoke TakeOrder -e '{"id": "42"}' | jq .status`, ''],
      ['invoke CountOrders -e generate:sqs', 'With an example event; a name that is unknown lists them all.'],
      [
        'invoke TakeOrder --stack-name orders --resolve deployed --env AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_SESSION_TOKEN',
        'With the tables and queues of the deployed stack, and your credentials.',
      ],
      ["invoke --events 'events/**/*.json' --fail-on smoke", 'Every smoke test; see docs/local.md.'],
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
};

const SHORT: Partial<Record<InputName, string>> = { event: '-e', port: '-p', watch: '-w' };

const flagLines = (names: readonly InputName[]): string =>
  names
    .map((name) => {
      const { accepts, default: fallback } = INPUTS[name];
      const short = SHORT[name];
      const flag = `${short === undefined ? '' : `${short}, `}--${name}`;
      return `  ${flag.padEnd(28)}${accepts}${fallback ? ` (default ${fallback})` : ''}`;
    })
    .join('\n');

const exampleLines = ({ examples }: CommandHelp): string =>
  examples
    .map(([command, what]) => `  sparta-action ${command}${what === '' ? '' : `\n      ${what}`}`)
    .join('\n');

const EXIT_CODES = 'Exit codes: 0 when everything went well, 1 when anything failed.';

/** The help that arguments ask for, if they do: `--help` or `-h` anywhere, `help` as the command, nothing at all. */
export function helpFor(args: readonly string[]): string | undefined {
  const asks = args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h');
  return asks ? help(args.find(isCommand)) : undefined;
}

/** What `--help` prints: of one command, or of all. */
export function help(command: string | undefined): string {
  return command !== undefined && isCommand(command)
    ? commandHelp(command, COMMANDS[command])
    : overallHelp();
}

function commandHelp(command: Inputs['command'], about: CommandHelp): string {
  return `sparta-action ${command}: ${about.about}

Usage: sparta-action ${command}${about.usage ? ` ${about.usage}` : ''} [flags]

Examples:
${exampleLines(about)}

Flags (each is an input of the action, with the same meaning; see README.md):
${flagLines(flagsOf(command).filter((name) => name !== 'command'))}

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

Flags (each is an input of the action, with the same meaning; see README.md):
${flagLines((Object.keys(INPUTS) as InputName[]).filter((name) => name !== 'command'))}
  --version
  --help                      of one command when it follows one

${EXIT_CODES}
`;
}
