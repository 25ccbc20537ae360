import { isIntrinsic } from '../template/intrinsics.ts';
import { isObject, type Json, type JsonObject } from '../template/types.ts';
import { NO_VALUE } from './resource.ts';

/** `Fn::If`, as the only entry of a map. */
export const isIf = (value: Json | undefined): value is JsonObject =>
  isObject(value) && 'Fn::If' in value && isIntrinsic(value);

/** `!Ref AWS::NoValue`. */
export const isNoValue = (value: Json | undefined): boolean =>
  isObject(value) && value.Ref === NO_VALUE && isIntrinsic(value);

/** A function call or the name of a condition; nothing else. */
export const isCall = (value: Json | undefined): value is JsonObject => isObject(value) && isIntrinsic(value);

/** The condition and both values of an `Fn::If`; `undefined` where it does not have these three. */
export function ifParts(value: JsonObject): readonly [condition: Json, yes: Json, no: Json] | undefined {
  const parts = value['Fn::If'];
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [condition = null, yes = null, no = null] = parts;
  return [condition, yes, no];
}

/** The logical ID that a `Ref` or `Fn::GetAtt` names. */
export function namedResource(value: Json | undefined): string | undefined {
  if (!isCall(value)) return undefined;
  if (typeof value.Ref === 'string') return value.Ref;
  const attribute = value['Fn::GetAtt'];
  const parts = typeof attribute === 'string' ? attribute.split('.') : attribute;
  if (!Array.isArray(parts) || parts.length !== 2) return undefined;
  return typeof parts[0] === 'string' ? parts[0] : undefined;
}
