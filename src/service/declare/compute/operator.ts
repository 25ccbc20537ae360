import type { Data, Value } from '../../values.ts';
import { type Draft, setResource } from '../draft.ts';
import { getAtt, sub } from '../resources.ts';
import { trust } from '../statements.ts';

/**
 * The ARN of the role in which Lambda acts for a resource: the given one, or one that is made.
 *
 * @param properties of the role that is made, beside whom it trusts
 */
export function operatorRole(
  draft: Draft,
  given: Value<string> | undefined,
  { id, properties }: { readonly id: string; readonly properties: Readonly<Record<string, Data>> },
): Data {
  if (given !== undefined) return given;
  setResource(draft, id, {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...properties },
  });
  return getAtt(id, 'Arn');
}

/** A policy of AWS's own, by its name. */
export const awsPolicy = (name: string): Readonly<Record<string, Data>> => ({
  ManagedPolicyArns: [sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`)],
});
