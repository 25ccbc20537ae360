import { stat } from 'node:fs/promises';
import type { Asset, FileDestination } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { Bucket } from '../../aws/uploads/bucket-settings.ts';
import type { Upload } from '../../aws/uploads/upload.ts';
import { type Uploaded, uploadAll } from '../../aws/uploads/upload.ts';
import type { Log } from '../../log.ts';
import { bytes } from '../../text/bytes.ts';
import { type Destination, objectLocation } from './destination.ts';

/** Something to upload, and where its source says that it goes. */
export interface Item {
  readonly upload: Upload;
  readonly fixed: FileDestination | undefined;
}

/** A bucket, and whose credentials are used to put something there. */
export interface Receiver {
  readonly aws: Aws;
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Stages 8 and 9: the archives and files of a stack. */
export function assetItems(
  assets: readonly Asset[],
  stackName: string,
  where: Destination,
): Promise<readonly Item[]> {
  const files = assets.flatMap((asset) => (asset.kind === 'image' ? [] : [asset]));
  return Promise.all(
    files.map(async ({ path, hash, extension, destination }): Promise<Item> => {
      const { size } = await stat(path);
      const { key } = objectLocation(where, { stackName, destination, hash, extension });
      // The keys of others are made of what they had before it was packaged.
      const keyedBy = destination ? 'source' : 'content';
      return { fixed: destination, upload: { key, hash, size, content: { path }, keyedBy } };
    }),
  );
}

/** Sends what is not there yet. */
export async function send(
  { aws, bucket, signal, log }: Receiver,
  items: readonly Item[],
): Promise<readonly Uploaded[]> {
  const all = items.map((item) => item.upload);
  const uploads = await uploadAll(aws, bucket, all, signal);
  for (const { key, size, sent } of uploads) {
    log.info(`${sent ? 'sent' : 'there already'}: s3://${bucket.name}/${key} (${bytes(size)})`);
  }
  return uploads;
}
