import { type JsonObject, own } from '../../template/types.ts';
import type { LambdaDecoratorContext } from '../hook-types.ts';
import { aliasId, publishedResources } from '../marshal/published.ts';
import { type Added, add } from './add.ts';

/** Adds a version of the function, the same that the definition's `version: true` makes; returns what it adds. */
export function addVersion({ template, logicalId, marshalled, codeHash }: LambdaDecoratorContext): void {
  const fn = marshalled.Resources[logicalId] as JsonObject;
  Object.assign(template.Resources, publishedResources(logicalId, { version: true }, fn, codeHash).Resources);
}

/**
 * Adds to an alias of the function, which is made where the definition has none of that name.
 *
 * @returns the alias's logical ID
 */
export function addToAlias(context: LambdaDecoratorContext, alias: string, more: Added): string {
  const { template, logicalId, marshalled, codeHash, service, functionName } = context;
  const id = aliasId(logicalId, alias);
  const isDefined = own(service.functions?.[functionName]?.aliases ?? {}, alias) !== undefined;
  if (isDefined) add(template, id, more);
  else {
    const fn = marshalled.Resources[logicalId] as JsonObject;
    const { Resources } = publishedResources(logicalId, { aliases: { [alias]: {} } }, fn, codeHash);
    const made = Resources[id] as JsonObject;
    Object.assign(template.Resources, Resources);
    add(template, id, {
      ...made,
      ...more,
      Properties: { ...(made.Properties as JsonObject), ...more.Properties },
    } as Added);
  }
  return id;
}
