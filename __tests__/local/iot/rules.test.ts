import { expect, it } from '@jest/globals';
import { topicRulesPart } from '../../../src/local/iot/index.ts';
import { callApi, KEEPS, serviceContext } from '../service-context.ts';

/** Source: AWS IoT Core Developer Guide, "SQS": `useBase64`. */
it('a message for a queue is encoded where the rule says so', async () => {
  const actions = [{ arn: KEEPS }, { arn: KEEPS, base64: true }];
  const { context, sent } = serviceContext({
    topicRules: [{ name: 'hot', sql: "SELECT * FROM 'devices/+'", enabled: true, actions }],
  });
  topicRulesPart(context);
  await callApi(context, 'iotdata', { path: '/topics/devices%2Fa', body: { t: 1 } });
  expect(sent.map(({ body }) => body)).toEqual(['{"t":1}', Buffer.from('{"t":1}').toString('base64')]);
  await callApi(context, 'iotdata', { path: '/topics/devices%2Fa', body: 'no JSON' });
  expect(sent.at(-1)?.body).toBe(Buffer.from('no JSON').toString('base64'));
});
