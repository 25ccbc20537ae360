import type { StackAssembly } from '../../assembly/types.ts';
import type { Capabilities } from '../assemble/check-template.ts';
import { tellUnknown, unknown } from '../plan/find-stack.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { Run } from '../run.ts';
import { stackSetDrift } from './drift.ts';
import { type FoundStackSet, findStackSet } from './find.ts';
import { planStackSet } from './plan.ts';
import { addressOf, stackSetRequest } from './request.ts';

/** Shows what a deployment would change in a stack set and its instances. AWS is only read. */
export async function previewStackSet(
  assembled: StackAssembly,
  { missing }: Capabilities,
  run: Run,
): Promise<StackOutcome> {
  const { inputs, host, aws } = run;
  const request = stackSetRequest(inputs);
  return host.log.group(`Preview the stack set ${assembled.stackName}`, async (log) => {
    const found: FoundStackSet =
      inputs.diffAgainst === 'base'
        ? {
            ...unknown(assembled, aws, 'diff-against is base'),
            address: addressOf(assembled.stackName, inputs),
            current: undefined,
            instances: [],
          }
        : await findStackSet(assembled, run);
    if (found.deployed.kind === 'unknown')
      tellUnknown(assembled.stackName, found.deployed.why, { inputs, log });
    const plan = await planStackSet(found, 'preview', { run, request });
    const { report } = plan;
    const looks = inputs.drift === true || inputs.failOn?.includes('drift') === true;
    const drifted =
      looks && aws && found.instances.length > 0
        ? await stackSetDrift(aws, found.address, { inputs, host })
        : undefined;
    const refused =
      missing.length > 0
        ? [
            {
              logicalId: assembled.stackName,
              message: `the input capabilities lacks ${missing.join(' and ')}`,
            },
          ]
        : [];
    return {
      report: {
        ...report,
        ...(refused.length > 0 && { refused }),
        ...(drifted && { drifted }),
        ...(drifted?.length && {
          notes: [...(report.notes ?? []), ...drifted.map((line) => `Drift: ${line}`)],
        }),
      },
      operation: 'preview',
      stackId: found.current?.id ?? '',
      status: found.current?.status ?? '',
      changeSetId: '',
      template: plan.template,
    };
  });
}
