import type { Json, JsonObject } from '../../template/types.ts';
import { capacityId } from '../declare/compute/ids.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { Service } from '../types.ts';
import type { Value } from '../values.ts';
import { isLogicalId, resourceArns } from './resource-arns.ts';

/** Fields of a function that hold an ARN, or the logical ID of a resource of the service that has it. */
const FIELDS = ['deadLetter', 'kmsKey'] as const;

/** Logical IDs in these fields, and what a capacity provider is called, by field. */
export const namedResources = (
  fn: FunctionDefinition,
  { capacityProviders = {} }: Pick<Service, 'capacityProviders'>,
): readonly (readonly [field: string, id: string])[] =>
  [
    ...FIELDS.map((field) => [field, fn[field]] as const),
    ['capacityProvider', fn.capacityProvider?.arn] as const,
  ]
    .filter((entry): entry is readonly [(typeof entry)[0], string] => typeof entry[1] === 'string')
    .filter(
      ([field, value]) =>
        isLogicalId(value) || (field === 'capacityProvider' && Object.hasOwn(capacityProviders, value)),
    );

/** A service whose functions have ARNs in the place of logical IDs. */
export function withNamedArns(service: Service): Service {
  const resources = (service.resources ?? {}) as unknown as Readonly<Record<string, JsonObject>>;
  const providers = service.capacityProviders ?? {};
  const providerArn = (name: string): Value<string> =>
    Object.hasOwn(providers, name) ? { 'Fn::GetAtt': [capacityId(name), 'Arn'] } : arn(name);
  const arn = (id: string): Value<string> => resourceArns(id, resources)[0] as Value<string> & Json;
  const functions = Object.entries(service.functions ?? {}).map(([name, fn]) => [
    name,
    {
      ...fn,
      ...Object.fromEntries(
        namedResources(fn, service).map(([field, id]) => [
          field,
          field === 'capacityProvider' ? { ...fn.capacityProvider, arn: providerArn(id) } : arn(id),
        ]),
      ),
    },
  ]);
  return service.functions ? { ...service, functions: Object.fromEntries(functions) } : service;
}
