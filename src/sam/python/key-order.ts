import { isIntrinsic } from '../../template/intrinsics.ts';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { KeyTable } from './key-table.ts';

const tables = new WeakMap<JsonObject, KeyTable>();

/** Notes the order of a map of the template, where it is another than that of its keys put in one after the other. */
export const keepOrder = (map: JsonObject, table: KeyTable): void => {
  tables.set(map, table);
};

/** The order of a map of the template, as a copy of its own. */
export const tableOf = (map: JsonObject): KeyTable =>
  tables.get(map)?.clone() ?? KeyTable.of(Object.keys(map));

/** Notes the order that a map has after it was merged, as `dict.copy` and what follows it make it. */
export function keepMergedOrder(merged: JsonObject, globals: JsonObject, local: JsonObject): void {
  const table = new KeyTable();
  table.merge(tableOf(globals).keys());
  for (const key of tableOf(local).keys()) {
    table.add(key);
    const [inner, ours, theirs] = [merged[key], globals[key], local[key]];
    if (isMap(inner) && isMap(ours) && isMap(theirs)) keepMergedOrder(inner, ours, theirs);
  }
  keepOrder(merged, table);
}

const isMap = (value: Json | undefined): value is JsonObject => isObject(value) && !isIntrinsic(value);
