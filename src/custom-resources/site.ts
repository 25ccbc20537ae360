import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { canonicalJson } from '../hash/canonical.ts';
import { forEachOf } from '../order/for-each.ts';
import { unzip } from '../packaging/archive/unzip.ts';
import { cloudFront, isNamed, s3 } from './aws.ts';
import type { CustomResource, LifecycleEvent } from './event.ts';
import { readProperties } from './properties.ts';
import { type CacheRule, cacheControl, contentOf } from './site-content.ts';
import { listObjects, putObject, removeObjects } from './site-objects.ts';

interface Site {
  readonly source: { readonly bucket: string; readonly key: string };
  readonly bucket: string;
  readonly prefix: string;
  readonly cache: readonly CacheRule[];
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly distribution: string | undefined;
}

/** A file as it shall be in the bucket. */
interface File {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** Files of a site that are written side by side. */
const AT_ONCE = 8;
/** More than these are cheaper as one wildcard. */
const INVALIDATED_PATHS = 30;
/** Values of a deployment change with it. */
const MANIFEST = 'MANIFEST.json';

/** Unpacks an archive below a prefix of a bucket, where nothing but what it holds is left. */
export const site: CustomResource = (event) => {
  const wanted = readSite(event.ResourceProperties);
  // Kept when `put` is repeated, which finds written already what it wrote before it failed.
  const outdated = new Set<string>();
  return {
    identity: `${wanted.bucket}/${wanted.prefix}`,
    put: () => publish(wanted, event, outdated),
    remove: async () => {
      try {
        const there = await listObjects(wanted.bucket, wanted.prefix);
        await removeObjects(wanted.bucket, [...there.keys()]);
      } catch (error) {
        if (!isNamed(error, 'NoSuchBucket')) throw error;
      }
    },
  };
};

const readSite = (properties: LifecycleEvent['ResourceProperties']): Site =>
  readProperties(properties, (is) => ({
    source: { bucket: is.text('SourceBucket'), key: is.text('SourceKey') },
    bucket: is.text('BucketName'),
    prefix: is.optionalText('Prefix') ?? '',
    cache: is.list('Cache', (of) => ({ pattern: of.text('Pattern'), header: of.text('Header') })),
    manifest: is.data('Manifest'),
    distribution: is.optionalText('DistributionId'),
  }));

async function publish(
  wanted: Site,
  event: LifecycleEvent,
  outdated: Set<string>,
): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  try {
    const files = await unpack(wanted, folder);
    const there = await listObjects(wanted.bucket, wanted.prefix);
    const all = headersChanged(wanted, event);
    const names = new Set(files.map(({ name }) => name));
    await forEachOf(files, AT_ONCE, async ({ name, bytes }) => {
      const key = `${wanted.prefix}${name}`;
      const body = await bytes();
      // What S3 calls an ETag is the MD5 of an object that was sent in one piece.
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      if (!all && there.get(key) === etag) return;
      const header = cacheControl(name, wanted.cache) ?? (name === MANIFEST ? 'no-cache' : undefined);
      if (there.has(key)) outdated.add(name);
      await putObject(wanted.bucket, key, body, contentOf(name, names), header);
    });
    const gone = [...there.keys()].filter((key) => !names.has(key.slice(wanted.prefix.length)));
    for (const key of gone) outdated.add(key.slice(wanted.prefix.length));
    await removeObjects(wanted.bucket, gone);
    if (wanted.distribution) await invalidate(wanted.distribution, [...outdated], event.RequestId);
    return { Files: String(files.length) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpack({ source, manifest }: Site, folder: string): Promise<File[]> {
  const archive = join(folder, 'site.zip');
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: source.bucket, Key: source.key }));
  await writeFile(archive, (await Body?.transformToByteArray()) ?? new Uint8Array());
  const content = join(folder, 'content');
  await unzip(archive, content);
  const entries = await readdir(content, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path): File => ({ name: relative(content, path), bytes: () => readFile(path) }));
  if (Object.keys(manifest).length === 0) return files;
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  return [
    ...files.filter(({ name }) => name !== MANIFEST),
    { name: MANIFEST, bytes: async () => Buffer.from(text) },
  ];
}

/** Headers are not seen in a listing. */
const headersChanged = ({ cache }: Site, { OldResourceProperties: old }: LifecycleEvent): boolean =>
  old === undefined || canonicalJson(readSite(old).cache) !== canonicalJson(cache);

async function invalidate(distribution: string, names: readonly string[], request: string): Promise<void> {
  if (names.length === 0) return;
  // An index is what its folder shows.
  const paths = names.flatMap((name) => [
    name,
    ...(/(^|\/)index\.html$/.test(name) ? [name.slice(0, -10)] : []),
  ]);
  const items = paths.map((path) => `/${path.split('/').map(encodeURIComponent).join('/')}`).sort();
  const listed = items.length > INVALIDATED_PATHS ? ['/*'] : items;
  await cloudFront().send(
    new CreateInvalidationCommand({
      DistributionId: distribution,
      // The same request is the same invalidation.
      InvalidationBatch: { CallerReference: request, Paths: { Quantity: listed.length, Items: listed } },
    }),
  );
}
