import type { JsonObject } from '../../src/template/types.ts';

/** 481 resources: 48 small services, each of which sends to the next domain. */
export function largeService(isCdk: boolean): JsonObject {
  const resources: JsonObject = {};
  const add = (id: string, path: string, Type: string, Properties: JsonObject = {}): void => {
    resources[id] = {
      Type,
      Properties,
      ...(isCdk && { Metadata: { 'aws:cdk:path': `Shop/${path}/Resource` } }),
    };
  };
  for (let domain = 0; domain < 12; domain++)
    for (let service = 0; service < 4; service++) {
      const [id, path] = [`D${domain}S${service}`, `Domain${domain}/Service${service}`];
      const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
      const allow = (Action: string[], Resource: JsonObject): JsonObject => ({
        Effect: 'Allow',
        Action,
        Resource,
      });
      add(`${id}Table`, `${path}/Table`, 'AWS::DynamoDB::Table');
      add(`${id}Queue`, `${path}/Queue`, 'AWS::SQS::Queue');
      add(`${id}Topic`, `${path}/Topic`, 'AWS::SNS::Topic');
      add(`${id}Bucket`, `${path}/Bucket`, 'AWS::S3::Bucket');
      for (const name of ['Take', 'Work']) {
        const Statement = [
          allow(['dynamodb:PutItem', 'dynamodb:GetItem'], arn(`${id}Table`)),
          allow(['sqs:SendMessage'], arn(`D${(domain + 1) % 12}S${service}Queue`)),
        ];
        add(`${id}${name}Role`, `${path}/${name}/ServiceRole`, 'AWS::IAM::Role', {
          Policies: [{ PolicyName: 'own', PolicyDocument: { Statement } }],
        });
        add(`${id}${name}`, `${path}/${name}`, 'AWS::Lambda::Function', {
          Runtime: 'nodejs24.x',
          Role: arn(`${id}${name}Role`),
        });
      }
      add(`${id}Map`, `${path}/Work/Map`, 'AWS::Lambda::EventSourceMapping', {
        EventSourceArn: arn(`${id}Queue`),
        FunctionName: { Ref: `${id}Work` },
      });
      add(`${id}Sub`, `${path}/Take/Sub`, 'AWS::SNS::Subscription', {
        TopicArn: { Ref: `${id}Topic` },
        Endpoint: arn(`${id}Take`),
        Protocol: 'lambda',
      });
    }
  add('Alone', 'Alone', 'AWS::SNS::Topic');
  return resources;
}
