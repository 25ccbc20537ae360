import type { StreamBase } from '../../../event-types.ts';
import type { Data } from '../../../values.ts';
import { PARTIAL, type Properties } from './mapping.ts';

/** Properties of a mapping that reads a stream. */
export const streamProperties = (event: StreamBase, destination: Data | undefined): Properties => ({
  StartingPosition: event.start ?? 'LATEST',
  FunctionResponseTypes: event.partialBatch ? PARTIAL : undefined,
  DestinationConfig: destination,
  MaximumRecordAgeInSeconds: event.maxAge,
  MaximumRetryAttempts: event.retries,
  BisectBatchOnFunctionError: event.bisect,
  ParallelizationFactor: event.parallelization,
  TumblingWindowInSeconds: event.tumblingWindow,
});
