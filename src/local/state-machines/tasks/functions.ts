import { isObject, type Json } from '../../../template/types.ts';
import type { FunctionHost } from '../../function-host.ts';
import { functionArn } from '../../functions/function.ts';
import { type FoundFunction, findByReference, isMissing } from '../../functions/reference.ts';
import type { InvokeResult } from '../../invoke.ts';
import { StateFailure } from '../failure.ts';
import { sdkMetadata } from './metadata.ts';
import type { Caller, FunctionCall, ServiceCall } from './services.ts';

/** Calls a function that a Task names directly. @throws StateFailure what the function failed with */
export async function invokeFunction(
  host: FunctionHost,
  { reference, payload, caller, signal }: FunctionCall,
): Promise<Json> {
  const result = await invoke(
    host,
    { reference, qualifier: null, payload: JSON.stringify(payload), caller },
    signal,
  );
  return parsed(result.kind === 'success' ? result.payload.toString() : thrown(result));
}

/** By the ARN of a function. */
export type InvokeLater = (arn: string, payload: string, caller: Caller) => Promise<void>;

interface LambdaAround {
  readonly host: FunctionHost;
  readonly invokeLater?: InvokeLater;
}

/** `lambda:invoke`: the answer of Lambda's API around that of the function. */
export async function lambdaInvoke(around: LambdaAround, call: ServiceCall): Promise<Json> {
  const { result, tail } = await invokedAs(around, call);
  if (!result) return { ...sdkMetadata(202, {}), StatusCode: 202 };
  if (result.kind !== 'success') return thrown(result);
  return {
    ExecutedVersion: result.executedVersion,
    ...tail,
    Payload: parsed(result.payload.toString()),
    ...sdkMetadata(200, {
      'Content-Type': result.contentType,
      'X-Amz-Executed-Version': result.executedVersion,
      'x-amzn-RequestId': result.requestId,
    }),
    StatusCode: 200,
  };
}

/**
 * `aws-sdk:lambda:invoke`: the answer of Lambda's API as it is, whose payload is a text, and which tells of errors of the
 * function without being one. Source: AWS Lambda API Reference, `Invoke`; AWS Step Functions Developer Guide, "Learning to
 * use AWS service SDK integrations".
 */
export async function lambdaSdkInvoke(around: LambdaAround, call: ServiceCall): Promise<Json> {
  const { result, tail } = await invokedAs(around, call);
  if (!result) return { StatusCode: 202 };
  return {
    ExecutedVersion: result.executedVersion,
    ...(result.kind !== 'success' && { FunctionError: 'Unhandled' }),
    ...tail,
    Payload: result.payload.toString(),
    StatusCode: 200,
  };
}

/** No result of what nobody waits for. */
async function invokedAs(
  { host, invokeLater }: LambdaAround,
  { parameters, caller, signal }: ServiceCall,
): Promise<{
  readonly result?: Exclude<InvokeResult, { kind: 'throttled' }>;
  readonly tail: { readonly LogResult?: string };
}> {
  const { FunctionName, Payload, Qualifier, InvocationType, ClientContext, LogType } = isObject(parameters)
    ? parameters
    : {};
  const payload = payloadOf(Payload);
  const asked = {
    reference: String(FunctionName),
    qualifier: typeof Qualifier === 'string' ? Qualifier : null,
    payload,
    caller,
  };
  if (InvocationType === 'Event') {
    const { fn, qualifier } = foundFunction(host, asked);
    const arn = `${functionArn(fn)}${qualifier === undefined ? '' : `:${qualifier}`}`;
    if (invokeLater) await invokeLater(arn, payload, caller);
    else invoke(host, asked, new AbortController().signal).catch(() => undefined);
    return { tail: {} };
  }
  const result = await invoke(
    host,
    {
      ...asked,
      ...(typeof ClientContext === 'string' && {
        clientContext: Buffer.from(ClientContext, 'base64').toString(),
      }),
    },
    signal,
  );
  const LogResult = Buffer.from(result.logs).subarray(-LOG_TAIL).toString('base64');
  return { result, tail: LogType === 'Tail' ? { LogResult } : {} };
}

/** Bytes. Source: AWS Lambda API reference, "Invoke". */
const LOG_TAIL = 4096;

/** Text that is JSON is the JSON of the payload itself. */
function payloadOf(payload: Json | undefined): string {
  if (payload === undefined || payload === null) return '{}';
  return typeof payload === 'string' && parsed(payload) !== payload ? payload : JSON.stringify(payload);
}

async function invoke(
  host: FunctionHost,
  asked: {
    readonly reference: string;
    readonly qualifier: string | null;
    readonly payload: string;
    readonly clientContext?: string;
    readonly caller: Caller;
  },
  signal: AbortSignal,
): Promise<Exclude<InvokeResult, { kind: 'throttled' }>> {
  const { fn, qualifier } = foundFunction(host, asked);
  const result = await host.invoke(fn, asked.payload, {
    signal,
    traceId: asked.caller.traceId,
    cause: { kind: 'state-machine', source: asked.caller.machineName, ids: [asked.caller.executionArn] },
    ...(qualifier !== undefined && { qualifier }),
    ...(asked.clientContext !== undefined && { clientContext: asked.clientContext }),
  });
  if (result.kind === 'throttled')
    throw new StateFailure(
      'Lambda.TooManyRequestsException',
      'Rate Exceeded. (Service: AWSLambda; Status Code: 429)',
    );
  return result;
}

/** @throws StateFailure where there is none */
function foundFunction(
  host: FunctionHost,
  { reference, qualifier }: { readonly reference: string; readonly qualifier: string | null },
): FoundFunction {
  const found = findByReference(host.functions, reference, qualifier);
  if (!isMissing(found)) return found;
  const { status, code } = found;
  const message = /:[^:]+:function:[^:]+:/.test(found.message) ? found.message : `${found.message}:$LATEST`;
  throw new StateFailure(
    `Lambda.${code}`,
    `${message} (Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${crypto.randomUUID()}; Proxy: null)`,
  );
}

function thrown(result: Extract<InvokeResult, { kind: 'function-error' }>): never {
  // Step Functions writes it anew, without spaces.
  throw new StateFailure(result.error.errorType, JSON.stringify(parsed(result.payload.toString())));
}

function parsed(text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
