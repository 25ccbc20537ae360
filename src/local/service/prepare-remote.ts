import { callRemote, RemoteError, signedHeaders } from '../mappings/remote-call.ts';
import type { RemoteEndpoint } from './part.ts';
import type { ServicePlan } from './plan.ts';

/** What is there already. */
const THERE = ['ResourceInUseException', 'TableAlreadyExistsException'];

/** Makes the tables, streams and buckets of a service in an emulator; what is there already stays as it is. */
export async function prepareRemote(
  { tables, buckets }: ServicePlan,
  remote: RemoteEndpoint,
  signal: AbortSignal,
): Promise<void> {
  for (const { kind, properties } of tables) {
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
  for (const { name } of buckets) {
    const url = new URL(`/${name}`, remote.url);
    const headers = signedHeaders(remote, { service: 's3', method: 'PUT', url, body: '', headers: {} });
    const response = await fetch(url, { method: 'PUT', headers, signal });
    if (response.ok || response.status === 409) continue;
    throw new RemoteError(
      String(response.status),
      `the bucket ${name}: ${(await response.text()).slice(0, 200)}`,
    );
  }
}
