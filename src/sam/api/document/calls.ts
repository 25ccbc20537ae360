import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { bytes, listed, PyMap, type PyValue } from './python-map.ts';

const isCallName = (name: string | undefined): boolean =>
  name === 'Ref' || name === 'Condition' || (name?.startsWith('Fn::') ?? false);

/** Whether a value of a definition is a function call of CloudFormation. */
export function isFunctionCall(value: PyValue | undefined): value is PyMap {
  return value instanceof PyMap && value.size === 1 && isCallName(value.keys()[0]);
}

/** Whether a value of a template is a function call of CloudFormation. */
export function isCall(value: Json | undefined): value is JsonObject {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return names.length === 1 && isCallName(names[0]);
}

/** A value that there is only under a condition. */
export const onlyIf = (condition: PyValue, value: PyValue): PyMap =>
  listed({ 'Fn::If': [condition, value, listed({ Ref: bytes('AWS::NoValue') })] });

export const subCall = (text: PyValue, variables?: Readonly<Record<string, PyValue>>): PyMap =>
  listed({ 'Fn::Sub': variables ? [text, listed(variables)] : text });
