import { isIntrinsic } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject, own, scalarText, setOwn, type Template } from '../types.ts';
import { isLoop } from './loops.ts';

/**
 * A resource's properties with what SAM's section `Globals` adds to them. Maps are merged, lists are appended (but for
 * {@link OWN_ONLY}), and anything else is the resource's own; `IgnoreGlobals` leaves out what it names, or all by `*`.
 * Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(template: Template, logicalId: string): JsonObject {
  const resource = own(template.Resources, logicalId);
  return isObject(resource) ? mergedProperties(template, resource) : {};
}

/** See {@link withGlobals}; the resource may be one of a loop. */
export function mergedProperties(template: Template, resource: JsonObject): JsonObject {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const section = sectionOf(scalarText(resource.Type));
  const globals =
    section !== undefined && isObject(template.Globals) ? own(template.Globals, section) : undefined;
  const ignored = resource.IgnoreGlobals;
  if (!isObject(globals) || ignored === '*') return properties;
  const left = Array.isArray(ignored) ? new Set(ignored.map(scalarText)) : new Set<string>();
  return mergeGlobals(
    Object.fromEntries(Object.entries(globals).filter(([name]) => !left.has(name))),
    properties,
    section,
  );
}

/**
 * Lists and maps that a resource has as a whole: nothing is added to them, or nothing but to keys that it has.
 * Source: aws-sam-translator 1.115, `CUSTOM_STRATEGIES` of its globals.
 */
const OWN_ONLY: ReadonlySet<string> = new Set([
  'Function.Architectures',
  'CapacityProvider.InstanceRequirements.Architectures',
]);
const OWN_KEYS: ReadonlySet<string> = new Set(['CapacityProvider.ManagedResourceTags']);

/**
 * What a section of `Globals` and a resource's own properties come to. See {@link withGlobals}.
 *
 * @param path of these, such as `Function`
 */
export function mergeGlobals(globals: JsonObject, properties: JsonObject, path = ''): JsonObject {
  const isPruned = OWN_KEYS.has(path) && Object.keys(properties).length > 0;
  const merged: JsonObject = {};
  for (const name of Object.keys(globals))
    if (!isPruned || Object.hasOwn(properties, name)) setOwn(merged, name, globals[name] ?? null);
  for (const name of Object.keys(properties)) {
    const value = properties[name] ?? null;
    const base = own(merged, name);
    const at = `${path}.${name}`;
    if (base === undefined || OWN_ONLY.has(at)) setOwn(merged, name, value);
    else if (isMap(base) && isMap(value)) setOwn(merged, name, mergeGlobals(base, value, at));
    else if (Array.isArray(base) && Array.isArray(value)) merged[name] = [...base, ...value];
    else setOwn(merged, name, value);
  }
  return merged;
}

const isMap = (value: Json | undefined): value is JsonObject => isObject(value) && !isIntrinsic(value);

const sectionOf = (type: string): string | undefined => /^AWS::Serverless::(\w+)$/.exec(type)?.[1];

/** SAM makes an API of these sections alone, for functions whose events name none. */
const IMPLICIT = new Set(['Api', 'HttpApi']);

/** A template with `Globals` written out in its resources; what no resource takes from it stays there. */
export function applyGlobals(template: Template): Template {
  if (!isObject(template.Globals)) return template;
  const taken = new Set<string>();
  // Resources that an unknown loop makes take them, too.
  const hasLoops = Object.keys(template.Resources).some(isLoop);
  const resources = Object.entries(template.Resources).map(([id, resource]): [string, Json] => {
    const section = isObject(resource) ? sectionOf(scalarText(resource.Type)) : undefined;
    if (!isObject(resource) || section === undefined) return [id, resource];
    taken.add(section);
    return [id, { ...resource, Properties: withGlobals(template, id) }];
  });
  const left = Object.entries(template.Globals).filter(
    ([section]) => IMPLICIT.has(section) || !taken.has(section) || hasLoops,
  );
  const { Globals: _, ...rest } = template;
  return {
    ...rest,
    ...(left.length > 0 && { Globals: Object.fromEntries(left) }),
    Resources: Object.fromEntries(resources),
  };
}
