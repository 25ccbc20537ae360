import { isObject, type Json, type JsonObject } from '../template/types.ts';
import type { TransformContext } from './types.ts';

/** Beginnings of regions, with their partitions. Source: AWS General Reference, "Amazon Resource Names". */
const PARTITIONS: readonly (readonly [string, string])[] = [
  ['cn-', 'aws-cn'],
  ['us-iso-', 'aws-iso'],
  ['us-isob', 'aws-iso-b'],
  ['us-gov', 'aws-us-gov'],
  ['eu-isoe', 'aws-iso-e'],
  ['us-isof', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

export const partitionOf = (region: string): string =>
  PARTITIONS.find(([start]) => region.toLowerCase().startsWith(start))?.[1] ?? 'aws';

/** Values of parameters, defaults of the others, and the two pseudo parameters that the transform knows. */
export function allParameters(template: JsonObject, context: TransformContext): Record<string, Json> {
  const values: Record<string, Json> = { ...context.parameters };
  const { Parameters } = template;
  if (isObject(Parameters))
    for (const [name, declared] of Object.entries(Parameters))
      if (!Object.hasOwn(values, name) && isObject(declared) && declared.Default !== undefined)
        values[name] = declared.Default;
  values['AWS::Region'] ??= context.region;
  values['AWS::Partition'] ??= context.partition ?? partitionOf(context.region);
  return values;
}
