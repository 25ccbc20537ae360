import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { createArchive } from '../../src/packaging/archive/archive.ts';
import { walk } from '../../src/packaging/workspace/walk.ts';
import { workspace } from '../../src/packaging/workspace/workspace.ts';

/** Versions of a small service, each of which can be deployed over the others. */
export type Version = (typeof VERSIONS)[number];
const VERSIONS = ['A', 'B', 'C', 'D'] as const;
/** D is A with other code, and differs in nothing else. */
const labelOf = (version: Version): Version => (version === 'D' ? 'A' : version);

export const STACK = 'orders';

/** Writes a version into a folder: a function with code of its own, and a topic. */
export async function writeService(folder: string, version: Version): Promise<void> {
  await mkdir(join(folder, 'code'), { recursive: true });
  await writeFile(join(folder, 'code', 'index.mjs'), `export const handler = async () => '${version}';\n`);
  const template = {
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/any',
          Code: './code',
          Environment: { Variables: { VERSION: labelOf(version) } },
        },
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: labelOf(version) } },
    },
    Outputs: { Version: { Value: labelOf(version) }, Name: { Value: { Ref: 'Function' } } },
  };
  await writeFile(join(folder, 'template.json'), JSON.stringify(template, null, 2));
}

/** The version of each digest of its code, as Lambda gives it. */
export async function codeDigests(root: string): Promise<ReadonlyMap<string, Version>> {
  const digests = new Map<string, Version>();
  for (const version of VERSIONS) {
    const folder = join(root, version);
    await writeService(folder, version);
    const space = workspace(folder, false);
    const made = await createArchive(space, walk(space, join(folder, 'code')), join(folder, 'archives'));
    digests.set(Buffer.from(made.hash, 'hex').toString('base64'), version);
  }
  return digests;
}

/** A region for each number. Their names end with a single digit; what is before it is free in the emulator. */
export const regionNumber = (n: number): string =>
  `us-${n.toString(2).replaceAll('0', 'a').replaceAll('1', 'b')}-1`;

/** What AWS has of the service. */
export interface Deployed {
  /** `absent` where there is no stack. */
  readonly status: string;
  /** What the stack's output, its template and the function's settings and code say of the version; more than one is a mixture. */
  readonly versions: readonly string[];
  /** Change sets that were not executed. */
  readonly changeSets: readonly string[];
  readonly objects: readonly string[];
  /** Uploads that were begun and not ended. */
  readonly uploads: readonly string[];
  /** Settings that the bucket lacks, and objects that the stack refers to. */
  readonly missing: readonly string[];
}

/** Where it is: each region is as good as a cloud of its own. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
}

/** The account of everybody who has no number of their own, in the emulator. */
const ACCOUNT = '000000000000';

/**
 * Looks at a service's stack, function and bucket.
 *
 * @param codes the version of each digest of code that may be deployed
 */
export async function readService(
  { endpoint, region }: Place,
  codes: ReadonlyMap<string, Version>,
): Promise<Deployed> {
  const options = {
    region,
    endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const cloudFormation = new CloudFormationClient(options);
  const lambda = new LambdaClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const bucket = { Bucket: `sparta-${ACCOUNT}-${region}` };
  const absent = () => undefined;
  try {
    const found = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK })).catch(absent);
    const stack = found?.Stacks?.[0];
    const outputs = new Map(stack?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    const listed = await cloudFormation.send(new ListChangeSetsCommand({ StackName: STACK })).catch(absent);
    const versions = new Set([outputs.get('Version')]);
    let codeKey: string | undefined;
    if (outputs.has('Name')) {
      const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName: STACK }));
      codeKey = /"S3Key":\s*"([^"]+)"/.exec(TemplateBody)?.[1];
      versions.add(/"VERSION":\s*"(\w)"/.exec(TemplateBody)?.[1]);
      const { Configuration } = await lambda.send(
        new GetFunctionCommand({ FunctionName: outputs.get('Name') ?? '' }),
      );
      versions.add(Configuration?.Environment?.Variables?.VERSION);
      versions.add(codes.get(Configuration?.CodeSha256 ?? '') ?? 'unknown code');
    }
    const listing = await s3.send(new ListObjectsV2Command(bucket)).catch(absent);
    const objects = (listing?.Contents ?? []).map(({ Key = '' }) => Key).sort();
    const uploads = await s3.send(new ListMultipartUploadsCommand(bucket)).catch(absent);
    const blocked = await s3.send(new GetPublicAccessBlockCommand(bucket)).catch(absent);
    const lifecycle = await s3.send(new GetBucketLifecycleConfigurationCommand(bucket)).catch(absent);
    return {
      status: stack?.StackStatus ?? 'absent',
      versions: [...versions].filter((version) => version !== undefined),
      changeSets: (listed?.Summaries ?? [])
        .filter(({ ExecutionStatus = '' }) => !/^EXECUTE_/.test(ExecutionStatus))
        .map(({ ChangeSetName = '', Status = '' }) => `${ChangeSetName} ${Status}`),
      objects,
      uploads: (uploads?.Uploads ?? []).map(({ Key = '' }) => Key),
      missing: [
        ...(codeKey && !objects.includes(codeKey) ? [codeKey] : []),
        ...(listing && !blocked ? ['public access block'] : []),
        ...(listing && !lifecycle ? ['lifecycle'] : []),
      ],
    };
  } finally {
    for (const client of [cloudFormation, lambda, s3]) client.destroy();
  }
}

/** Whether what is said of versions is said of this one. */
export const isVersion = (said: readonly string[], version: Version): boolean =>
  said.join() === [...new Set([labelOf(version), version])].join();

/**
 * What is wrong with a service that should be at a version, or gone: another version, a mixture, or something that
 * nothing refers to.
 */
export function differsFrom(found: Deployed, version: Version | undefined): string | undefined {
  const { status, versions, changeSets, uploads, missing } = found;
  const right = version
    ? /^(CREATE|UPDATE)_COMPLETE$/.test(status) && isVersion(versions, version)
    : status === 'absent';
  const tidy = changeSets.length + uploads.length + missing.length === 0;
  return right && tidy ? undefined : `${version ?? 'nothing'} is wanted, but found ${JSON.stringify(found)}`;
}
