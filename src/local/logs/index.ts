import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Happening } from '../activity.ts';
import { functionArn } from '../functions/function.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import type { LogSubscriptionPlan } from '../service/plan.ts';
import { type LogFilter, type LogMatch, parseLogFilter } from './filter.ts';

/** Subscriptions to the logs of functions: after each invocation, its lines that the filter takes are sent. */
export function logsPart(context: ServiceContext): ServicePart {
  const { plan, activity, host, warn } = context;
  const filters = plan.logSubscriptions.flatMap((each) => {
    try {
      return [{ plan: each, filter: parseLogFilter(each.pattern) }];
    } catch (error) {
      warn(`${each.name}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });

  /** The log groups whose lines led to invocations that run, by their request IDs. */
  const causes = new Map<string, string>();

  function hear(happening: Happening): void {
    if (happening.kind === 'began' && happening.cause.kind === 'logs')
      causes.set(happening.requestId, happening.cause.source);
    if (happening.kind !== 'ended') return;
    const causedBy = causes.get(happening.requestId);
    causes.delete(happening.requestId);
    if (happening.result.kind === 'throttled') return;
    const fn = host.functions.find(({ logicalId }) => logicalId === happening.function);
    if (!fn) return;
    const arn = functionArn(fn);
    for (const { plan: subscription, filter } of filters)
      if (
        subscription.functionArns.includes(arn) &&
        !(isFor(subscription, arn) && causedBy === subscription.logGroup)
      )
        send(subscription, taken(happening.result.logs, filter), happening.requestId);
  }

  function send(subscription: LogSubscriptionPlan, lines: readonly Taken[], requestId: string): void {
    if (lines.length === 0) return;
    const body = JSON.stringify({ awslogs: { data: dataOf(subscription, lines, context.account) } });
    const cause = { kind: 'logs', source: subscription.logGroup, ids: [requestId] } as const;
    context.targets
      .send(subscription.destinationArn, body, { cause })
      .catch((error: unknown) =>
        warn(`${subscription.name}: ${error instanceof Error ? error.message : String(error)}`),
      );
  }

  let unsubscribe = (): void => undefined;
  return {
    name: 'subscriptions to logs',
    async begin() {
      for (const { plan: subscription } of filters)
        if (subscription.functionArns.some((arn) => isFor(subscription, arn))) warn(loopOf(subscription));
      unsubscribe = activity.subscribe(hear);
    },
    stop: async () => unsubscribe(),
  };
}

const isFor = ({ destinationArn }: LogSubscriptionPlan, arn: string): boolean =>
  destinationArn === arn || destinationArn.startsWith(`${arn}:`);

const loopOf = ({ name, logGroup }: LogSubscriptionPlan): string =>
  `${name} sends lines of ${logGroup} to a function that writes there: at AWS, each of its calls may lead to the next, without end. Here, what it writes of them is not sent to it again`;

interface Taken extends LogMatch {
  readonly message: string;
}

const taken = (logs: string, filter: LogFilter): Taken[] =>
  logs
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((message) => {
      const match = filter(message);
      return match ? [{ message, ...match }] : [];
    });

/** Source: Amazon CloudWatch Logs User Guide, "Log group-level subscription filters". */
function dataOf({ name, logGroup }: LogSubscriptionPlan, lines: readonly Taken[], owner: string): string {
  const timestamp = Date.now();
  const text = JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner,
    logGroup,
    logStream: 'local/[$LATEST]',
    subscriptionFilters: [name],
    logEvents: lines.map(({ message, fields }) => ({
      id: BigInt(`0x${randomUUID().replaceAll('-', '')}`)
        .toString()
        .padStart(56, '3')
        .slice(0, 56),
      timestamp,
      // Lines of functions end as they were written.
      message: `${message}\n`,
      ...(fields && { extractedFields: fields }),
    })),
  });
  return gzipSync(text).toString('base64');
}
