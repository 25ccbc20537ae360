import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import { checkTemplates } from '../../stages/assemble/check-template.ts';
import { assemble } from '../../stages/assemble/index.ts';
import { findStack } from '../../stages/plan/find-stack.ts';
import { located } from '../../stages/plan/index.ts';
import { checkPermissions, lackingText } from '../../stages/plan/permissions/check-stack.ts';
import { connectTo, runOf } from '../run.ts';

/**
 * Says which permissions the roles of a deployment lack for the change; fails where it would surely fail without one.
 *
 * @throws ProblemError where no role is named, or AWS cannot be asked
 */
export async function checkCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  if (inputs.deploymentRole === undefined && inputs.roleArn === undefined)
    throw new ProblemError({
      subject: 'input check',
      message: 'nothing says whose permissions are checked',
      next: 'Set deployment-role to the role that deploys, and role-arn to the one that CloudFormation assumes.',
    });
  const { log } = host;
  const run = runOf(inputs, host, { noop: true, aws: await connectTo(inputs, host) });
  const { assembly } = await assemble(run);
  checkTemplates(assembly, run);
  let failures = 0;
  for (const stack of assembly.stacks) {
    const found = await findStack(stack, run.aws, log);
    const checked = await checkPermissions(
      { found, located: await located(found, 'preview', run) },
      inputs,
      host,
    );
    if (checked.kind === 'unchecked')
      throw new ProblemError({
        subject: stack.stackName,
        message: `its permissions were not checked: ${checked.why}`,
        next: 'Give credentials that may read the stack, or leave out check.',
      });
    const sure = checked.lacking.filter(({ isSure }) => isSure);
    const perhaps = checked.lacking.filter(({ isSure }) => !isSure);
    failures += sure.length;
    for (const each of sure)
      log.error(`${each.logicalId ?? stack.stackName}: ${lackingText(each)} (${each.resource})`);
    if (perhaps.length > 0)
      log.info(
        `Not allowed either, and needed in some circumstances only: ${[...new Set(perhaps.map(({ action }) => action))].join(', ')}`,
      );
    if (sure.length === 0)
      log.info(`${stack.stackName}: no permission that the change surely needs is missing`);
  }
  return { ok: failures === 0, report: undefined, outputs: {}, stackOutputs: {} };
}
