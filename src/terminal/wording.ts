import { INPUTS } from '../inputs.ts';

const NAMES = Object.keys(INPUTS)
  .sort((a, b) => b.length - a.length)
  .join('|');

/** What is said to the author of a workflow, and how it is said at a terminal. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /Name a role in the input role-to-assume and add `id-token: write` to the permissions, or add a step with aws-actions\/configure-aws-credentials before this one\./g,
    'Log in (aws sso login, or aws configure), or set AWS_PROFILE.',
  ],
  [
    /name the role in the input role-to-assume, which renews them, or run the job again\./g,
    'log in again (aws sso login).',
  ],
  [/ With the role in the input role-to-assume, they are renewed\./g, ''],
  [
    /AWS_REGION \(aws-actions\/configure-aws-credentials does\)/g,
    'AWS_REGION, or AWS_PROFILE to a profile with a region',
  ],
  [/\brole of the workflow\b/g, 'role that you use'],
  [/, with noop: true,/g, ' --noop'],
  [/ on lines of their own\b/g, ', each after a flag of its own'],
  [/\b([Rr])un the job again\b/g, '$1un the command again'],
  [new RegExp(`\\b(?:the )?inputs (${NAMES}) and (${NAMES})\\b`, 'g'), '--$1 and --$2'],
  [new RegExp(`\\b(?:the )?input (${NAMES})(?![\\w-])`, 'g'), '--$1'],
  [new RegExp(`(?<![\\w-])(${NAMES}): (true|false|debug|auto|keep|delete)(?![\\w-])`, 'g'), '--$1 $2'],
];

/** An error or its advice with flags instead of inputs, and without the steps of a workflow. */
export const terminalWords = (text: string): string =>
  WORDS.reduce((words, [said, instead]) => words.replace(said, instead), text);
