import { CallError } from '../aws-api/answer.ts';
import type { QueryInput, XmlValue } from '../aws-api/query.ts';
import type { ServiceContext } from '../service/part.ts';
import type { SubscriptionPlan, TopicPlan } from '../service/plan.ts';
import type { Taken } from './publish.ts';

/** The topics that calls are about. */
export interface Topics {
  topics: TopicPlan[];
  subscriptions: SubscriptionPlan[];
  readonly context: ServiceContext;
  readonly taken: Taken;
}

/** One action of the API; nothing is answered by one without a result. */
export type TopicAction = (
  input: QueryInput,
  topics: Topics,
  trace: string | undefined,
) => Promise<XmlValue | undefined> | XmlValue | undefined;

/** @throws CallError as SNS answers it */
export function topicOf({ topics }: Topics, arn: string): TopicPlan {
  const topic = topics.find((each) => each.arn === arn);
  if (topic) return topic;
  throw checkedArn(arn, 'TopicArn') ?? new CallError('NotFound', 'Topic does not exist', 404);
}

/** What is wrong with a text that should be an ARN. */
export function checkedArn(arn: string, parameter: string): CallError | undefined {
  const parts = arn.split(':').length;
  return parts < 6
    ? invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${parts}`)
    : undefined;
}

export const invalidParameter = (reason: string): CallError =>
  new CallError('InvalidParameter', `Invalid parameter: ${reason}`);

/** Attributes of a call, by their names. */
export const attributesIn = (input: QueryInput): ReadonlyMap<string, string> =>
  new Map(
    input.list('Attributes.entry').map((each) => [each.text('key') ?? '', each.text('value') ?? ''] as const),
  );
