import { check, type Fault } from './schema/check.ts';
import { serviceSchema } from './schema/service.ts';
import type { Service } from './types.ts';

/** A definition that was found to be one, or everything that is wrong with it. */
export type ParsedService = { readonly service: Service } | { readonly faults: readonly [Fault, ...Fault[]] };

/** Checks that a value is a service definition. What it refers to is checked by {@link file://./check.ts}. */
export function parseService(value: unknown): ParsedService {
  const plain = withoutSchema(value);
  const [first, ...more] = check(serviceSchema, plain);
  return first ? { faults: [first, ...more] } : { service: plain as Service };
}

/** Editors are told by `$schema` what a YAML or JSON file holds. */
function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$schema' in value)) return value;
  const { $schema: _, ...rest } = value;
  return rest;
}
