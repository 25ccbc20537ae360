import { stat } from 'node:fs/promises';
import { objectUrl, type RenderedStack } from '../../assembly/render.ts';
import type { Asset, FileDestination, StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { bucketExists, ensureBucket } from '../../aws/uploads/bucket.ts';
import type { Bucket } from '../../aws/uploads/bucket-settings.ts';
import { type Upload, type Uploaded, uploadAll } from '../../aws/uploads/upload.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { bytes } from '../../text/bytes.ts';
import type { StackEnvironment } from '../enter-environment.ts';
import { type Destination, objectLocation } from '../plan/locate.ts';

export interface UploadResult {
  /** Where CloudFormation reads the template. */
  readonly templateUrl: string;
  /** What lies in our own bucket; `undefined` where the source says for everything where it goes. */
  readonly own: { readonly bucket: Bucket; readonly uploads: readonly Uploaded[] } | undefined;
}

/** Something to upload, and where the source says that it goes. */
interface Item {
  readonly upload: Upload;
  readonly fixed: FileDestination | undefined;
}

/**
 * Stages 8, 9 and 16: puts archives, files and templates where the template says they are. A bucket of ours is made
 * only where something goes there.
 *
 * @param given the `s3-bucket` input
 */
export async function upload(
  { stack, aws, publisher }: StackEnvironment,
  given: string | undefined,
  destination: Destination,
  rendered: RenderedStack,
  signal: AbortSignal,
  log: Log,
): Promise<UploadResult> {
  const { items, templateUrl } = await itemsOf(stack, destination, rendered);
  const sendAll = (to: Aws, bucket: Bucket, some: readonly Item[]) => send(to, bucket, some, signal, log);
  for (const group of Map.groupBy(items, ({ fixed }) => fixed && placeOf(fixed)).values()) {
    const fixed = group[0]?.fixed;
    if (!fixed) continue;
    const publishing = await publisher(fixed.role, fixed.region);
    await sendAll(publishing, await publishedBucket(publishing, fixed), group);
  }
  const ours = items.filter(({ fixed }) => !fixed);
  if (ours.length === 0) return { templateUrl, own: undefined };
  const bucket = await ensureBucket(aws, given, aws.identity, log);
  return { templateUrl, own: { bucket, uploads: await sendAll(aws, bucket, ours) } };
}

/** Stage 8 by itself, for archives that go where their content says, before there is a template that names them. */
export async function uploadArchives(
  aws: Aws,
  bucket: Bucket,
  destination: Destination,
  stackName: string,
  assets: readonly Asset[],
  signal: AbortSignal,
  log: Log,
): Promise<readonly Uploaded[]> {
  return send(aws, bucket, await archiveItems(destination, stackName, assets), signal, log);
}

async function send(
  aws: Aws,
  bucket: Bucket,
  items: readonly Item[],
  signal: AbortSignal,
  log: Log,
): Promise<readonly Uploaded[]> {
  const all = items.map((item) => item.upload);
  const uploads = await uploadAll(aws, bucket, all, signal);
  for (const { key, size, sent } of uploads) {
    log.info(`${sent ? 'sent' : 'there already'}: s3://${bucket.name}/${key} (${bytes(size)})`);
  }
  return uploads;
}

const placeOf = ({ bucket, region, role }: FileDestination): string =>
  JSON.stringify([bucket, region, role?.arn, role?.externalId]);

async function itemsOf(
  stack: StackAssembly,
  destination: Destination,
  { template, nested }: RenderedStack,
): Promise<{ readonly items: readonly Item[]; readonly templateUrl: string }> {
  const at = (fixed: FileDestination | undefined, hash: string, extension: string) =>
    objectLocation(destination, stack.stackName, fixed, hash, extension);
  const document = ({ text, format }: TemplateDocument, fixed: FileDestination | undefined) => {
    const hash = sha256(text);
    const location = at(fixed, hash, format === 'json' ? '.json' : '.yaml');
    const size = Buffer.byteLength(text);
    const item: Item = { fixed, upload: { key: location.key, hash, size, content: { text } } };
    return { item, url: objectUrl(location) };
  };
  const assets = await archiveItems(destination, stack.stackName, stack.assets);
  const destinations = new Map(stack.nested.map(({ id, destination: fixed }) => [id, fixed]));
  const root = document(template, stack.templateDestination);
  const children = nested.map((each) => document(each.template, destinations.get(each.id)).item);
  return { items: [...assets, root.item, ...children], templateUrl: root.url };
}

function archiveItems(
  destination: Destination,
  stackName: string,
  assets: readonly Asset[],
): Promise<Item[]> {
  const files = assets.flatMap((asset) => (asset.kind === 'image' ? [] : [asset]));
  return Promise.all(
    files.map(async ({ path, hash, extension, destination: fixed }): Promise<Item> => {
      const { size } = await stat(path);
      const { key } = objectLocation(destination, stackName, fixed, hash, extension);
      // The keys of others are made of what they had before it was packaged.
      const keyedBy = fixed ? 'source' : 'content';
      return { fixed, upload: { key, hash, size, content: { path }, keyedBy } };
    }),
  );
}

/** The bucket that a source names. Its name can be guessed, so it has to belong to the account that publishes. */
async function publishedBucket(aws: Aws, { bucket: name }: FileDestination): Promise<Bucket> {
  const { account } = await aws.identity();
  const bucket = { name, owner: account };
  if (await bucketExists(aws, bucket)) return bucket;
  throw new ProblemError({
    message: `there is no bucket ${name}, where the source wants its assets`,
    next: `Run: npx cdk bootstrap aws://${account}/${aws.region}`,
  });
}
