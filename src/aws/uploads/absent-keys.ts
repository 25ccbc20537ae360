import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import type { Bucket } from './bucket-settings.ts';

/** From so many keys of one folder on, a list of it costs less than to look each of them up. */
const WORTH_A_LIST = 4;

/**
 * Which keys are surely not in a bucket, by one list of each folder that has several of them. S3 lists what is there by then;
 * whoever sends something says that nothing may be under its key, so a run that is faster is noticed. A list that cannot be
 * had says nothing, and neither does the first page of a long one of what comes after it.
 */
export async function absentKeys(
  aws: Aws,
  bucket: Bucket,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const folders = [...Map.groupBy(keys, folderOf)].filter(
    ([folder, inside]) => folder !== '' && inside.length >= WORTH_A_LIST,
  );
  const absent = await Promise.all(
    folders.map(async ([folder, inside]) => {
      const { found, end } = await firstPage(aws, bucket, folder, signal).catch(() => NOTHING);
      return inside.filter((key) => !found.has(key) && (end === undefined || key < end));
    }),
  );
  return new Set(absent.flat());
}

const folderOf = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);

/** What a list of a folder says. */
interface FirstPage {
  readonly found: ReadonlySet<string>;
  /** Keys from this one on were not listed; `undefined`: all were. */
  readonly end: string | undefined;
}

const NOTHING: FirstPage = { found: new Set(), end: '' };

async function firstPage(
  aws: Aws,
  { name, owner }: Bucket,
  folder: string,
  signal: AbortSignal,
): Promise<FirstPage> {
  const { client, sdk } = await aws.s3();
  const { Contents = [], IsTruncated } = await client.send(
    new sdk.ListObjectsV2Command({
      Bucket: name,
      Prefix: folder,
      ...(owner && { ExpectedBucketOwner: owner }),
    }),
    withSignal(signal),
  );
  const found = new Set(Contents.flatMap(({ Key }) => Key ?? []));
  return { found, end: IsTruncated ? (Contents.at(-1)?.Key ?? '') : undefined };
}
