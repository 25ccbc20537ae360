import type { Json } from '../../../template/types.ts';
import { StateFailure } from '../failure.ts';

/** Bytes. Source: AWS Step Functions Developer Guide, "Service quotas": input or result size of a task, state or execution. */
const LARGEST = 256 * 1024;

export const isTooLarge = (value: Json): boolean => Buffer.byteLength(JSON.stringify(value)) > LARGEST;

export const tooLarge = (name: string): StateFailure =>
  new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
