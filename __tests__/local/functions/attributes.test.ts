import { expect, it } from '@jest/globals';
import { resolverOf } from '../../../src/local/functions/resolve.ts';

const queue = 'https://sqs.eu-west-1.amazonaws.com/111122223333/jobs';
const topic = 'arn:aws:sns:eu-west-1:111122223333:news';

it.each([
  ['AWS::DynamoDB::Table', 'Arn', 'orders', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
  ['AWS::S3::Bucket', 'Arn', 'files', 'arn:aws:s3:::files'],
  ['AWS::SQS::Queue', 'Arn', queue, 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
  ['AWS::SQS::Queue', 'QueueName', queue, 'jobs'],
  ['AWS::SNS::Topic', 'TopicName', topic, 'news'],
  ['AWS::Lambda::Function', 'Arn', 'stack-f-1', 'arn:aws:lambda:eu-west-1:111122223333:function:stack-f-1'],
  ['AWS::DynamoDB::Table', 'StreamArn', 'orders', 'unresolved-R.StreamArn'],
  ['constructor', 'Arn', 'x', 'unresolved-R.Arn'],
])('%s %s of what is deployed as %s is %s', (Type, attribute, physicalId, expected) => {
  const resolve = resolverOf(
    { Resources: { R: { Type } } },
    { physicalIds: { R: physicalId }, region: 'eu-west-1', account: '111122223333' },
  );
  expect(resolve({ 'Fn::GetAtt': ['R', attribute] })).toBe(expected);
  expect(resolve({ Ref: 'R' })).toBe(physicalId);
});
