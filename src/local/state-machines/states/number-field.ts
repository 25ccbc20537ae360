import { evaluated, placed } from '../language/fields.ts';
import { runtimeFailure, type StateScope } from '../scope.ts';

/** A number that a state gives as it is, by a path, or by an expression. */
export async function numberField(
  scope: StateScope,
  field: string,
  absent: number,
  kind: 'integer' | 'float' = 'integer',
): Promise<number> {
  const { state, language } = scope;
  const path = state[`${field}Path`];
  if (typeof path === 'string') {
    const value = placed(scope, path, scope.input);
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
    if (typeof value === 'number' && (kind === 'float' || Number.isInteger(value))) return value;
    throw runtimeFailure(
      scope,
      `The ${field}Path field refers to value "${typeof value === 'string' ? value : JSON.stringify(value)}" which is not a valid ${kind}: ${path}`,
    );
  }
  if (state[field] === undefined) return absent;
  const value = language === 'JSONata' ? await evaluated(scope, state[field], field) : state[field];
  if (typeof value === 'number') return value;
  throw runtimeFailure(scope, `The ${field} field is not a valid ${kind}: ${JSON.stringify(value)}`);
}
