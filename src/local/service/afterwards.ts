import { randomUUID } from 'node:crypto';
import { functionArn, type LocalFunction } from '../functions/function.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import type { RunLater } from '../server/lambda-api.ts';
import type { ServiceContext } from './part.ts';
import type { AfterwardsPlan } from './plan.ts';

/** Runs invocations that nobody waits for. */
export interface Afterwards {
  readonly run: RunLater;
}

/** Where a function says nothing. Source: AWS Lambda Developer Guide, "Configuring error handling for asynchronous invocation". */
const RETRIES = 2;
/** Times that a throttled event is tried again before it is given up; Lambda goes on for six hours. */
const THROTTLED_TRIES = 600;
const THROTTLED_PAUSE = 100;

/**
 * Asynchronous invocations: tried again as the function says (at once, where Lambda waits a minute or two), and sent to its
 * destination or dead letter queue at their end. Functions are a target of this kind for everything else.
 */
export function createAfterwards(context: ServiceContext): Afterwards {
  const { host, plan, targets, activity } = context;
  const planOf = (fn: LocalFunction): AfterwardsPlan | undefined =>
    plan.afterwards.find(({ functionArn: arn }) => arn === functionArn(fn));

  const run: RunLater = async (fn, event, given) => {
    const options = { ...given, requestId: given.requestId ?? randomUUID() };
    const settings = planOf(fn);
    const { result, tries } = await untilDone(fn, event, { options, retries: settings?.retries ?? RETRIES });
    if (!settings) return;
    const failed = result.kind !== 'success';
    const destination = failed ? settings.failureArn : settings.successArn;
    const delivery = {
      cause: { kind: 'destination', source: fn.logicalId, ids: [options.requestId] },
      ...(options.traceId !== undefined && { traceId: options.traceId }),
    } as const;
    try {
      if (failed && settings.deadLetterArn !== undefined)
        await targets.send(settings.deadLetterArn, event.toString(), delivery);
      if (destination !== undefined)
        await targets.send(destination, record({ fn, event, result, tries, options, failed }), delivery);
    } catch (error) {
      activity.publish({
        kind: 'noted',
        at: Date.now(),
        source: fn.logicalId,
        text: `its destination did not take the record: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  };

  async function untilDone(
    fn: LocalFunction,
    event: Buffer | string,
    { options, retries }: { readonly options: InvokeOptions; readonly retries: number },
  ): Promise<{ readonly result: InvokeResult; readonly tries: number }> {
    let throttled = 0;
    for (let tries = 1; ; ) {
      const result = await host.invoke(fn, event, options);
      if (result.kind === 'throttled' && throttled++ < THROTTLED_TRIES && fn.reservedConcurrency !== 0) {
        await new Promise((resolve) => setTimeout(resolve, THROTTLED_PAUSE).unref());
        continue;
      }
      if (result.kind === 'success' || tries > retries) return { result, tries };
      tries++;
    }
  }

  targets.add('lambda', async (arn, body, { cause, traceId }) => {
    const found = findByReference(host.functions, arn, null);
    if (isMissing(found)) throw new Error(found.message);
    const { fn, qualifier } = found;
    const options = { cause, qualifier, ...(traceId !== undefined && { traceId }) };
    run(fn, body, options).catch((error: unknown) => context.warn(`${fn.logicalId}: ${String(error)}`));
  });
  return { run };
}

/** Source: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations". */
function record({
  fn,
  event,
  result,
  tries,
  options,
  failed,
}: {
  readonly fn: LocalFunction;
  readonly event: Buffer | string;
  readonly result: InvokeResult;
  readonly tries: number;
  readonly options: InvokeOptions;
  readonly failed: boolean;
}): string {
  const version = options.qualifier ?? '$LATEST';
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: options.requestId,
      functionArn: `${functionArn(fn)}:${version}`,
      condition: failed ? 'RetriesExhausted' : 'Success',
      approximateInvokeCount: tries,
    },
    requestPayload: parsed(event.toString()),
    responseContext: {
      statusCode: 200,
      executedVersion: result.kind === 'throttled' ? '$LATEST' : result.executedVersion,
      ...(result.kind === 'function-error' && { functionError: 'Unhandled' }),
    },
    responsePayload: result.kind === 'throttled' ? null : parsed(result.payload.toString()),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
