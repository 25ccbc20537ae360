import { functionArn, type LocalFunction } from './function.ts';

/** A function that a caller means, and the version or alias of it. */
export interface FoundFunction {
  readonly fn: LocalFunction;
  readonly qualifier: string | undefined;
}

/** What Lambda's API answers to a reference that leads nowhere. */
export interface ReferenceProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fault: 'User';
}

export const isMissing = (found: FoundFunction | ReferenceProblem): found is ReferenceProblem =>
  'status' in found;

/** A function by name, `name:qualifier`, ARN (whole or `123456789012:function:name`), or logical ID. */
export function findByReference(
  functions: readonly LocalFunction[],
  reference: string,
  asked: string | null,
): FoundFunction | ReferenceProblem {
  const [, name = reference, suffix] = /^(?:.*?function:)?([^:]+)(?::([^:]+))?$/.exec(reference) ?? [];
  // Where several stacks have a function under one logical ID, the first one is meant by that alone.
  const fn =
    functions.find((each) => each.name === name) ??
    functions.find((each) => each.logicalId === name) ??
    functions.find((each) => each.logicalId.endsWith(`/${name}`));
  const qualifier = asked ?? suffix;
  const missing = (arn: string): ReferenceProblem => ({
    status: 404,
    code: 'ResourceNotFoundException',
    message: `Function not found: ${arn}`,
    fault: 'User',
  });
  if (!fn) {
    const [like] = functions;
    return missing(
      functionArn({ region: like?.region ?? 'us-east-1', account: like?.account ?? '123456789012', name }),
    );
  }
  if (asked && suffix && asked !== suffix) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    return { status: 400, code: 'InvalidParameterValueException', message, fault: 'User' };
  }
  if (qualifier && qualifier !== '$LATEST' && !fn.qualifiers.includes(qualifier))
    return missing(`${functionArn(fn)}:${qualifier}`);
  return { fn, qualifier };
}
