import { changeStack } from '../../../aws/stack/change-stack.ts';
import type { ChangeResult } from '../../../aws/stack/follow-change.ts';
import { deployedTemplate, type Stack } from '../../../aws/stack/stack.ts';
import { ProblemError } from '../../../problem.ts';
import { onFailureOf } from '../../plan/settings.ts';
import { runToken } from '../../plan/stack-input.ts';
import type { ConnectedRun } from '../../run.ts';
import { uploadTemplates } from '../../upload/index.ts';
import { type DeployPlan, operationOptions } from '../deploy-plan.ts';

/** What a stack was before a deployment, to be deployed again. */
export interface WayBack {
  readonly stack: Stack;
  /** Its template, as it was sent. */
  readonly template: string;
}

/** Source: AWS CloudFormation, "Quotas": what is larger has to be read from S3. */
const LARGEST_BODY = 51_200;

/** Reads what is deployed before it is changed. */
export async function readFormer({ aws, current }: DeployPlan): Promise<WayBack | undefined> {
  return current && { stack: current, template: await deployedTemplate(aws, current.id) };
}

/**
 * Deploys the former template again, with its parameters and tags.
 *
 * @returns what became of it, for people
 */
export async function rollBack(
  plan: DeployPlan,
  former: WayBack | undefined,
  run: ConnectedRun,
): Promise<string> {
  if (!former) return 'the stack stays, because there was none before';
  const { stackName } = plan.stack;
  const { host, inputs } = run;
  // CloudFormation does not tell what NoEcho parameters were.
  const hidden = (value: string): boolean => /^\*+$/.test(value);
  const parameters = Object.fromEntries(
    Object.entries(former.stack.parameters).map(([name, value]) => [name, hidden(value) ? undefined : value]),
  );
  const kept = Object.keys(plan.rendered.parameters).filter((name) =>
    hidden(former.stack.parameters[name] ?? ''),
  );
  try {
    const result = await host.log.group(`Roll ${stackName} back`, async (log) => {
      const options = operationOptions(plan, run, log);
      const input = {
        stackName,
        template: await templateOf(plan, former.template, run),
        parameters,
        tags: former.stack.tags,
        capabilities: former.stack.capabilities,
        roleArn: inputs.roleArn ?? plan.stack.roles?.execution,
        notificationArns: undefined,
        onFailure: onFailureOf(inputs),
        express: inputs.express,
      };
      const token = `${runToken(host, plan.report.planHash)}-back`;
      return changeStack(
        plan.aws,
        { input, current: former.stack, token },
        { ...options, onChanges: () => undefined },
      );
    });
    return `${endOf(result)}${kept.length > 0 ? `; ${kept.join(', ')} keep the values of this deployment, because former ones are not told` : ''}`;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return `it could not be rolled back: ${error.message}`;
  }
}

function endOf(result: ChangeResult): string {
  if (result.kind === 'failed') {
    const { cause, stack } = result;
    const why = cause ? `${cause.logicalId}: ${cause.reason}` : (stack?.statusReason ?? 'no reason is given');
    return `it could not be rolled back: ${why}; the stack is ${stack?.status ?? 'gone'}`;
  }
  return result.kind === 'unchanged'
    ? 'the former template is what is deployed'
    : 'the former template and parameters are deployed again';
}

async function templateOf(plan: DeployPlan, text: string, run: ConnectedRun) {
  if (Buffer.byteLength(text) <= LARGEST_BODY) return { body: text };
  const { template } = plan.rendered;
  const format = text.trimStart().startsWith('{') ? ('json' as const) : ('yaml' as const);
  const { templateUrl } = await uploadTemplates(
    {
      ...plan,
      // Not to where the source puts its template of today.
      stack: { ...plan.stack, templateDestination: undefined, assets: [], nested: [] },
      rendered: { ...plan.rendered, nested: [], template: { ...template, text, format } },
    },
    run,
    run.host.log,
  );
  return { url: templateUrl };
}
