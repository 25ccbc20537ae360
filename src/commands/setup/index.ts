import { relative, resolve } from 'node:path';
import type { Aws } from '../../aws/connection/clients.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { roleName, roleTemplate } from '../../policies/role-template.ts';
import { executionPolicy, type RoleKind } from '../../policies/roles.ts';
import { issuerOf, subjectOf, type TrustedRun } from '../../policies/trust.ts';
import { ProblemError } from '../../problem.ts';
import { partitionOf } from '../../stages/plan/permissions/stack-needs.ts';
import { yamlText } from '../../template/write/yaml-text.ts';
import { policySource, rolesOf } from '../permissions/policy.ts';
import { connectTo } from '../run.ts';
import { deployRoles, foreignProvider } from './deploy-roles.ts';
import { type RepositoryFacts, repositoryFacts } from './repository.ts';
import { secretsOf, type WorkflowPlan, workflowText } from './workflow.ts';
import { type PlannedFile, writeFiles } from './write-files.ts';

/**
 * From nothing to the first deployment: writes a workflow and the template of the roles that it needs, and makes these with
 * `deploy`. Shows what it would do, and asks first.
 *
 * @throws ProblemError in a workflow, where nobody is asked, and where the answer is no
 */
export async function setupCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const { log, confirm } = host;
  if (host.background)
    throw new ProblemError({
      subject: 'input command',
      message: 'setup is for a terminal: it writes files that are to be committed',
      next: 'Run it in a checkout: npx sparta-action setup.',
    });
  if (inputs.deployTo === 'stack-set')
    throw new ProblemError({
      subject: 'input deploy-to',
      message: 'setup writes no workflows for stack sets',
      next: 'Take that of docs/stack-sets.md; the command policy prints what its role needs.',
    });
  const aws = await connectTo(inputs, host);
  const account = await accountFor(aws, inputs);
  const repository = await repositoryFacts(host);
  for (const doubt of repository.doubts) log.warning(doubt);
  const environment = inputs.deploymentEnvironment ?? productionOf(repository);
  const plan = await planOf(inputs, host, { repository, environment, aws, account });
  log.info(`Repository ${repository.owner}/${repository.name}, branch ${repository.defaultBranch}`);
  for (const line of plan.lines) log.info(line);
  const doing = inputs.deploy
    ? `Write ${plan.files.length} files, and make the roles in account ${account} by the stack ${plan.rolesStack}?`
    : `Write ${plan.files.length} files?`;
  if (!(await confirm(doing)))
    throw new ProblemError({
      message: 'nothing was written: nobody has confirmed it',
      next: 'Answer with yes, or give --yes.',
    });
  for (const name of plan.secrets)
    log.warning(`The workflow needs the secret ${name}: set it in the settings of the repository`);
  const atRoot = { ...host, workspace: repository.root };
  await writeFiles(plan.files, atRoot);
  if (inputs.deploy)
    return deployRoles({ stackName: plan.rolesStack, file: plan.rolesFile }, aws, {
      inputs,
      host: atRoot,
    });
  log.info(
    `Next: deploy ${plan.rolesFile} as the stack ${plan.rolesStack} (setup --deploy, or aws cloudformation deploy with CAPABILITY_NAMED_IAM), then commit the files.`,
  );
  return { ok: true, report: undefined, outputs: {}, stackOutputs: {} };
}

/** @throws ProblemError where it is needed and not known */
async function accountFor(aws: Aws, { deploy }: Inputs): Promise<string> {
  if (await aws.hasCredentials()) return (await aws.identity()).account;
  if (!deploy) return '${{ vars.AWS_ACCOUNT_ID }}';
  throw new ProblemError({
    subject: 'input deploy',
    message: 'there are no AWS credentials to make the roles with',
    next: 'Sign in to the account (aws sso login, AWS_PROFILE), or leave out deploy.',
  });
}

/** The one environment that says it is the place for deployments. */
function productionOf({ environments }: RepositoryFacts): string | undefined {
  const [only, ...others] = environments.filter((name) => /^prod(uction)?$/i.test(name));
  return others.length === 0 ? only : undefined;
}

interface SetupPlan {
  readonly files: readonly PlannedFile[];
  readonly rolesStack: string;
  readonly rolesFile: string;
  /** Names of secrets that the workflow needs. */
  readonly secrets: readonly string[];
  /** For people. */
  readonly lines: readonly string[];
}

interface Surroundings {
  readonly repository: RepositoryFacts;
  readonly environment: string | undefined;
  readonly aws: Aws;
  readonly account: string;
}

async function planOf(inputs: Inputs, host: Host, surroundings: Surroundings): Promise<SetupPlan> {
  const { repository, environment, aws, account } = surroundings;
  const { region } = aws;
  const deployment: TrustedRun =
    environment === undefined
      ? { kind: 'branch', branch: repository.defaultBranch }
      : { kind: 'environment', environment };
  const source = await policySource(inputs, host, { anywhere: true });
  const [first] = source.facts;
  const stackName = inputs.stackName ?? first?.place.stackName ?? 'service';
  const isCdk = source.kind === 'cdk';
  const makesExecution = source.facts.some(({ assumed }) => !assumed) && inputs.roleArn === undefined;
  const { preview, deployment: deploying } = rolesOf(source, inputs);
  const policies = {
    preview,
    deployment: deploying,
    ...(makesExecution && { cloudformation: executionPolicy(source) }),
  };
  const arn = (kind: RoleKind): string =>
    `arn:${partitionOf(region)}:iam::${account}:role/${roleName(stackName, kind)}`;
  const roles = {
    preview: arn('preview'),
    deployment: arn('deployment'),
    execution: inputs.roleArn ?? (makesExecution ? arn('cloudformation') : undefined),
  };
  const rolesStack = `sparta-roles-${stackName}`.slice(0, 128);
  const provider = (await aws.hasCredentials())
    ? await foreignProvider(aws, rolesStack, issuerOf(repository))
    : undefined;
  const template = roleTemplate({
    stackName,
    repository,
    deployment,
    makesProvider: provider === undefined,
    policies,
  });
  const folder = relative(repository.root, resolve(host.workspace, inputs.workingDirectory));
  const rolesFile = `.github/sparta/${stackName}-roles.yaml`;
  const workflowFile = `.github/workflows/deploy-${stackName}.yml`;
  const workflow: WorkflowPlan = {
    stackName,
    region,
    repository,
    environment,
    roles,
    isCdk,
    folder,
    hidden: source.hidden,
  };
  return {
    rolesStack,
    rolesFile,
    secrets: secretsOf(workflow, inputs),
    files: [
      { path: workflowFile, text: workflowText(workflow, inputs) },
      { path: rolesFile, text: yamlText(template) },
    ],
    lines: [
      provider
        ? `The account has the OIDC provider ${provider}`
        : `OIDC provider: ${issuerOf(repository)} is made`,
      `${roles.preview}: previews; for ${subjectOf(repository, { kind: 'pull request' })}`,
      `${roles.deployment}: deploys; for ${subjectOf(repository, deployment)}`,
      ...(!makesExecution
        ? []
        : [
            `${roles.execution}: what CloudFormation may do, ${actionCount(policies.cloudformation)} actions`,
          ]),
    ],
  };
}

const actionCount = (
  document: { readonly Statement: readonly { readonly Action: readonly string[] }[] } | undefined,
) => document?.Statement.reduce((sum, { Action }) => sum + Action.length, 0) ?? 0;
