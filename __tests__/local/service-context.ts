import { createActivity } from '../../src/local/activity.ts';
import { createApis } from '../../src/local/aws-api/apis.ts';
import type { AwsAnswer, AwsCall } from '../../src/local/aws-api/types.ts';
import type { FunctionHost } from '../../src/local/function-host.ts';
import { createTargets, type Delivery, type ServiceContext } from '../../src/local/service/part.ts';
import { EMPTY_PLAN, type ServicePlan } from '../../src/local/service/plan.ts';

/** What came to a target. */
export interface SentTo extends Delivery {
  readonly arn: string;
  readonly body: string;
}

/** An ARN of a target that keeps what it gets, of one that takes nothing. */
export const KEEPS = 'arn:aws:keeps:us-east-1:123456789012:all';
export const REFUSES = 'arn:aws:refuses:us-east-1:123456789012:all';

/** What a part of a service works with, and what it sent and warned. */
export function serviceContext(
  plan: Partial<ServicePlan> = {},
  host: FunctionHost = { functions: [] } as unknown as FunctionHost,
) {
  const sent: SentTo[] = [];
  const warnings: string[] = [];
  const targets = createTargets();
  targets.add('keeps', async (arn, body, delivery) => void sent.push({ arn, body, ...delivery }));
  targets.add('refuses', async () => {
    throw new Error('refused');
  });
  const context: ServiceContext = {
    plan: { ...EMPTY_PLAN, ...plan },
    host,
    activity: createActivity(),
    endpoint: 'http://127.0.0.1:1',
    region: 'us-east-1',
    account: '123456789012',
    apis: createApis(),
    targets,
    allowUnverifiedIam: false,
    remote: undefined,
    waits: 'real',
    warn: (message) => void warnings.push(message),
  };
  return { context, sent, warnings };
}

/** Calls an API of a service as an SDK client does. */
export async function callApi(
  { apis }: ServiceContext,
  service: string,
  call: Partial<Omit<AwsCall, 'body'>> & { readonly body?: unknown },
): Promise<AwsAnswer> {
  const api = apis.of(service);
  if (!api) throw new Error(`there is no ${service}`);
  const { body = {} } = call;
  return api({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    gone: new AbortController().signal,
    ...call,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
}
