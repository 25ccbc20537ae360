import { INPUTS } from '../inputs.ts';

const flags = Object.entries(INPUTS)
  .filter(([name]) => name !== 'command')
  .map(
    ([name, { accepts, default: fallback }]) =>
      `  --${name.padEnd(26)}${accepts}${fallback ? ` (default ${fallback})` : ''}`,
  )
  .join('\n');

/** What `--help` prints. */
export const HELP = `sparta-action: takes an AWS Lambda service from a pull request to production

Usage: sparta-action <command> [flags]

Commands:
  provision   build the service and deploy it; with --noop, show what would change
  delete      delete the stack and wait for the end
  status      say how the stack is, with its outputs

Examples:
  sparta-action provision --stack-name orders --noop
      What the pull request would show, for template.yaml in this folder. Needs no AWS credentials.
  sparta-action provision --stack-name orders --parameters Stage=prod --region eu-central-1
  sparta-action provision --source .sparta
      Deploy the very bytes that an earlier run built.
  sparta-action delete --stack-name orders

Flags (each is an input of the action, with the same meaning; see README.md):
${flags}
  --version
  --help

Exit codes: 0 when everything went well, 1 when anything failed.
`;
