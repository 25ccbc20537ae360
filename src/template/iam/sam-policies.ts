import { POLICY_TEMPLATES } from '../../sam/data/policy-templates.ts';
import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { canonicalText } from '../values/equivalence.ts';
import { asResolved, asWritten, resolved } from '../values/resolved.ts';

/**
 * The policy document that one of SAM's policy templates becomes: `{ SQSPollerPolicy: { QueueName: ... } }`.
 *
 * @returns `undefined` for anything else
 */
export function policyTemplate(policy: Json): Json | undefined {
  const [entry, ...more] = isObject(policy) ? Object.entries(policy) : [];
  if (!entry || more.length > 0) return undefined;
  const [name, given] = entry;
  const line = /^[A-Z]\w+Policy(_v\d)?$/.test(name) ? lineOf(name) : undefined;
  if (line === undefined) return undefined;
  const [, names = '', ...document] = line.split(' ');
  const values = isObject(given) ? given : {};
  const isComplete = names === '-' || names.split(',').every((each) => own(values, each) !== undefined);
  return isComplete ? filled(JSON.parse(document.join(' ')) as Json, values) : undefined;
}

function lineOf(name: string): string | undefined {
  const at = POLICY_TEMPLATES.indexOf(`\n${name} `);
  return at < 0 ? undefined : POLICY_TEMPLATES.slice(at + 1, POLICY_TEMPLATES.indexOf('\n', at + 1));
}

/** A part of a document with the values of its parameters. */
function filled(value: Json, values: JsonObject): Json {
  if (Array.isArray(value)) return value.map((each) => filled(each, values));
  if (!isObject(value)) return value;
  const parameter = typeof value.Ref === 'string' ? own(values, value.Ref) : undefined;
  if (parameter !== undefined) return parameter;
  const result = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, values)]));
  return substituted(result) ?? result;
}

/** `Fn::Sub` with variables that are texts or references has them in its text: so one reads it as one would write it. */
function substituted({ 'Fn::Sub': argument }: JsonObject): Json | undefined {
  const [text, variables] = Array.isArray(argument) ? argument : [];
  if (typeof text !== 'string' || !isObject(variables)) return undefined;
  const as = (side: (value: Json) => Json): Json => {
    const left = new Map(Object.entries(variables).map(([name, value]) => [name, side(value)]));
    const short = text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => {
      const inline = left.has(name) ? inlined(left.get(name) ?? null) : undefined;
      if (inline !== undefined) left.delete(name);
      return inline ?? whole;
    });
    return { 'Fn::Sub': left.size === 0 ? short : [short, Object.fromEntries(left)] };
  };
  const [value, written] = [as(asResolved), as(asWritten)];
  return canonicalText(value) === canonicalText(written) ? written : resolved(value, written);
}

function inlined(value: Json): string | undefined {
  if (typeof value === 'string') return value.replaceAll('${', '${!');
  const { Ref: name, 'Fn::GetAtt': attribute } = isObject(value) ? value : {};
  if (typeof name === 'string') return `\${${name}}`;
  if (attribute === undefined) return undefined;
  return `\${${Array.isArray(attribute) ? attribute.join('.') : String(attribute)}}`;
}
