import { createHash } from 'node:crypto';
import type { GetFunctionCommandOutput } from '@aws-sdk/client-lambda';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, isPassing, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { pauses } from '../connection/pauses.ts';

/** Code of a function as `UpdateFunctionCode` takes it. */
export type FunctionCode =
  /** `sha256` of the archive in lower-case hex, where it is known; without it the new code cannot be verified. */
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly version?: string;
      readonly sha256?: string;
      /** Lambda reads it there; without it, it would keep a copy from then on. */
      readonly byReference?: true;
    }
  /** An archive in memory (inline code): at most 50 MB. */
  | { readonly kind: 'zip'; readonly bytes: Uint8Array }
  /** By digest (`repository@sha256:...`), so that it can be verified. */
  | { readonly kind: 'image'; readonly uri: string };

/** A function as it is now. */
export interface LiveFunction {
  readonly name: string;
  readonly arn: string;
  /** What runs: base64 of the archive's SHA-256, as Lambda tells it; of an image its digest. */
  readonly codeId: string;
  readonly revision: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Where the archive can be read from for some minutes; of an image its URI by digest. */
  readonly location: string;
  readonly isImage: boolean;
  /** The object that Lambda reads its code from, where it keeps no copy. */
  readonly referenced?: Extract<FunctionCode, { kind: 's3' }>;
  readonly state: string;
  readonly stateReason: string;
  readonly lastUpdate: string;
  readonly lastUpdateReason: string;
}

