import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planHash } from '../../assembly/plan-hash.ts';
import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { defaultBucketName } from '../../aws/uploads/bucket.ts';
import { type EcrRegistry, ecrHost } from '../../aws/uploads/image-registry.ts';
import type { Inputs } from '../../inputs.ts';
import type { Operation } from '../../outcome.ts';
import type { Problem } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import type { TemplateDiff } from '../../template/diff/types.ts';
import type { Destination } from '../plan/locate.ts';

/** What is known of one stack once the run is done with it. */
export interface StackOutcome {
  readonly report: StackReport;
  readonly operation: Operation;
  readonly stackId: string;
  readonly status: string;
  readonly changeSetId: string;
  /** Path of the template with its locations. */
  readonly template: string;
}

/** Where things go. Without credentials the account is not known; its place in the bucket's name shows that. */
export function destinationOf(
  inputs: Inputs,
  aws: Aws | undefined,
  account: string | undefined,
  stackName: string,
  registry?: EcrRegistry,
): Destination {
  const region = aws?.region ?? 'region';
  const host = registry ? new URL(registry.url).host : ecrHost(account ?? 'account', region);
  return {
    bucket: inputs.s3Bucket ?? defaultBucketName(account ?? 'account', region),
    prefix: (inputs.s3Prefix ?? '').replace(/^\/+|\/+$/g, ''),
    region,
    endpoint: aws?.s3Endpoint,
    images: { registry: host, repository: inputs.ecrRepository ?? stackName.toLowerCase() },
  };
}

/** Keeps the template as it would be sent. */
export async function writeTemplate(
  output: string,
  stack: StackAssembly,
  { template }: RenderedStack,
): Promise<string> {
  const folder = join(output, stack.id);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `deploy.${template.format}`);
  await writeFile(path, template.text);
  return path;
}

export const NO_CHANGES: TemplateDiff = { resources: [], outputs: [], parameters: [], other: [], iam: [] };

/** A stack that came to nothing: it failed before there was anything to compare, or was not begun at all. */
export function failedOutcome(
  stack: StackAssembly,
  region: string | undefined,
  failure: Problem | undefined,
): StackOutcome {
  return {
    operation: 'none',
    stackId: '',
    status: '',
    changeSetId: '',
    template: '',
    report: {
      stackName: stack.stackName,
      region: stack.environment?.region ?? region,
      state: 'failed',
      base: { kind: 'nothing', why: 'it failed before' },
      diff: NO_CHANGES,
      changedParameters: [],
      changedTags: [],
      codeSizes: {},
      planHash: planHash(stack),
      accountHash: '',
      outputs: {},
      failure,
    },
  };
}
