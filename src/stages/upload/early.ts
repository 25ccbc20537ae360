import type { Asset } from '../../assembly/types.ts';
import { describeStack } from '../../aws/stack/stack.ts';
import type { Log } from '../../log.ts';
import type { ConnectedRun } from '../run.ts';
import { assetItems, send } from './assets.ts';
import { destinationOf } from './destination.ts';
import { ownBucket } from './own-bucket.ts';
import { removeUnused } from './take-back.ts';

/** What a service's hooks may count on before its template is made. */
export interface EarlyUpload {
  readonly stackName: string;
  readonly assets: readonly Asset[];
  /** It has web functions: what is put into the bucket before it keeps versions has none. */
  readonly web: boolean;
}

/**
 * Stages 8 and 9 of a service.
 *
 * @returns takes back what nothing refers to, after a failure
 */
export async function uploadEarly(
  { stackName, assets, web }: EarlyUpload,
  run: ConnectedRun,
  log: Log,
): Promise<() => Promise<void>> {
  const { aws, inputs, host } = run;
  if (!assets.some(({ kind }) => kind !== 'image')) return async () => undefined;
  const { account } = await aws.identity();
  const destination = destinationOf(stackName, { inputs, aws, account });
  const existed = (await describeStack(aws, stackName)) !== undefined;
  const bucket = await ownBucket(aws, inputs.s3Bucket, log);
  if (web) {
    const { readyForWebCode } = await import('./web-functions.ts');
    await readyForWebCode(aws, bucket, log);
  }
  const items = await assetItems(assets, stackName, destination);
  const uploads = await send({ aws, bucket, signal: host.signal, log }, items);
  return () => removeUnused(aws, { name: stackName, existed }, { bucket, uploads });
}
