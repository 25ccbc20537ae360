import type { Json } from '../../../template/types.ts';
import { evaluated, filled, selected } from '../language/fields.ts';
import type { StateScope } from '../scope.ts';

/** What an iteration gets: the item, or what the selector makes of it. */
export async function itemInput(scope: StateScope, item: Json): Promise<Json> {
  const { state } = scope;
  const template = state.ItemSelector ?? state.Parameters;
  if (template === undefined) return item;
  if (scope.language === 'JSONata') return evaluated(scope, template, 'ItemSelector');
  return filled(scope, template, selected(scope, 'InputPath', scope.input));
}
