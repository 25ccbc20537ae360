import { DEFAULT_STAGE, INPUTS, type InputName, type Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import { scalarText } from '../../template/types.ts';
import { yamlText } from '../../template/write/yaml-text.ts';
import type { RepositoryFacts } from './repository.ts';

/** What a workflow does, and as whom. */
export interface WorkflowPlan {
  readonly stackName: string;
  readonly region: string;
  readonly repository: RepositoryFacts;
  readonly environment: string | undefined;
  /** ARNs; `execution` where CloudFormation assumes a role. */
  readonly roles: {
    readonly preview: string;
    readonly deployment: string;
    readonly execution: string | undefined;
  };
  /** Of the service, relative to the repository; empty for its root. */
  readonly folder: string;
  /** The workflow builds the source itself first. */
  readonly isCdk: boolean;
  /** Parameters whose values nobody may read in the workflow: they come from secrets. */
  readonly hidden: readonly string[];
}

/** What the secret of a parameter is called. Source: GitHub's rules for names of secrets. */
export function secretName(stackName: string, parameter: string): string {
  const words = `${stackName}_${parameter.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_')}`;
  const name = words.replaceAll('-', '_').toUpperCase();
  return name.startsWith('GITHUB_') ? `STACK_${name}` : name;
}

const ATTESTING = `  attestations: write    # where archives were built
  artifact-metadata: write   # what runs where
`;

/** A workflow that previews pull requests and deploys the default branch. */
export function workflowText(plan: WorkflowPlan, inputs: Inputs): string {
  const { stackName, repository, environment } = plan;
  const condition = environment === undefined ? '' : `    environment: ${quoted(environment)}\n`;
  return `# Previews pull requests and deploys ${repository.defaultBranch}; made by sparta-action setup.
name: Deploy ${stackName}
on:
  pull_request:
  push:
    branches: [${quoted(repository.defaultBranch)}]

permissions:
  contents: read
  pull-requests: write   # the comment
  id-token: write        # credentials by OIDC, no long-lived keys
${inputs.attest ? ATTESTING : ''}
jobs:
  preview:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
${stepsOf(plan, 'preview', inputs)}

  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
${condition}    concurrency:
      group: deploy-${stackName}
      queue: max   # no deployment is dropped while another one runs
    steps:
${stepsOf(plan, 'deployment', inputs)}
`;
}

/** A pull request from a fork gets no token to sign in with; its preview compares with the base commit. */
const NOT_FROM_FORKS =
  '        if: github.event.pull_request.head.repo.full_name == github.repository   # forks get no credentials';

function stepsOf(plan: WorkflowPlan, kind: 'preview' | 'deployment', inputs: Inputs): string {
  const { stackName, region, roles, isCdk, folder } = plan;
  const secrets = kind === 'deployment' ? secretsOf(plan, inputs) : [];
  const settings: Readonly<Record<string, string | undefined>> = {
    'stack-name': isCdk ? undefined : stackName,
    'working-directory': folder === '' ? undefined : folder,
    ...settingsOf(inputs),
    parameters: parametersText(plan, inputs),
    'role-arn': roles.execution,
    'deployment-role': isCdk && roles.execution === undefined ? undefined : roles.deployment,
  };
  const synth = isCdk
    ? [
        '      - run: npm ci && npx cdk synth --quiet',
        ...(folder === '' ? [] : [`        working-directory: ${quoted(folder)}`]),
      ]
    : [];
  const lines = Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : settingLines(name, value),
  );
  return [
    '      - uses: actions/checkout@v7',
    '        with:',
    '          fetch-depth: 2   # lets a preview without credentials compare with the base commit',
    ...synth,
    ...secrets.flatMap((name) => [
      `      - run: '[ -n "$VALUE" ] || { echo "::error::The secret ${name} is not set"; exit 1; }'`,
      `        env: { VALUE: "\${{ secrets.${name} }}" }`,
    ]),
    '      - uses: aws-actions/configure-aws-credentials@v6',
    ...(kind === 'preview' ? [NOT_FROM_FORKS] : []),
    '        with:',
    `          role-to-assume: ${quoted(roles[kind])}`,
    `          aws-region: ${region}`,
    '      - uses: org/sparta-action@v1',
    // GitHub refuses a file in which nothing follows.
    ...(lines.length > 0 ? ['        with:', ...lines] : []),
  ].join('\n');
}

