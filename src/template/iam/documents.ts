import { isIntrinsic } from '../intrinsics.ts';
import { isObject, type Json } from '../types.ts';
import { resolvedValue } from '../values/resolved.ts';

/**
 * What a value says as JSON: some properties take documents as text, which may have references in it. Those stay in it
 * as variables of `Fn::Sub`.
 *
 * @returns the value itself where it is no text, and where its text is no JSON
 */
export function documentOf(value: Json): Json {
  const known = resolvedValue(value) ?? value;
  if (isObject(known) && !isIntrinsic(known)) return known;
  const text = textWithVariables(known);
  if (text === undefined || !/^\s*[[{]/.test(text)) return known;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return known;
  }
}

/** A text of parts of which some are not known; `undefined` where even its form is not. */
function textWithVariables(value: Json): string | undefined {
  const known = resolvedValue(value) ?? value;
  if (!isObject(known)) return Array.isArray(known) || known === null ? undefined : String(known);
  const { Ref: name, 'Fn::GetAtt': attribute, 'Fn::Sub': template, 'Fn::Join': joined } = known;
  if (typeof name === 'string') return variable(name);
  if (attribute !== undefined)
    return variable(Array.isArray(attribute) ? attribute.join('.') : String(attribute));
  if (template !== undefined) {
    const text = Array.isArray(template) ? template[0] : template;
    return typeof text === 'string' ? text : undefined;
  }
  if (known['Fn::ToJsonString'] !== undefined) return JSON.stringify(known['Fn::ToJsonString']);
  const [separator, parts] = Array.isArray(joined) ? joined : [];
  if (typeof separator !== 'string' || !Array.isArray(parts)) return undefined;
  const texts = parts.map(textWithVariables);
  return texts.every((each) => each !== undefined) ? texts.join(separator) : undefined;
}

const variable = (name: string): string => `\${${name}}`;
