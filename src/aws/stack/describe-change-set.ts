import type {
  DescribeChangeSetCommandOutput,
  ResourceChangeDetail,
  Change as SdkChange,
} from '@aws-sdk/client-cloudformation';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { isPassing, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { pauses } from '../connection/pauses.ts';

/** A change of one resource, as the change set tells it: the truth about replacement. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  readonly logicalId: string;
  readonly type: string;
  readonly replacement: 'True' | 'False' | 'Conditional' | undefined;
  readonly policyAction?: string;
  /** Of what is there already: of resources that are added it is not known yet. */
  readonly physicalId?: string;
  readonly details: readonly ChangeDetail[];
  /** Of a change set that reverts drift: how the resource differs from what was deployed. */
  readonly drift?: ResourceDrift;
}

/** What a change set that reverts drift says of one resource. */
export interface ResourceDrift {
  /** `IN_SYNC`, `MODIFIED`, `DELETED`, `UNKNOWN` or `UNSUPPORTED`. */
  readonly status: string;
  /** Properties that were not compared. */
  readonly ignored: readonly string[];
}

export interface ChangeDetail {
  /** What changes, such as `Properties.MemorySize`. */
  readonly target: string;
  readonly recreation: string;
  readonly cause: string;
  /** Values as CloudFormation shows them, where it does. */
  readonly before?: string;
  readonly after?: string;
  /** What was deployed and what is there, where these differ; what is not there is `undefined`. */
  readonly drift?: { readonly deployed: string | undefined; readonly real: string | undefined };
  /** The resource is that already: only CloudFormation has to learn of it. */
  readonly syncs?: true;
}

/** What is known of a change set while it is being made. */
export type ChangeSetStatus = Pick<
  DescribeChangeSetCommandOutput,
  'Status' | 'StatusReason' | 'ChangeSetId' | 'StackId'
>;

interface Options {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/**
 * Waits until a change set is made, or failed.
 *
 * @throws ProblemError at the deadline
 */
export async function waitForChangeSet(
  aws: Aws,
  stackName: string,
  id: string,
  { signal, deadline }: Options,
): Promise<ChangeSetStatus> {
  const pause = pauses(200, 3_000, signal);
  for (;;) {
    const page = await readPage(aws, stackName, id, { signal }).catch((error: unknown) => {
      if (error instanceof ProblemError && isPassing(error.cause)) return undefined;
      throw error;
    });
    if (page?.Status === 'CREATE_COMPLETE' || page?.Status === 'FAILED') return page;
    if (Date.now() > deadline) {
      throw new ProblemError({
        subject: stackName,
        message: `the change set was still ${page?.Status ?? 'not to be read'} when the time was up; nothing was changed`,
        next: 'Run the job again, or raise the input timeout.',
      });
    }
    await pause.next();
  }
}

/**
 * How far the execution of a change set has come.
 *
 * @returns `undefined` when that is not to be read right now, or the change set is gone
 */
export async function executionStatus(
  aws: Aws,
  stackName: string,
  id: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return (await readPage(aws, stackName, id, { signal })).ExecutionStatus;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return undefined;
  }
}

/** How CloudFormation says that it left changes out because of their values. */
const INCOMPLETE = /include-property-values.*incomplete/i;

/**
 * All changes of a change set, with the values of properties where CloudFormation can show them. From very large
 * answers with values it leaves changes out, and says so. Then we ask again without values, and add the values that we
 * have.
 */
export async function changesOf(
  aws: Aws,
  stackName: string,
  id: string,
  signal: AbortSignal,
): Promise<readonly ResourceChange[]> {
  const detailed = await allPages(aws, stackName, id, { signal, values: true });
  if (!INCOMPLETE.test(detailed.reason)) return detailed.changes;
  const plain = await allPages(aws, stackName, id, { signal });
  const known = new Map(detailed.changes.map((change) => [change.logicalId, change]));
  return plain.changes.map((change) => known.get(change.logicalId) ?? change);
}

async function allPages(
  aws: Aws,
  stackName: string,
  id: string,
  options: { readonly signal: AbortSignal; readonly values?: boolean },
): Promise<{ readonly changes: ResourceChange[]; readonly reason: string }> {
  const changes: ResourceChange[] = [];
  let reason = '';
  let token: string | undefined;
  do {
    const page = await readPage(aws, stackName, id, { ...options, token });
    changes.push(...(page.Changes ?? []).flatMap(fromSdk));
    reason ||= page.StatusReason ?? '';
    token = page.NextToken;
  } while (token);
  return { changes, reason };
}

function readPage(
  aws: Aws,
  stackName: string,
  id: string,
  {
    signal,
    token,
    values,
  }: { readonly signal: AbortSignal; readonly token?: string | undefined; readonly values?: boolean },
): Promise<DescribeChangeSetCommandOutput> {
  return explained(`reading the change set of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    return client.send(
      new sdk.DescribeChangeSetCommand({
        StackName: stackName,
        ChangeSetName: id,
        NextToken: token,
        ...(values && { IncludePropertyValues: true }),
      }),
      withSignal(signal),
    );
  });
}

function fromSdk({ ResourceChange: change }: SdkChange): ResourceChange[] {
  if (!change) return [];
  return [
    {
      action: change.Action ?? 'Modify',
      logicalId: change.LogicalResourceId ?? '',
      type: change.ResourceType ?? '',
      replacement: change.Replacement,
      ...(change.PolicyAction && { policyAction: change.PolicyAction }),
      ...(change.PhysicalResourceId && { physicalId: change.PhysicalResourceId }),
      details: (change.Details ?? []).map(detailFromSdk),
      ...(change.ResourceDriftStatus && {
        drift: {
          status: change.ResourceDriftStatus,
          ignored: (change.ResourceDriftIgnoredAttributes ?? []).map(({ Path = '' }) => Path),
        },
      }),
    },
  ];
}

function detailFromSdk({ Target, CausingEntity, ChangeSource }: ResourceChangeDetail): ChangeDetail {
  const { Attribute, Name, Path, Drift } = Target ?? {};
  // Where there is drift, the whole path is told: `/Properties/RedrivePolicy/maxReceiveCount`.
  const named = [Attribute, Name].filter((part) => part).join('.');
  const drifted = Drift && Path ? Path.split('/').filter(Boolean).join('.') : named;
  return {
    target: drifted,
    recreation: Target?.RequiresRecreation ?? 'Never',
    cause: CausingEntity ?? ChangeSource ?? '',
    ...(Target?.BeforeValue !== undefined && { before: Target.BeforeValue }),
    ...(Target?.AfterValue !== undefined && { after: Target.AfterValue }),
    ...(Drift && { drift: { deployed: Drift.PreviousValue, real: Drift.ActualValue } }),
    ...(Target?.AttributeChangeType === 'SyncWithActual' && { syncs: true }),
  };
}