function settingLines(name: string, value: string): readonly string[] {
  const lines = value.split('\n');
  return lines.length === 1
    ? [`          ${name}: ${quoted(value)}`]
    : [`          ${name}: |`, ...lines.map((line) => `            ${line}`)];
}

/** Names of the secrets that take the place of values that were given. */
export const secretsOf = ({ stackName, hidden }: WorkflowPlan, { parameters }: Inputs): readonly string[] =>
  hidden
    .filter((name) => Object.hasOwn(parameters?.values ?? {}, name))
    .map((name) => secretName(stackName, name));

/** @throws ProblemError for values that no line holds */
function parametersText({ stackName, hidden }: WorkflowPlan, inputs: Inputs): string | undefined {
  const lines = Object.entries(inputs.parameters?.values ?? {}).map(([name, value]) =>
    hidden.includes(name)
      ? `${name}=\${{ secrets.${secretName(stackName, name)} }}`
      : `${name}=${lineText(name, value)}`,
  );
  return lines.length === 0 ? undefined : lines.join('\n');
}

function lineText(name: string, value: string): string {
  if (!/^\s|\s$|^["']|[\r\n]|\$\{\{/.test(value)) return value;
  const quote = [`"`, `'`].find((each) => !value.includes(each));
  if (quote !== undefined && !/[\r\n]|\$\{\{/.test(value)) return `${quote}${value}${quote}`;
  throw new ProblemError({
    subject: `parameter ${name}`,
    message:
      'the workflow cannot hold its value: it has several lines, both kinds of quotes, or an expression of GitHub',
    next: 'Leave it out here, and write it into the workflow as a file that parameters names.',
  });
}

function alarmsText({ rollbackAlarms }: Inputs): string | undefined {
  const arns = rollbackAlarms?.map(({ arn, composite }) => `${composite ? 'composite:' : ''}${arn}`);
  return arns?.length === 0 ? 'none' : arns?.join(' ');
}

const onlyIf = (given: boolean): string | undefined => (given ? 'true' : undefined);

/** What was said at the terminal, as far as it is no default. */
function settingsOf(inputs: Inputs): Readonly<Partial<Record<InputName, string | undefined>>> {
  return {
    source: inputs.source,
    stacks: inputs.stacks?.join(' '),
    stage: inputs.stage === DEFAULT_STAGE ? undefined : inputs.stage,
    's3-bucket': inputs.s3Bucket,
    's3-prefix': inputs.s3Prefix,
    'ecr-repository': inputs.ecrRepository,
    'create-ecr-repository': onlyIf(inputs.createEcrRepository),
    'build-tags': inputs.buildTags?.join(','),
    ldflags: inputs.ldflags,
    dockerfile: inputs.dockerfile,
    'container-tool': inputs.containerTool,
    'rollback-alarms': alarmsText(inputs),
    inplace: onlyIf(inputs.inplace),
    attest: onlyIf(inputs.attest),
    drift: inputs.drift === false ? undefined : String(inputs.drift),
    validate: onlyIf(inputs.validate),
    timeout: String(inputs.timeout) === INPUTS.timeout.default ? undefined : String(inputs.timeout),
    cache: inputs.cache ? undefined : 'false',
    'allow-untrusted-code': onlyIf(inputs.allowUntrustedCode),
    'allow-outside-workspace': onlyIf(inputs.allowOutsideWorkspace),
  };
}

const quoted = (text: string): string => yamlText(scalarText(text)).trimEnd();
