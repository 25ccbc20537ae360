import type { Aws } from '../../aws/connection/clients.ts';
import { detectStackSetDrift } from '../../aws/stack-sets/drift.ts';
import type { StackSetAddress } from '../../aws/stack-sets/stack-set.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import { failureText } from './instance-failure.ts';
import { accountLabels } from './labels.ts';
import { preferencesOf } from './request.ts';

/**
 * A line for each resource of an instance that was changed outside of CloudFormation.
 *
 * @throws ProblemError when that cannot be found out
 */
export async function stackSetDrift(
  aws: Aws,
  address: StackSetAddress,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<readonly string[]> {
  const { RegionOrder: _, ...preferences } = preferencesOf(inputs.stackSet);
  return host.log.group(`Detect drift of ${address.name}`, async (log) => {
    const { end, drifted } = await detectStackSetDrift(
      aws,
      { address, preferences },
      {
        log,
        signal: host.signal,
        deadline: Date.now() + inputs.timeout * 60_000,
        cancelUpdate: true,
        onResult: () => undefined,
      },
    );
    const label = accountLabels(drifted.map(({ instance }) => instance.account));
    if (!end.succeeded)
      throw new ProblemError({
        subject: address.name,
        message: `drift could not be detected: ${failureText(end, label)}`,
        next: 'Correct that and run the job again.',
      });
    return drifted.flatMap(({ instance, resources }) =>
      resources.map((each) => `${label(instance.account)} ${instance.region}: ${each}`),
    );
  });
}
