import type { Log } from '../log.ts';
import type { Aws } from './clients.ts';

/** Code of a function as `UpdateFunctionCode` takes it. */
export type FunctionCode =
  /** `sha256` of the archive in lower-case hex, where it is known; without it the new code cannot be verified. */
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly version?: string;
      readonly sha256?: string;
    }
  /** An archive in memory (inline code): at most 50 MB. */
  | { readonly kind: 'zip'; readonly bytes: Uint8Array }
  /** By digest (`repository@sha256:...`), so that it can be verified. */
  | { readonly kind: 'image'; readonly uri: string };

/** A function and the code that it has to get. */
export interface FunctionUpdate {
  readonly logicalId: string;
  /** Physical name or ARN. */
  readonly functionName: string;
  readonly code: FunctionCode;
  /** Where the code is that the deployed template names: what is put back when another update fails. */
  readonly previous?: FunctionCode;
}

export interface InPlaceOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

/** What became of updates in place. */
export type InPlaceResult =
  | {
      readonly kind: 'updated';
      /** `sent: false`: the function had this code already. */
      readonly functions: readonly { readonly logicalId: string; readonly sent: boolean }[];
    }
  | {
      readonly kind: 'failed';
      readonly logicalId: string;
      readonly reason: string;
      /** Logical IDs of functions that have their former code again. */
      readonly restored: readonly string[];
      /** Logical IDs of functions that could not be put back, each with the reason. */
      readonly notRestored: readonly { readonly logicalId: string; readonly reason: string }[];
    };

/** A function whose code was updated in place, so that CloudFormation does not know what it runs. */
export interface TaggedFunction {
  readonly functionName: string;
  readonly arn: string;
  /** As Lambda says it: base64 of SHA-256; of an image the digest in hex. */
  readonly codeSha256: string;
}

/**
 * Updates the code of functions side by side, waits until each is active with its new code, and verifies it. All or
 * nothing: when one fails, those already made get the code back that they had.
 */
export async function updateFunctions(
  _aws: Aws,
  _updates: readonly FunctionUpdate[],
  _options: InPlaceOptions,
): Promise<InPlaceResult> {
  throw new Error('not implemented');
}

/** Those of the functions that were updated in place. Read before the stack is changed. */
export async function readTagged(
  _aws: Aws,
  _functionNames: readonly string[],
  _signal: AbortSignal,
): Promise<readonly TaggedFunction[]> {
  throw new Error('not implemented');
}

/**
 * Gives functions that were updated in place the code that the deployed template means, where they have other code, and
 * removes their tag.
 *
 * @param meant by the names in `tagged`; one that is not named is left as it is
 * @returns names of those that had other code
 */
export async function healFunctions(
  _aws: Aws,
  _tagged: readonly TaggedFunction[],
  _meant: ReadonlyMap<string, FunctionCode>,
  _options: InPlaceOptions,
): Promise<readonly string[]> {
  throw new Error('not implemented');
}
