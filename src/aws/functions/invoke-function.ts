import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';

/** What a function in AWS answered. */
export interface Answer {
  readonly payload: Buffer;
  /** `undefined`: it did not fail. */
  readonly functionError: string | undefined;
  /** The end of what it wrote. */
  readonly logs: string;
  readonly executedVersion: string;
  /** Under which the function writes. */
  readonly requestId: string;
  readonly durationMs: number;
}

/**
 * Calls a function, and waits for its answer.
 *
 * @param name a name or ARN, also of an alias
 * @throws ProblemError when it cannot be called
 */
export function invokeFunction(
  aws: Aws,
  name: string,
  { payload, tenant }: { readonly payload: string; readonly tenant?: string | undefined },
  signal: AbortSignal,
): Promise<Answer> {
  return explained(`calling the function ${name}`, async () => {
    const { sdk, client } = await aws.lambda();
    const began = performance.now();
    const { Payload, FunctionError, LogResult, ExecutedVersion, $metadata } = await client.send(
      new sdk.InvokeCommand({
        FunctionName: name,
        Payload: Buffer.from(payload),
        LogType: 'Tail',
        TenantId: tenant,
      }),
      { abortSignal: signal, requestTimeout: LONGEST_CALL },
    );
    return {
      payload: Buffer.from(Payload ?? []),
      functionError: FunctionError,
      logs: Buffer.from(LogResult ?? '', 'base64').toString(),
      executedVersion: ExecutedVersion ?? '',
      requestId: $metadata.requestId ?? '',
      durationMs: performance.now() - began,
    };
  });
}

/** Milliseconds that a synchronous call may take. Source: AWS Lambda, "Configure Lambda function timeout". */
const LONGEST_CALL = 900_000;