/** Until when something may take. */
export interface Limits {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** What {@link LiveFunction.codeId} is once this code runs; `undefined` when that cannot be known. */
export function codeIdOf(code: FunctionCode): string | undefined {
  switch (code.kind) {
    case 's3':
      return code.sha256 && Buffer.from(code.sha256, 'hex').toString('base64');
    case 'zip':
      return createHash('sha256').update(code.bytes).digest('base64');
    case 'image':
      return digestOf(code.uri);
  }
}

const digestOf = (uri: string): string | undefined => /@(sha256:[0-9a-f]{64})$/.exec(uri)?.[1];

/** @returns `undefined` when there is no such function */
export function readFunction(aws: Aws, name: string, signal: AbortSignal): Promise<LiveFunction | undefined> {
  return explained(`reading the function ${name}`, async () => {
    const { client, sdk } = await aws.lambda();
    try {
      const found = await client.send(new sdk.GetFunctionCommand({ FunctionName: name }), withSignal(signal));
      return fromSdk(found);
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  });
}

function fromSdk({
  Configuration = {},
  Code = {},
  Tags = {},
  TagsError,
}: GetFunctionCommandOutput): LiveFunction {
  if (TagsError) {
    throw new ProblemError({
      subject: Configuration.FunctionName ?? '',
      message: `its tags cannot be read: ${TagsError.Message ?? TagsError.ErrorCode ?? ''}`,
      next: 'Allow lambda:ListTags; docs/iam-policy.md has the whole policy.',
    });
  }
  const isImage = Configuration.PackageType === 'Image';
  const resolved = Code.ResolvedImageUri ?? Code.ImageUri ?? '';
  const { S3Bucket, S3Key, S3ObjectVersion } = Code.ResolvedS3Object ?? {};
  return {
    name: Configuration.FunctionName ?? '',
    arn: Configuration.FunctionArn ?? '',
    codeId: (isImage ? digestOf(resolved) : Configuration.CodeSha256) ?? '',
    revision: Configuration.RevisionId ?? '',
    tags: Tags,
    location: isImage ? resolved : (Code.Location ?? ''),
    isImage,
    ...(S3Bucket !== undefined &&
      S3Key !== undefined && {
        referenced: {
          kind: 's3',
          bucket: S3Bucket,
          key: S3Key,
          byReference: true,
          ...(S3ObjectVersion && { version: S3ObjectVersion }),
          ...(Configuration.CodeSha256 && {
            sha256: Buffer.from(Configuration.CodeSha256, 'base64').toString('hex'),
          }),
        },
      }),
    state: Configuration.State ?? 'Active',
    stateReason: Configuration.StateReason ?? '',
    lastUpdate: Configuration.LastUpdateStatus ?? 'Successful',
    lastUpdateReason: Configuration.LastUpdateStatusReason ?? '',
  };
}

/**
 * Waits until no update runs on a function.
 *
 * @throws ProblemError when there is no such function, or at the deadline
 */
export async function settledFunction(aws: Aws, name: string, limits: Limits): Promise<LiveFunction> {
  const pause = pauses(250, 2_000, limits.signal);
  for (;;) {
    const live = await readFunction(aws, name, limits.signal).catch((error: unknown) => {
      if (error instanceof ProblemError && isPassing(error.cause)) return 'unknown' as const;
      throw error;
    });
    if (!live) {
      throw new ProblemError({
        subject: name,
        message: 'there is no such function',
        next: 'Deploy the stack.',
      });
    }
    if (live !== 'unknown' && live.state !== 'Pending' && live.lastUpdate !== 'InProgress') return live;
    if (Date.now() > limits.deadline) {
      throw new ProblemError({
        subject: name,
        message: `the function was still being updated when the time was up`,
        next: 'Run the job again, or raise the input timeout.',
      });
    }
    await pause.next();
  }
}

/** Updates that are refused because something else moved on are tried again as often. */
const ATTEMPTS = 4;

/**
 * Gives a function other code and waits until no update runs on it. Nothing is published.
 *
 * A lost reply is harmless: the update names the revision that it replaces, and when that has gone, the code that runs
 * tells whether it was this update.
 *
 * @param before the function as it was read last; when its code changes meanwhile, it is left alone
 * @returns the function as it is then; see {@link verify}
 * @throws ProblemError when Lambda refuses, or someone else was faster
 */
export async function sendCode(
  aws: Aws,
  before: LiveFunction,
  code: FunctionCode,
  limits: Limits,
): Promise<LiveFunction> {
  const wanted = codeIdOf(code);
  let { revision } = before;
  for (let attempt = 1; ; attempt++) {
    const refused = await tryUpdate(aws, before.name, revision, code);
    const live = await settledFunction(aws, before.name, limits);
    if (!refused || live.codeId === wanted) return live;
    // A revision changes for other reasons than code, too.
    if (live.codeId !== before.codeId || attempt === ATTEMPTS) {
      throw new ProblemError(
        {
          subject: before.name,
          message: 'someone else is changing the function at the same time',
          next: 'Let only one job at a time deploy a stack (concurrency in the workflow), and run this one again.',
        },
        { cause: refused },
      );
    }
    revision = live.revision;
  }
}

/**
 * Checks that a function runs the code that was sent to it.
 *
 * @throws ProblemError when its update failed, or other code arrived than its key says
 */
export function verify(live: LiveFunction, code: FunctionCode): void {
  const { name, state, stateReason, lastUpdate, lastUpdateReason, codeId } = live;
  if (lastUpdate === 'Failed' || state === 'Failed') {
    throw new ProblemError({
      subject: name,
      message: `Lambda could not update it: ${lastUpdateReason || stateReason || 'no reason is given'}`,
      next: 'Correct what the reason names and run the job again.',
    });
  }
  const wanted = codeIdOf(code);
  if (wanted === undefined || codeId === wanted) return;
  throw new ProblemError({
    subject: name,
    message: `runs ${codeId} and not ${wanted}, which was sent: what is in the bucket is not what its key says`,
    next: 'Delete the object and run the job again.',
  });
}

/** @returns the refusal when something else moved on, or an earlier try of ours was successful */
function tryUpdate(aws: Aws, name: string, revision: string, code: FunctionCode): Promise<Error | undefined> {
  return explained(`updating the code of ${name}`, async () => {
    const { client, sdk } = await aws.lambda();
    try {
      await client.send(
        new sdk.UpdateFunctionCodeCommand({
          FunctionName: name,
          RevisionId: revision,
          // A version published here would make the next update of the stack fail.
          Publish: false,
          ...codeInput(code),
        }),
      );
      return undefined;
    } catch (error) {
      const moved = /^(PreconditionFailed|ResourceConflict)Exception$/.test(codeOf(error));
      if (moved && error instanceof Error) return error;
      throw error;
    }
  });
}

function codeInput(code: FunctionCode) {
  switch (code.kind) {
    case 's3':
      return {
        S3Bucket: code.bucket,
        S3Key: code.key,
        ...(code.version && { S3ObjectVersion: code.version }),
        ...(code.byReference && { S3ObjectStorageMode: 'REFERENCE' as const }),
      };
    case 'zip':
      return { ZipFile: code.bytes };
    case 'image':
      return { ImageUri: code.uri };
  }
}
