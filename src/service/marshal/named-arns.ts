import type { Json, JsonObject } from '../../template/types.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { Service } from '../types.ts';
import type { Value } from '../values.ts';
import { isLogicalId, resourceArns } from './resource-arns.ts';

/** Fields of a function that hold an ARN, or the logical ID of a resource of the service that has it. */
const FIELDS = ['deadLetter', 'kmsKey'] as const;

/** Logical IDs in these fields, by field. */
export const namedResources = (fn: FunctionDefinition): readonly (readonly [field: string, id: string])[] =>
  FIELDS.flatMap((field) => {
    const value = fn[field];
    return typeof value === 'string' && isLogicalId(value) ? [[field, value] as const] : [];
  });

/** A service whose functions have ARNs in the place of logical IDs. */
export function withNamedArns(service: Service): Service {
  const resources = (service.resources ?? {}) as unknown as Readonly<Record<string, JsonObject>>;
  const arn = (id: string): Value<string> => resourceArns(id, resources)[0] as Value<string> & Json;
  const functions = Object.entries(service.functions ?? {}).map(([name, fn]) => [
    name,
    { ...fn, ...Object.fromEntries(namedResources(fn).map(([field, id]) => [field, arn(id)])) },
  ]);
  return service.functions ? { ...service, functions: Object.fromEntries(functions) } : service;
}
