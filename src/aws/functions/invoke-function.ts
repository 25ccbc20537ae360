import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { type AwsError, withSignal } from '../connection/errors.ts';
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
 * Calls a function, and waits for its answer. It is called once: again only where AWS says that it did not run.
 *
 * @param name a name or ARN, also of an alias
 * @throws ProblemError when it cannot be called, or its answer is lost
 */
export function invokeFunction(
  aws: Aws,
  name: string,
  { payload, tenant }: { readonly payload: string; readonly tenant?: string | undefined },
  signal: AbortSignal,
): Promise<Answer> {
  return explained(`calling the function ${name}`, async () => {
    const { sdk, client } = await aws.invocations();
    const began = performance.now();
    const command = new sdk.InvokeCommand({
      FunctionName: name,
      Payload: Buffer.from(payload),
      LogType: 'Tail',
      TenantId: tenant,
    });
    command.middlewareStack.add(onceOnly(name), WITHIN_RETRIES);
    const { Payload, FunctionError, LogResult, ExecutedVersion, $metadata } = await client.send(
      command,
      withSignal(signal),
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

/** Middleware that ends the tries where a function may have run. */
const onceOnly =
  (name: string) =>
  <Args, Reply>(next: (args: Args) => Promise<Reply>) =>
  async (args: Args): Promise<Reply> => {
    try {
      return await next(args);
    } catch (error) {
      const failed = error as AwsError;
      if (!isLost(failed)) throw error;
      // Without its cause, which the SDK would try again for.
      throw new ProblemError({
        message: `calling the function ${name} failed: its answer was lost (${failed.message})`,
        next: 'It may have run: look at its log before you call it again.',
      });
    }
  };

/** Around what makes the SDK try again when a reply cannot be read. */
const WITHIN_RETRIES = { step: 'finalizeRequest', priority: 'low', name: 'onceOnly' } as const;

/** Whether the request may have arrived, and no answer to it that can be read. */
function isLost({ $metadata, name, code }: AwsError & { readonly code?: unknown }): boolean {
  const status = $metadata?.httpStatusCode;
  if (status !== undefined) return status < 300;
  return name === 'TimeoutError' || code === 'ECONNRESET' || code === 'EPIPE';
}
