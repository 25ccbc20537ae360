import { isObject, type Json } from '../template/types.ts';
import { textPattern } from './names.ts';
import { arnOf, type PolicyPlace } from './place.ts';

/** What CloudFormation reads where a template has a dynamic reference. */
export interface ReferencedValue {
  readonly action: 'secretsmanager:GetSecretValue' | 'ssm:GetParameters';
  /** A pattern where its name is not known, or ends in letters that the service chooses. */
  readonly resource: string;
}

const REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}/g;

/**
 * What the dynamic references in a value make CloudFormation read.
 * Source: CloudFormation User Guide, "Get values stored in other services using dynamic references".
 */
export function referencedValues(value: Json, place: PolicyPlace): readonly ReferencedValue[] {
  if (Array.isArray(value)) return value.flatMap((each) => referencedValues(each, place));
  if (isObject(value) && !('Fn::Sub' in value || 'Fn::Join' in value))
    return Object.values(value).flatMap((each) => referencedValues(each, place));
  return [...textPattern(value).matchAll(REFERENCE)].map(([, service, rest = '']): ReferencedValue => {
    if (service === 'secretsmanager')
      return { action: 'secretsmanager:GetSecretValue', resource: secretArn(rest, place) };
    const [name = ''] = rest.split(':');
    const resource = arnOf(`ssm:R:A:parameter/${name.replace(/^\//, '')}`, place);
    return { action: 'ssm:GetParameters', resource };
  });
}

/** A secret is named by its name, or by its ARN, whose last part may lack what the service has put behind the name. */
function secretArn(text: string, place: PolicyPlace): string {
  const parts = text.split(':');
  if (parts[0] === 'arn') return `${parts.slice(0, 7).join(':')}*`;
  return arnOf(`secretsmanager:R:A:secret:${parts[0]}-??????`, place);
}
