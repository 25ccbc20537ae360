import { stat } from 'node:fs/promises';
import type { RenderedStack } from '../assembly/render.ts';
import type { StackAssembly } from '../assembly/types.ts';
import type { Bucket } from '../aws/bucket.ts';
import type { Aws } from '../aws/clients.ts';
import { type Upload, type Uploaded, uploadAll } from '../aws/upload.ts';
import { bytes } from '../bytes.ts';
import { sha256 } from '../canonical.ts';
import type { Log } from '../log.ts';
import { assetKey, type Destination, objectKey } from './locate.ts';

/** Stages 8, 9 and 16: puts archives, files and templates where the template says they are. */
export async function upload(
  aws: Aws,
  bucket: Bucket,
  destination: Destination,
  stack: StackAssembly,
  rendered: RenderedStack,
  signal: AbortSignal,
  log: Log,
): Promise<{ readonly uploads: readonly Uploaded[]; readonly templateKey: string }> {
  const assets = await Promise.all(
    stack.assets.flatMap((asset) =>
      asset.kind === 'image'
        ? []
        : [
            stat(asset.path).then(
              ({ size }): Upload => ({
                key: assetKey(destination, stack.stackName, asset),
                hash: asset.hash,
                size,
                content: { path: asset.path },
              }),
            ),
          ],
    ),
  );
  const templates = [rendered.template, ...rendered.nested.map(({ template }) => template)].map(
    ({ text, format }): Upload => {
      const hash = sha256(text);
      const key = objectKey(destination, stack.stackName, hash, format === 'json' ? '.json' : '.yaml');
      return { key, hash, size: Buffer.byteLength(text), content: { text } };
    },
  );
  const uploads = await uploadAll(aws, bucket, [...assets, ...templates], signal);
  for (const { key, size, sent } of uploads) {
    log.info(`${sent ? 'sent' : 'there already'}: s3://${bucket.name}/${key} (${bytes(size)})`);
  }
  return { uploads, templateKey: templates[0]?.key ?? '' };
}
