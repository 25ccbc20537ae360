import type { JsonObject } from '../../template/types.ts';
import type { LambdaDecoratorContext } from '../hook-types.ts';
import { aliasId, publishedResources } from '../marshal/published.ts';
import { type Added, add } from './add.ts';

/** Adds a version of the function, the same that the definition's `version: true` makes. */
export function addVersion({ template, logicalId, marshalled, codeHash }: LambdaDecoratorContext): void {
  const fn = marshalled.Resources[logicalId] as JsonObject;
  Object.assign(template.Resources, publishedResources(logicalId, { version: true }, fn, codeHash).Resources);
}

/**
 * Adds to an alias of the function.
 *
 * @returns the alias's logical ID
 * @throws Error when the definition has no alias of that name
 */
export function addToAlias(context: LambdaDecoratorContext, alias: string, more: Added): string {
  const { template, logicalId, service, functionName } = context;
  const { aliases = {} } = service.functions?.[functionName] ?? {};
  if (!Object.hasOwn(aliases, alias)) {
    throw new Error(`the function has no alias ${alias}; give it aliases: { ${alias}: {} }`);
  }
  const id = aliasId(logicalId, alias);
  add(template, id, more);
  return id;
}
