import { isObject, type Json } from '../../template/types.ts';
import type { InvokeResult } from '../invoke.ts';
import type { ErrorObject } from './types.ts';

/** What one invocation of a durable function came to. */
export type InvocationEnd =
  | { readonly kind: 'pending' }
  | { readonly kind: 'succeeded'; readonly result: string | undefined }
  | { readonly kind: 'failed'; readonly error: ErrorObject }
  /** The process failed, or the SDK asks for another try. */
  | { readonly kind: 'broken'; readonly error: ErrorObject }
  | { readonly kind: 'throttled' };

/** Reads what a durable function answered: `{ Status, Result, Error }`. */
export function invocationEnd(result: InvokeResult): InvocationEnd {
  if (result.kind === 'throttled') return { kind: 'throttled' };
  if (result.kind === 'function-error') {
    const { errorType, errorMessage, stackTrace } = result.error;
    return {
      kind: 'broken',
      error: {
        ErrorType: errorType,
        ErrorMessage: errorMessage,
        ...(stackTrace && { StackTrace: stackTrace }),
      },
    };
  }
  const answer = parsed(result.payload);
  const { Status, Result, Error: error } = isObject(answer) ? answer : {};
  switch (Status) {
    case 'PENDING':
      return { kind: 'pending' };
    case 'SUCCEEDED':
      return { kind: 'succeeded', result: typeof Result === 'string' ? Result : undefined };
    case 'FAILED':
      return { kind: 'failed', error: isObject(error) ? (error as ErrorObject) : {} };
    default:
      return { kind: 'failed', error: NO_STATUS };
  }
}

const NO_STATUS: ErrorObject = {
  ErrorType: 'InvalidParameterValueException',
  ErrorMessage:
    'Invalid Status in invocation output: the handler of a durable function has to be wrapped by the SDK (withDurableExecution in JavaScript, @durable_execution in Python)',
};

function parsed(payload: Buffer): Json | undefined {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}
