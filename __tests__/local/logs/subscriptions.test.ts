/** Subscriptions to logs: what is sent, and what would go on without end. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { createActivity } from '../../../src/local/activity.ts';
import type { Cause } from '../../../src/local/cause.ts';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import { functionArn } from '../../../src/local/functions/function.ts';
import { logsPart } from '../../../src/local/logs/index.ts';
import { createTargets, type ServiceContext } from '../../../src/local/service/part.ts';
import { EMPTY_PLAN } from '../../../src/local/service/plan.ts';
import { localFunction } from '../functions.ts';
import { KEEPS, serviceContext } from '../service-context.ts';

describe('a function that gets lines of its own log group', () => {
  it('hears of what it writes for others, and not of what it writes about that, which is said at the start', async () => {
    const own = localFunction({ logicalId: 'Own', name: 'own' });
    const other = localFunction({ logicalId: 'Other', name: 'other' });
    const [ownArn, otherArn] = [own, other].map((fn) => functionArn(fn)) as [string, string];
    const activity = createActivity();
    const targets = createTargets();
    const sent: string[] = [];
    const warnings: string[] = [];
    targets.add('lambda', async (arn, _body, { cause }) => {
      sent.push(`${arn === ownArn ? 'Own' : 'Other'} ${cause.ids.join()}`);
    });
    const group = { logGroup: '/shared', functionArns: [ownArn, otherArn], pattern: '' };
    const part = logsPart({
      plan: {
        ...EMPTY_PLAN,
        logSubscriptions: [
          { ...group, name: 'ToOwn', destinationArn: ownArn },
          { ...group, name: 'ToOther', functionArns: [ownArn], destinationArn: otherArn },
        ],
      },
      activity,
      targets,
      host: { functions: [own, other] },
      warn: (message: string) => warnings.push(message),
      account: '123456789012',
    } as unknown as ServiceContext);
    await part.begin();
    expect(warnings).toEqual([
      expect.stringMatching(/^ToOwn sends lines of \/shared to a function that writes there: /),
    ]);

    const run = (fn: string, requestId: string, cause: Cause): void => {
      const at = 0;
      activity.publish({ kind: 'began', at, requestId, function: fn, request: '{}', traceId: '', cause });
      const result = { kind: 'success', requestId, logs: 'a line' } as never;
      activity.publish({ kind: 'ended', at, requestId, function: fn, result, cold: false });
    };
    run('Own', 'first', { kind: 'invoke', source: 'x', ids: [] });
    expect(sent).toEqual(['Own first', 'Other first']);
    run('Own', 'second', { kind: 'logs', source: '/shared', ids: ['first'] });
    expect(sent.slice(2)).toEqual(['Other second']);
    run('Other', 'third', { kind: 'logs', source: '/shared', ids: ['first'] });
    run('Own', 'fourth', { kind: 'logs', source: '/elsewhere', ids: ['x'] });
    expect(sent.slice(3)).toEqual(['Own third', 'Own fourth', 'Other fourth']);
    await part.stop();
  });
});

/** Source: Amazon CloudWatch Logs User Guide, "Log group-level subscription filters", an event of AWS Lambda. */
it('what is sent are lines with their ends', async () => {
  const own = localFunction({ logicalId: 'Own', name: 'own' });
  const { context, sent } = serviceContext(
    {
      logSubscriptions: [
        {
          name: 'Errors',
          logGroup: '/aws/lambda/own',
          functionArns: [functionArn(own)],
          pattern: 'ERROR',
          destinationArn: KEEPS,
        },
      ],
    },
    { functions: [own] } as unknown as FunctionHost,
  );
  const part = logsPart(context);
  await part.begin();
  const result = { kind: 'success', requestId: 'r', logs: 'fine\nERROR one\nERROR two\n' } as never;
  context.activity.publish({ kind: 'ended', at: 0, requestId: 'r', function: 'Own', result, cold: false });
  await part.stop();
  const { data } = JSON.parse(sent[0]?.body ?? '').awslogs;
  const { logEvents } = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString());
  expect(logEvents.map(({ message }: { message: string }) => message)).toEqual([
    'ERROR one\n',
    'ERROR two\n',
  ]);
});
