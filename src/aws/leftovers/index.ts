import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { type DeletionSettings, deleteStack } from '../stack/delete-stack.ts';
import type { OperationOptions } from '../stack/operation.ts';
import { type Stack, setTerminationProtection } from '../stack/stack.ts';
import { deleteBucket, emptyBucket } from './buckets.ts';
import { contentsOf, type StackContents } from './contents.ts';
import { deleteLogGroup, logGroups } from './log-groups.ts';
import { deleteLayerVersion, deleteRepository } from './repositories.ts';

/** While a stack is deleted its functions still write: a bucket may have to be emptied again. */
const TRIES = 3;

/**
 * Deletes a stack with everything that CloudFormation leaves: what is in its buckets and image repositories, the logs of its
 * functions, and what was kept. Whatever state it is in, and whatever is being done to it.
 *
 * @returns what is left all the same: kept resources of types that only their own service can delete
 * @throws ProblemError when the stack could not be deleted
 */
export async function removeWhole(
  aws: Aws,
  stack: Stack,
  settings: Omit<DeletionSettings, 'interrupts'>,
  options: OperationOptions,
): Promise<readonly string[]> {
  const { signal, log } = options;
  if (stack.terminationProtection) await setTerminationProtection(aws, stack.name, false);
  let contents = await contentsOf(aws, stack.id, signal);
  for (let tried = 1; ; tried++) {
    await emptyContents(aws, contents, options);
    try {
      await deleteStack(aws, stack.name, { ...settings, interrupts: true }, options);
      break;
    } catch (error) {
      if (tried === TRIES || !(error instanceof ProblemError) || signal.aborted) throw error;
      log.info(`${stack.name} could not be deleted yet: ${error.message}`);
      // What was being made, or written, while it was deleted.
      contents = joined(contents, await contentsOf(aws, stack.id, signal));
    }
  }
  contents = joined(contents, await contentsOf(aws, stack.id, signal));
  const left = await removeKept(aws, contents, options);
  try {
    await removeLogs(aws, contents, options);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    log.warning(`Logs of ${stack.name} may be left: ${error.message}`);
  }
  return left;
}

async function emptyContents(
  aws: Aws,
  { buckets, repositories }: StackContents,
  { signal, log }: OperationOptions,
): Promise<void> {
  for (const bucket of buckets) {
    const count = await emptyBucket(aws, { bucket }, signal);
    if (count > 0) log.info(`${bucket}: ${count} object versions deleted`);
  }
  for (const name of repositories)
    if (await deleteRepository(aws, name, signal))
      log.info(`Image repository ${name} is deleted with its images`);
}

/** Kept resources, as far as they can be deleted here. */
async function removeKept(
  aws: Aws,
  { kept }: StackContents,
  { signal, log }: OperationOptions,
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { type, physicalId } of kept) {
    if (type === 'AWS::S3::Bucket') await deleteBucket(aws, physicalId, signal);
    else if (type === 'AWS::Logs::LogGroup') await deleteLogGroup(aws, physicalId, signal);
    else if (type === 'AWS::Lambda::LayerVersion') await deleteLayerVersion(aws, physicalId, signal);
    else if (type === 'AWS::ECR::Repository') await deleteRepository(aws, physicalId, signal);
    // A version goes with its function.
    else if (type !== 'AWS::Lambda::Version') left.push(`${type} ${physicalId}`);
  }
  for (const each of left)
    log.warning(`${each} is kept by the template that was deployed: delete it by hand`);
  return left;
}

/** Functions and APIs make log groups, and nobody deletes them. */
async function removeLogs(
  aws: Aws,
  { functions, restApis }: StackContents,
  { signal, log }: OperationOptions,
): Promise<void> {
  const ofFunctions = [...functions].map((name) => `/aws/lambda/${name.split(':').at(-1)}`);
  const ofApis = await forEachOf([...restApis], AT_ONCE.functions, (id) =>
    logGroups(aws, `API-Gateway-Execution-Logs_${id}/`, signal),
  );
  const gone = await forEachOf([...ofFunctions, ...ofApis.flat()], AT_ONCE.functions, (name) =>
    deleteLogGroup(aws, name, signal),
  );
  const count = gone.filter(Boolean).length;
  if (count > 0) log.info(`${count} log group${count === 1 ? '' : 's'} deleted`);
}

function joined(one: StackContents, other: StackContents): StackContents {
  return {
    buckets: new Set([...one.buckets, ...other.buckets]),
    repositories: new Set([...one.repositories, ...other.repositories]),
    functions: new Set([...one.functions, ...other.functions]),
    restApis: new Set([...one.restApis, ...other.restApis]),
    kept: other.kept,
  };
}
