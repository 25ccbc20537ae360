import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import type { Data } from '../../values.ts';
import type { Draft, Grant } from '../draft.ts';
import { getAtt, join, ref, sub } from '../resources.ts';

/** Permissions that a call needs, or `undefined` where the call does not say enough. */
type Needs = (parameters: JsonObject, draft: Draft) => readonly Grant[] | undefined;

const HERE = 'arn:${AWS::Partition}:${Service}:${AWS::Region}:${AWS::AccountId}:';

/** The parameter itself is an ARN. */
const byArn =
  (parameter: string, ...actions: string[]): Needs =>
  (parameters) => {
    const arn = parameters[parameter];
    return arn === undefined ? undefined : [{ actions, resources: [arn] }];
  };

/** A table, by its name or ARN. */
const table =
  (...actions: string[]): Needs =>
  ({ TableName: name }) => {
    if (name === undefined) return undefined;
    const own = idIn(name);
    if (own !== undefined) return [{ actions, resources: [getAtt(own, 'Arn')] }];
    if (typeof name === 'string' && name.startsWith('arn:')) return [{ actions, resources: [name] }];
    return [{ actions, resources: [sub(`${HERE}table/\${Name}`, { Service: 'dynamodb', Name: name })] }];
  };

/** A queue, by its URL: `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
const queue: Needs = ({ QueueUrl: url }) => {
  if (url === undefined) return undefined;
  const own = idIn(url);
  const part = (index: number): Data => ({ 'Fn::Select': [index, { 'Fn::Split': ['/', url] }] });
  const arn =
    own === undefined
      ? join('arn:', ref('AWS::Partition'), ':sqs:', ref('AWS::Region'), ':', part(3), ':', part(4))
      : getAtt(own, 'Arn');
  return [{ actions: ['sqs:SendMessage'], resources: [arn] }];
};

/** Buses of entries. */
const putEvents: Needs = ({ Entries: entries }) => {
  const names = (Array.isArray(entries) ? entries : []).map((entry) =>
    isObject(entry) ? (entry.EventBusName ?? 'default') : 'default',
  );
  const arn = (name: Json): Data => {
    const own = idIn(name);
    if (own !== undefined) return getAtt(own, 'Arn');
    if (typeof name === 'string' && name.startsWith('arn:')) return name;
    return sub(`${HERE}event-bus/\${Name}`, { Service: 'events', Name: name });
  };
  return [{ actions: ['events:PutEvents'], resources: names.map(arn) }];
};

/** Another state machine; one that waits learns of the end through EventBridge. */
const startExecution: Needs = ({ StateMachineArn: arn }) => {
  if (arn === undefined) return undefined;
  const name: Data = { 'Fn::Select': [6, { 'Fn::Split': [':', arn] }] };
  return [
    { actions: ['states:StartExecution'], resources: [arn] },
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [sub(`${HERE}execution:\${Name}:*`, { Service: 'states', Name: name })],
    },
    {
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: [
        sub(`${HERE}rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`, { Service: 'events' }),
      ],
    },
  ];
};

/** Source: Step Functions Developer Guide, "IAM policies for integrated services". */
const INTEGRATIONS: Readonly<Record<string, Needs>> = {
  'dynamodb:deleteItem': table('dynamodb:DeleteItem'),
  'dynamodb:getItem': table('dynamodb:GetItem'),
  'dynamodb:putItem': table('dynamodb:PutItem'),
  'dynamodb:updateItem': table('dynamodb:UpdateItem'),
  'aws-sdk:dynamodb:query': table('dynamodb:Query'),
  'aws-sdk:dynamodb:scan': table('dynamodb:Scan'),
  'aws-sdk:secretsmanager:getSecretValue': byArn('SecretId', 'secretsmanager:GetSecretValue'),
  'aws-sdk:sfn:startExecution': byArn('StateMachineArn', 'states:StartExecution'),
  'events:putEvents': putEvents,
  'sns:publish': byArn('TopicArn', 'sns:Publish'),
  'sqs:sendMessage': queue,
  'states:startExecution': byArn('StateMachineArn', 'states:StartExecution'),
  'states:startExecution.sync': startExecution,
  'states:startExecution.sync:2': startExecution,
};

/** What is called: `dynamodb:putItem` of `arn:aws:states:::dynamodb:putItem`. Waiting for a callback needs nothing more. */
export const integrationOf = (resource: string): string | undefined =>
  /^arn:[a-z-]+:states:::(.+?)(?:\.waitForTaskToken)?$/.exec(resource)?.[1];

/** What a state's integration needs of the role; `undefined` where that is not known. */
export function needsOf(
  integration: string,
  parameters: JsonObject,
  draft: Draft,
): readonly Grant[] | undefined {
  const needs = Object.hasOwn(INTEGRATIONS, integration) ? INTEGRATIONS[integration] : undefined;
  return needs?.(parameters, draft);
}

/** `{ Ref: X }` is about the resource X. */
const idIn = (value: Json): string | undefined =>
  isObject(value) && typeof value.Ref === 'string' && !value.Ref.startsWith('AWS::') ? value.Ref : undefined;
