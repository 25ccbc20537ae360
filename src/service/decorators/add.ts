import type { JsonObject, Template } from '../../template/types.ts';
import type { Service } from '../types.ts';
import type { Data } from '../values.ts';

/** A resource as a decorator writes it. */
export interface Added {
  /** Left out where it adds to a resource that is there. */
  readonly Type?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties?: Readonly<Record<string, Data>>;
  readonly UpdatePolicy?: Readonly<Record<string, Data>>;
}

export function add(template: Template, id: string, resource: Added): void {
  template.Resources[id] = resource as unknown as JsonObject;
}

export function output(template: Template, name: string, Value: Data, Description: string): void {
  const outputs = (template.Outputs ?? {}) as JsonObject;
  template.Outputs = { ...outputs, [name]: { Description, Value } as JsonObject };
}

/**
 * A function that a decorator's options name.
 *
 * @throws Error when there is none
 */
export function namedFunction(service: Service, name: string): string {
  if (!Object.hasOwn(service.functions ?? {}, name)) throw new Error(`there is no function ${name}`);
  return name;
}
