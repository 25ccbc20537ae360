import type { Asset } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack } from '../../aws/stack/stack.ts';
import { ensureBucket } from '../../aws/uploads/bucket.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { destinationOf } from '../report/stack-outcome.ts';
import { type OwnUploads, removeUnused } from './take-back.ts';

/** Uploads that are made before the template is: a service's hooks may count on them. */
export interface EarlyUploads {
  /** Stages 8 and 9 of a service. */
  send(stackName: string, assets: readonly Asset[], log: Log): Promise<void>;
  /** Takes back what nothing refers to, after a failure. */
  takeBack(): Promise<void>;
}

export function earlyUploads(aws: Aws, inputs: Inputs, { signal }: Host): EarlyUploads {
  let made: (OwnUploads & { readonly stackName: string; readonly existed: boolean }) | undefined;
  return {
    async send(stackName, assets, log) {
      if (!assets.some(({ kind }) => kind !== 'image')) return;
      const { uploadArchives } = await import('./index.ts');
      const { account } = await aws.identity();
      const destination = destinationOf(inputs, aws, account, stackName);
      const existed = (await describeStack(aws, stackName)) !== undefined;
      const bucket = await ensureBucket(aws, inputs.s3Bucket, aws.identity, log);
      const uploads = await uploadArchives(aws, bucket, destination, stackName, assets, signal, log);
      made = { stackName, existed, bucket, uploads };
    },
    async takeBack() {
      // After a cancellation the stack may still be changing.
      if (made && !signal.aborted) await removeUnused(aws, made.stackName, made.existed, made);
    },
  };
}
