import { randomUUID } from 'node:crypto';
import { functionArn, type LocalFunction } from '../functions/function.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import type { MessageAttributes } from '../queues/message.ts';
import type { RunLater } from '../server/lambda-api.ts';
import { messageOf } from './dead-letters.ts';
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
  /** What its dead letter queue is, and what is configured for the version or alias that is invoked. */
  const planOf = (fn: LocalFunction, qualifier = '$LATEST'): Partial<AfterwardsPlan> =>
    Object.assign(
      {},
      ...plan.afterwards.filter(
        (each) => each.functionArn === functionArn(fn) && (each.qualifier ?? qualifier) === qualifier,
      ),
    );

  const run: RunLater = async (fn, event, given) => {
    const options = { ...given, requestId: given.requestId ?? randomUUID() };
    const settings = planOf(fn, options.qualifier);
    const { result, tries } = await untilDone(fn, event, { options, retries: settings.retries ?? RETRIES });
    const failed = result.kind !== 'success';
    const destination = failed ? settings.failureArn : settings.successArn;
    const delivery = {
      cause: { kind: 'destination', source: fn.logicalId, ids: [options.requestId] },
      ...(options.traceId !== undefined && { traceId: options.traceId }),
    } as const;
    const send = async (arn: string, body: string, attributes?: MessageAttributes): Promise<void> => {
      try {
        await targets.send(arn, body, { ...delivery, ...(attributes && { attributes }) });
      } catch (error) {
        const text = `its destination did not take the record: ${messageOf(error)}`;
        activity.publish({ kind: 'noted', at: Date.now(), source: fn.logicalId, text });
        context.warn(`${fn.logicalId}: ${text}`);
      }
    };
    if (failed && settings.deadLetterArn !== undefined)
      await send(settings.deadLetterArn, event.toString(), letterAttributes(options.requestId, result));
    if (destination !== undefined) await send(destination, record({ fn, event, result, tries, options }));
  };

  async function untilDone(
    fn: LocalFunction,
    event: Buffer | string,
    { options, retries }: { readonly options: InvokeOptions; readonly retries: number },
  ): Promise<{ readonly result: InvokeResult; readonly tries: number }> {
    let throttled = 0;
    for (let tries = 1; ; ) {
      const result = await host.invoke(fn, event, options);
      if (result.kind === 'throttled' && fn.reservedConcurrency === 0) return { result, tries: 0 };
      if (result.kind === 'throttled' && throttled++ < THROTTLED_TRIES) {
        await new Promise((resolve) => setTimeout(resolve, THROTTLED_PAUSE).unref());
        continue;
      }
      if (result.kind !== 'function-error' || tries > retries) return { result, tries };
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

/** Source: AWS Lambda Developer Guide, "Adding a dead-letter queue": what went wrong is told beside the event. */
function letterAttributes(requestId: string, result: InvokeResult): MessageAttributes {
  const [code, message] =
    result.kind === 'function-error' ? ['200', result.error.errorMessage] : ['429', 'Rate Exceeded.'];
  return {
    RequestID: { DataType: 'String', StringValue: requestId },
    ErrorCode: { DataType: 'Number', StringValue: code },
    // SQS takes no attributes that are empty.
    ErrorMessage: { DataType: 'String', StringValue: message.slice(0, 1024) || ' ' },
  };
}

/** Why an event was given up. */
const conditionOf = (result: InvokeResult, { reservedConcurrency }: LocalFunction): string => {
  if (result.kind === 'success') return 'Success';
  if (result.kind === 'function-error') return 'RetriesExhausted';
  return reservedConcurrency === 0 ? 'ZeroReservedConcurrency' : 'EventAgeExceeded';
};

/** Source: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations". */
function record({
  fn,
  event,
  result,
  tries,
  options,
}: {
  readonly fn: LocalFunction;
  readonly event: Buffer | string;
  readonly result: InvokeResult;
  readonly tries: number;
  readonly options: InvokeOptions;
}): string {
  const version = options.qualifier ?? '$LATEST';
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: options.requestId,
      functionArn: `${functionArn(fn)}:${version}`,
      condition: conditionOf(result, fn),
      approximateInvokeCount: tries,
    },
    requestPayload: parsed(event.toString()),
    // There was no response to what was throttled to the end.
    ...(result.kind !== 'throttled' && {
      responseContext: {
        statusCode: 200,
        executedVersion: result.executedVersion,
        ...(result.kind === 'function-error' && { functionError: 'Unhandled' }),
      },
      responsePayload: parsed(result.payload.toString()),
    }),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
