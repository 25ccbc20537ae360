import { describe, expect, it } from '@jest/globals';
import { queryAnswer, queryForm } from '../../../src/local/state-machines/tasks/query-protocol.ts';
import { topicsPart } from '../../../src/local/topics/index.ts';
import { callApi, KEEPS, serviceContext } from '../service-context.ts';

const place = 'us-east-1:123456789012';
const arn = `arn:aws:sns:${place}:news`;

/** What a machine gets of an action of the topics that are served here. */
function topics() {
  const { context } = serviceContext({});
  topicsPart(context);
  return async (Action: string, parameters: Parameters<typeof queryForm>[0] = {}) => {
    const { status, body } = await callApi(context, 'sns', {
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: queryForm({ Action, ...parameters }),
    });
    return queryAnswer(body, Action, status < 400);
  };
}

describe('answers of SNS to machines', () => {
  it('are lists and maps where the API has them', async () => {
    const ask = topics();
    expect((await ask('ListTopics')).answer).toEqual({ Topics: [] });
    const Attributes = { DisplayName: 'News <&> "more"' };
    expect(
      (await ask('CreateTopic', { Name: 'news', Attributes, Tags: [{ Key: 'a', Value: 'b' }] })).answer,
    ).toEqual({
      TopicArn: arn,
    });
    await ask('CreateTopic', { Name: 'other' });
    expect((await ask('ListTopics')).answer).toEqual({
      Topics: [{ TopicArn: arn }, { TopicArn: `arn:aws:sns:${place}:other` }],
    });
    expect((await ask('GetTopicAttributes', { TopicArn: arn })).answer).toMatchObject({
      Attributes: { TopicArn: arn, ...Attributes },
    });
    expect((await ask('ListTagsForResource', { ResourceArn: arn })).answer).toEqual({
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });

  it('are so after attributes that were given', async () => {
    const ask = topics();
    await ask('CreateTopic', { Name: 'news' });
    const given = { FilterPolicy: '{"kind":["a"]}', RawMessageDelivery: 'true' };
    const { answer } = await ask('Subscribe', {
      TopicArn: arn,
      Protocol: 'sqs',
      Endpoint: KEEPS.replace('keeps', 'sqs'),
      Attributes: given,
    });
    expect(await ask('GetSubscriptionAttributes', answer as Record<string, string>)).toMatchObject({
      answer: { Attributes: given },
    });
  });
});
