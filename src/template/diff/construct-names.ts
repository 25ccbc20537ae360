import { declaredResources } from '../resources.ts';
import { isObject, type Json, type Template } from '../types.ts';

/**
 * What people call the resources of a stack: their construct paths in it, where the template's metadata tells them.
 * `Prod/Orders/TakeOrder/ServiceRole/Resource` is `TakeOrder/ServiceRole` in the stack `Prod/Orders`.
 *
 * @param stack the construct path of the stack itself; by default the first part of the path
 * @returns names by logical ID; none that two resources would share
 */
export function constructNames(
  template: Template | undefined,
  stack: string | undefined,
): Readonly<Record<string, string>> {
  const names = [...declaredResources(template ?? { Resources: {} })].flatMap(
    ({ id, resource: { Metadata } }): [string, string][] => {
      const { 'aws:cdk:path': path = spartaName({ Metadata }) } = isObject(Metadata) ? Metadata : {};
      const name = typeof path === 'string' ? nameIn(path, stack) : '';
      return name === '' ? [] : [[id, name]];
    },
  );
  const taken = Map.groupBy(names, ([, name]) => name);
  return Object.fromEntries(names.filter(([, name]) => taken.get(name)?.length === 1));
}

/** What a Sparta application calls a function; its logical ID ends in a hash. Source: `sparta.go` of versions 1 and 3. */
export function spartaName({ Metadata }: { readonly Metadata?: Json }): Json | undefined {
  return isObject(Metadata) ? (Metadata['go1.x'] ?? Metadata.golangFunc) : undefined;
}

function nameIn(path: string, stack: string | undefined): string {
  const inside =
    stack !== undefined && path.startsWith(`${stack}/`)
      ? path.slice(stack.length + 1)
      : path.slice(path.indexOf('/') + 1);
  return inside
    .replace(/\.NestedStack\/[^/]+\.NestedStackResource$/, '')
    .replace(/\/(?:Resource|Default)$/, '');
}
