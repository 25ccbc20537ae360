import { ensureBucket } from '../../aws/uploads/bucket.ts';
import { shareBucket } from '../../aws/uploads/shared-bucket.ts';
import type { ConnectedRun } from '../run.ts';
import { assetItems, send } from '../upload/assets.ts';
import { upload } from '../upload/index.ts';
import type { StackSetPlan } from './plan.ts';

/**
 * Puts everything where the template says that it is: code into a bucket of each region, which the accounts of the instances
 * may read.
 *
 * @returns where CloudFormation reads the template
 */
export async function uploadForInstances(plan: StackSetPlan, run: ConnectedRun): Promise<string> {
  const { aws } = run;
  const there = { ...plan, environment: undefined, aws, publisher: async () => aws };
  const { templateUrl } = await upload(there, run);
  if (plan.stack.assets.length > 0)
    for (const region of plan.request.settings.regions) await uploadCode(plan, region, run);
  return templateUrl;
}

async function uploadCode(plan: StackSetPlan, region: string, run: ConnectedRun): Promise<void> {
  const { aws, host, inputs } = run;
  const { stack, destination, request } = plan;
  const { account } = await aws.identity();
  const there = aws.inRegion(region);
  await host.log.group(`Upload code to ${region}`, async (log) => {
    const given = inputs.s3Bucket?.replace(aws.region, region);
    const bucket = await ensureBucket(there, given, there.identity, log);
    const where = { ...destination, bucket: bucket.name, region };
    const items = await assetItems(stack.assets, stack.stackName, where);
    await send({ aws: there, bucket, signal: host.signal, log }, items);
    const accounts = request.settings.accounts.filter((each) => each !== account);
    if (given !== undefined || accounts.length === 0) return;
    const prefix = [destination.prefix, stack.stackName, '']
      .filter((part, i) => part !== '' || i === 2)
      .join('/');
    if (await shareBucket(there, bucket, { accounts, prefix }))
      log.info(
        `Letting ${accounts.length} accounts read the code of ${stack.stackName} in the bucket ${bucket.name}`,
      );
  });
}
