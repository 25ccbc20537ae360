import type { Json, JsonObject } from '../../template/types.ts';
import { generated, getAtt, passedOf, ref } from '../resource.ts';
import type { Generated } from '../types.ts';
import type { SamEvent } from './types.ts';

/** The ARN of what an event invokes; an alias's `Ref` is its ARN. */
export const arnOf = ({ logicalId, type }: Generated): JsonObject =>
  type === 'AWS::Lambda::Function' || type === 'AWS::Events::Rule'
    ? getAtt(logicalId, 'Arn')
    : ref(logicalId);

/** What permissions and mappings take for the function: its name, or the ARN of its alias. */
export const nameOf = ({ logicalId }: Generated): JsonObject => ref(logicalId);

/** What tells a permission from others of the same function. */
interface PermissionParts {
  readonly principal: string;
  readonly sourceArn?: Json | undefined;
  readonly sourceAccount?: Json | undefined;
  readonly token?: Json | undefined;
  /** What its logical ID begins with; the event's own where it is not given. */
  readonly prefix?: string;
}

/** The permission of a service to invoke a function. */
export const permission = (
  { logicalId }: Pick<SamEvent, 'logicalId'>,
  target: Generated,
  { principal, sourceArn, sourceAccount, token, prefix = logicalId }: PermissionParts,
): Generated =>
  generated(`${prefix}Permission`, 'AWS::Lambda::Permission', {
    attributes: passedOf(target),
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: nameOf(target),
      Principal: principal,
      SourceArn: sourceArn,
      SourceAccount: sourceAccount,
      EventSourceToken: token,
    },
  });
