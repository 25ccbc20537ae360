import type { DetectStackDriftCommandOutput, StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { pauses } from '../connection/pauses.ts';

/** A resource that is not as its stack's template says. */
export interface DriftedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly kind: 'deleted' | 'modified';
  /** Paths of properties, without values: those may be secret. */
  readonly properties: readonly string[];
}

export interface Drift {
  readonly resources: readonly DriftedResource[];
  /** Why not all of them could be looked at. */
  readonly incomplete?: string;
}

/**
 * Has CloudFormation compare the resources of a stack with its template, and waits for the result.
 *
 * @throws ProblemError when it may not be asked, or at the deadline (milliseconds since 1970)
 */
export async function detectDrift(
  aws: Aws,
  stackName: string,
  { signal, deadline }: { readonly signal: AbortSignal; readonly deadline: number },
): Promise<Drift> {
  return explained(`detecting drift of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    const pause = pauses(500, 5_000, signal);
    const wait = (): Promise<void> => {
      if (Date.now() <= deadline) return pause.next();
      throw new ProblemError({
        subject: stackName,
        message: 'drift was still being detected when the time was up',
        next: 'Raise the input timeout.',
      });
    };
    let begun: DetectStackDriftCommandOutput | undefined;
    while (!begun) {
      begun = await client
        .send(new sdk.DetectStackDriftCommand({ StackName: stackName }), withSignal(signal))
        .catch((error: Error) => {
          if (isUnderWay(error)) return undefined;
          throw error;
        });
      if (!begun) await wait();
    }
    for (;;) {
      const now = await client.send(
        new sdk.DescribeStackDriftDetectionStatusCommand({
          StackDriftDetectionId: begun.StackDriftDetectionId,
        }),
        withSignal(signal),
      );
      if (now.DetectionStatus !== 'DETECTION_IN_PROGRESS') {
        const failed = now.DetectionStatus === 'DETECTION_FAILED';
        return {
          resources: await driftedResources(aws, stackName, signal),
          ...(failed && { incomplete: now.DetectionStatusReason ?? 'no reason is given' }),
        };
      }
      await wait();
    }
  });
}

/**
 * Whether drift is detected already: by somebody else, or because the reply to an earlier try was lost. CloudFormation
 * tells nobody else how that one comes on, so that another one begins after it.
 */
const isUnderWay = ({ message }: Error): boolean => /drift detection is already in progress/i.test(message);

async function driftedResources(
  aws: Aws,
  stackName: string,
  signal: AbortSignal,
): Promise<readonly DriftedResource[]> {
  const { client, sdk } = await aws.cloudFormation();
  const found: StackResourceDrift[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.DescribeStackResourceDriftsCommand({
        StackName: stackName,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        NextToken: token,
      }),
      withSignal(signal),
    );
    found.push(...(page.StackResourceDrifts ?? []));
    token = page.NextToken;
  } while (token);
  return found
    .map(
      (each): DriftedResource => ({
        logicalId: each.LogicalResourceId ?? '',
        type: each.ResourceType ?? '',
        kind: each.StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'modified',
        properties: (each.PropertyDifferences ?? []).map(({ PropertyPath = '' }) => PropertyPath),
      }),
    )
    .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

/** A line for each resource that has drifted, or one that says that none has. */
export function driftLines({ resources, incomplete }: Drift): readonly string[] {
  const lines = resources.map(({ logicalId, type, kind, properties }) => {
    const which = properties.length > 0 ? `: ${properties.join(', ')}` : '';
    return `Drift: ${logicalId} (${type}) was ${kind} outside of CloudFormation${which}`;
  });
  const rest =
    incomplete === undefined ? [] : [`Drift: not every resource could be looked at: ${incomplete}`];
  return lines.length + rest.length > 0 ? [...lines, ...rest] : ['Drift: none'];
}
