import { isObject, type Json } from '../../../template/types.ts';
import type { FunctionHost } from '../../function-host.ts';
import { findByReference, isMissing } from '../../functions/reference.ts';
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

/** `lambda:invoke`: the answer of Lambda's API around that of the function. */
export async function lambdaInvoke(
  host: FunctionHost,
  { parameters, caller, signal }: ServiceCall,
): Promise<Json> {
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
    invoke(host, asked, new AbortController().signal).catch(() => undefined);
    return { ...sdkMetadata(202, {}), StatusCode: 202 };
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
  if (result.kind !== 'success') return thrown(result);
  return {
    ExecutedVersion: result.executedVersion,
    ...(LogType === 'Tail' && { LogResult: Buffer.from(result.logs).subarray(-LOG_TAIL).toString('base64') }),
    Payload: parsed(result.payload.toString()),
    ...sdkMetadata(200, {
      'Content-Type': result.contentType,
      'X-Amz-Executed-Version': result.executedVersion,
      'x-amzn-RequestId': result.requestId,
    }),
    StatusCode: 200,
  };
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
  const found = findByReference(host.functions, asked.reference, asked.qualifier);
  if (isMissing(found)) {
    const { status, code } = found;
    const message = /:[^:]+:function:[^:]+:/.test(found.message) ? found.message : `${found.message}:$LATEST`;
    throw new StateFailure(
      `Lambda.${code}`,
      `${message} (Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${crypto.randomUUID()}; Proxy: null)`,
    );
  }
  const { fn, qualifier } = found;
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
