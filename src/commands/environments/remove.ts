import type { Aws } from '../../aws/connection/clients.ts';
import { emptyBucket } from '../../aws/leftovers/buckets.ts';
import { removeWhole } from '../../aws/leftovers/index.ts';
import { deleteRepository } from '../../aws/leftovers/repositories.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { accountHash } from '../../hash/account-hash.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import { logEvents } from '../../stages/deploy/event-log.ts';
import { emptyReport } from '../../stages/report/stack-outcome.ts';
import { destinationOf } from '../../stages/upload/destination.ts';

/** What surrounds a command. */
export interface Surroundings {
  readonly inputs: Inputs;
  readonly host: Host;
  /** Where templates of the environment are beside our own bucket, below the names of their stacks. */
  readonly buckets?: readonly string[];
}

/** Deletes the stack of an environment with everything that it leaves; what cannot be deleted is told, not thrown. */
export async function removeStack(
  aws: Aws,
  stack: Stack,
  { inputs, host, buckets }: Surroundings,
): Promise<StackReport> {
  const report = await reportOf(aws, stack.name, 'deleted');
  const { roleArn, express } = inputs;
  try {
    const left = await host.log.group(`Delete ${stack.name}`, async (log) => {
      const options = {
        log,
        signal: host.signal,
        deadline: Date.now() + inputs.timeout * 60_000,
        onEvent: logEvents(stack.name, log),
      };
      const kept = await removeWhole(aws, stack, { roleArn, express }, options);
      await removeUploads(aws, stack.name, { inputs, host: { ...host, log }, ...(buckets && { buckets }) });
      return kept;
    });
    host.log.info(`${stack.name} is deleted`);
    const notes = left.map((each) => `Kept by its template, and still there: ${each}.`);
    return notes.length > 0 ? { ...report, notes } : report;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [failure] = error.problems;
    for (const each of error.problems) host.log.error(problemLine(each), each.place);
    return { ...report, state: 'failed', failure: failure && { subject: stack.name, ...failure } };
  }
}

/** What was uploaded for a stack alone: archives and templates below its name, and images in its repository. */
export async function removeUploads(
  aws: Aws,
  stackName: string,
  { inputs, host, buckets = [] }: Surroundings,
): Promise<void> {
  const { signal, log } = host;
  const { account } = await aws.identity();
  const { bucket: ours, prefix, images } = destinationOf(stackName, { inputs, aws, account });
  const below = prefix === '' ? `${stackName}/` : `${prefix}/${stackName}/`;
  const all = [[ours, below] as const, ...buckets.map((bucket) => [bucket, `${stackName}/`] as const)];
  for (const [bucket, start] of all) {
    try {
      const count = await emptyBucket(aws, { bucket, prefix: start }, signal);
      if (count > 0) log.info(`${bucket}/${start}: ${count} uploaded objects deleted`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      log.warning(`What was uploaded may be left in ${bucket}/${start}: ${error.message}`);
    }
  }
  // A repository that others use, too, keeps its images.
  if (inputs.ecrRepository !== undefined) return;
  try {
    if (await deleteRepository(aws, images.repository, signal))
      log.info(`Image repository ${images.repository} is deleted with its images`);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    log.debug(`Images may be left in ${images.repository}: ${error.message}`);
  }
}

/** A stack that is gone, or would go. */
export async function reportOf(
  aws: Aws,
  stackName: string,
  state: 'deleted' | 'preview',
): Promise<StackReport> {
  const { account } = await aws.identity();
  const place = { region: aws.region, stage: undefined, accountHash: accountHash(account) };
  return { ...emptyReport({ stackName, ...place, state }), ...place };
}
