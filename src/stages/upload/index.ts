import type { FileDestination } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { checkBootstrap } from '../../aws/stack/bootstrap.ts';
import { bucketExists } from '../../aws/uploads/bucket.ts';
import type { Bucket } from '../../aws/uploads/bucket-settings.ts';
import type { Uploaded } from '../../aws/uploads/upload.ts';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { ConnectedRun } from '../run.ts';
import { assetItems, type Item, send } from './assets.ts';
import type { ToUpload } from './destination.ts';
import { pushImages } from './images.ts';
import { ownBucket } from './own-bucket.ts';
import { templateItems } from './template.ts';

export interface UploadResult {
  /** Where CloudFormation reads the template. */
  readonly templateUrl: string;
  /** What lies in our own bucket; `undefined` where the source says for everything where it goes. */
  readonly own: { readonly bucket: Bucket; readonly uploads: readonly Uploaded[] } | undefined;
}

/**
 * Stages 8, 9 and 16: puts images, archives, files and templates where the template says they are. A bucket of ours is
 * made only where something goes there.
 */
export function upload(plan: ToUpload, run: ConnectedRun): Promise<UploadResult> {
  return run.host.log.group(`Upload ${plan.stack.stackName}`, async (log) => {
    await refuseOldBootstrap(plan, run, log);
    await pushImages(plan, run, log); // 8
    const assets = await assetItems(plan.stack.assets, plan.stack.stackName, plan.destination); // 8 and 9
    const { items, templateUrl } = templateItems(plan.stack, plan.rendered, plan.destination); // 16
    return { templateUrl, own: await sendAll([...assets, ...items], plan, { run, log }) };
  });
}

/** Stage 16 alone: where nothing else is needed but what CloudFormation reads itself. */
export async function uploadTemplates(plan: ToUpload, run: ConnectedRun, log: Log): Promise<UploadResult> {
  const { items, templateUrl } = templateItems(plan.stack, plan.rendered, plan.destination);
  return { templateUrl, own: await sendAll(items, plan, { run, log }) };
}

async function refuseOldBootstrap(
  { stack, aws }: ToUpload,
  { host: { signal } }: ConnectedRun,
  log: Log,
): Promise<void> {
  if (!stack.bootstrap) return;
  const { account } = await aws.identity();
  await checkBootstrap(aws, stack.bootstrap, `aws://${account}/${aws.region}`, signal, log);
}

async function sendAll(
  items: readonly Item[],
  { aws, publisher, stack }: ToUpload,
  { run, log }: { readonly run: ConnectedRun; readonly log: Log },
): Promise<UploadResult['own']> {
  const { signal } = run.host;
  for (const group of Map.groupBy(items, ({ fixed }) => fixed && placeOf(fixed)).values()) {
    const fixed = group[0]?.fixed;
    if (!fixed) continue;
    const publishing = await publisher(fixed.role, fixed.region);
    await send({ aws: publishing, bucket: await publishedBucket(publishing, fixed), signal, log }, group);
  }
  const ours = items.filter(({ fixed }) => !fixed);
  if (ours.length === 0) return undefined;
  const bucket = await ownBucket(aws, run.inputs.s3Bucket, log);
  const { hasWebCode, readyForWebCode } = await import('./web-functions.ts');
  if (hasWebCode(stack)) await readyForWebCode(aws, bucket, log);
  return { bucket, uploads: await send({ aws, bucket, signal, log }, ours) };
}

const placeOf = ({ bucket, region, role }: FileDestination): string =>
  JSON.stringify([bucket, region, role?.arn, role?.externalId]);

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
