import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { evaluated, filled } from '../language/fields.ts';
import type { StateScope } from '../scope.ts';
import { numberField } from './number-field.ts';

/** Puts the items of a distributed Map together as its batcher says; without one they stay as they are. */
export async function inBatches(scope: StateScope, items: readonly Json[]): Promise<readonly Json[]> {
  const { ItemBatcher } = scope.state;
  if (!isObject(ItemBatcher)) return items;
  const batcher = { ...scope, state: ItemBatcher };
  const most = await numberField(batcher, 'MaxItemsPerBatch', Number.POSITIVE_INFINITY);
  const bytes = await numberField(batcher, 'MaxInputBytesPerBatch', 256 * 1024);
  const { BatchInput } = ItemBatcher;
  const extra: JsonObject =
    BatchInput === undefined
      ? {}
      : {
          BatchInput:
            scope.language === 'JSONata'
              ? await evaluated(scope, BatchInput, 'ItemBatcher/BatchInput')
              : filled(scope, BatchInput, scope.input),
        };
  const batches: JsonObject[] = [];
  let batch: Json[] = [];
  const close = (): void => {
    if (batch.length > 0) batches.push({ ...extra, Items: batch });
    batch = [];
  };
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify({ ...extra, Items: [...batch, item] }));
    if (batch.length >= most || (batch.length > 0 && size > bytes)) close();
    batch.push(item);
  }
  close();
  return batches;
}
