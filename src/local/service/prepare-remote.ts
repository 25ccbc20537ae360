import { ProblemError } from '../../problem.ts';
import { callRemote, fetchRemote, RemoteError, signedHeaders } from '../mappings/remote-call.ts';
import type { RemoteEndpoint } from './part.ts';
import type { BucketPlan, ServicePlan, TablePlan } from './plan.ts';

/** What is there already. */
const THERE = ['ResourceInUseException', 'TableAlreadyExistsException'];

/**
 * Makes the tables, streams and buckets of a service in an emulator; what is there already stays as it is.
 *
 * @throws ProblemError where the emulator does not answer, or does not take one of them
 */
export async function prepareRemote(
  { tables, buckets }: ServicePlan,
  remote: RemoteEndpoint,
  signal: AbortSignal,
): Promise<void> {
  for (const table of tables) await told(table.name, () => makeTable(table, remote, signal));
  for (const bucket of buckets) await told(bucket.name, () => makeBucket(bucket, remote, signal));
}

async function told(name: string, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const problem = {
      subject: 'input backend',
      message: `${name} cannot be made there: ${error.message}`,
      next:
        error.code === 'NoAnswer' || error.code === 'NoJson'
          ? 'Start the emulator, or correct its address.'
          : 'Correct what the template says of it, or leave backend out.',
    };
    throw new ProblemError(problem, { cause: error });
  }
}

async function makeTable(
  { kind, properties }: TablePlan,
  remote: RemoteEndpoint,
  signal: AbortSignal,
): Promise<void> {
  const call =
    kind === 'dynamodb'
      ? ({ service: 'dynamodb', version: '1.0', target: 'DynamoDB_20120810.CreateTable' } as const)
      : ({ service: 'kinesis', version: '1.1', target: 'Kinesis_20131202.CreateStream' } as const);
  try {
    await callRemote(remote, { ...call, input: properties }, signal);
  } catch (error) {
    if (!(error instanceof RemoteError && THERE.includes(error.code))) throw error;
  }
}

async function makeBucket({ name }: BucketPlan, remote: RemoteEndpoint, signal: AbortSignal): Promise<void> {
  const url = new URL(`/${name}`, remote.url);
  const headers = signedHeaders(remote, { service: 's3', method: 'PUT', url, body: '', headers: {} });
  const response = await fetchRemote(url, { method: 'PUT', headers, signal });
  if (response.ok || response.status === 409) return;
  const text = (await response.text()).slice(0, 200);
  throw new RemoteError(String(response.status), `PUT ${url.pathname}: ${response.status} ${text}`.trim());
}
