import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { inlinePolicy } from '../iam/documents.ts';
import { ifParts, isIf, isNoValue } from '../intrinsics.ts';
import { hashedId } from '../logical-id.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { conditional, generated, getAtt, ref } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';
import type { Published } from './version.ts';

/** Kinds of destinations of asynchronous calls. */
const TYPES = ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket'];

/** What `EventInvokeConfig` makes: its resource, queues and topics for results, and what the role needs for them. */
export function eventInvokeConfig(
  source: SamSource,
  publication: Published | undefined,
  build: Build,
): { readonly resources: Generated[]; readonly policies: Json[] } {
  const { logicalId, attributes, properties } = source;
  if (!truthy(properties.EventInvokeConfig)) return { resources: [], policies: [] };
  const config = build.parameters.resolve(properties.EventInvokeConfig);
  const at = ['EventInvokeConfig'];
  if (!isObject(config)) return refuse(logicalId, at, 'EventInvokeConfig has to be a map');
  const resources: Generated[] = [];
  const policies: Json[] = [];
  const destinations: JsonObject = {};
  const { DestinationConfig, MaximumEventAgeInSeconds, MaximumRetryAttempts } = config;
  if (truthy(DestinationConfig)) {
    if (!isObject(DestinationConfig))
      return refuse(logicalId, [...at, 'DestinationConfig'], 'DestinationConfig has to be a map');
    for (const name of ['OnSuccess', 'OnFailure'] as const) {
      const destination = DestinationConfig[name];
      if (!given(destination)) continue;
      if (!isObject(destination))
        return refuse(logicalId, [...at, 'DestinationConfig', name], `${name} has to be a map`);
      const made = destinationOf(source, { name, destination }, build);
      destinations[name] = { Destination: made.arn };
      // A destination of `Globals` that is made for one function is there for those after it.
      destination.Destination = made.arn;
      if (made.resource) resources.push(made.resource);
      policies.push(made.policy);
    }
  }
  resources.push(
    generated(`${logicalId}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', {
      attributes,
      ...(publication && { dependsOn: [publication.alias.logicalId] }),
      properties: {
        FunctionName: ref(logicalId),
        Qualifier: publication?.name ?? '$LATEST',
        DestinationConfig: destinations,
        MaximumEventAgeInSeconds,
        MaximumRetryAttempts,
      },
    }),
  );
  return { resources, policies };
}

/** One destination: given, or made here, or either of them by a condition. */
function destinationOf(
  source: SamSource,
  { name, destination }: { readonly name: 'OnSuccess' | 'OnFailure'; readonly destination: JsonObject },
  build: Build,
): { readonly arn: Json; readonly resource?: Generated; readonly policy: Json } {
  const { logicalId, passed } = source;
  const path = ['EventInvokeConfig', 'DestinationConfig', name];
  const id = `${logicalId}EventInvokeConfig${name}`;
  const { Type, Destination } = destination;
  if (typeof Type !== 'string' || !TYPES.includes(Type))
    return refuse(logicalId, [...path, 'Type'], `Type of a destination has to be one of ${TYPES.join(', ')}`);
  const choice = given(Destination) ? chosen(source, { destination: Destination, path }, build) : undefined;
  if (given(Destination) && !choice) return { arn: Destination, policy: policyFor(Type, id, Destination) };
  if (Type !== 'SQS' && Type !== 'SNS')
    return refuse(
      logicalId,
      path,
      `a destination of type ${Type} needs a Destination; only queues and topics are made for it`,
    );
  const resource =
    Type === 'SQS'
      ? generated(`${id}Queue`, 'AWS::SQS::Queue', { attributes: passed })
      : generated(`${id}Topic`, 'AWS::SNS::Topic', { attributes: passed });
  const condition = both(source, choice?.condition, build);
  if (condition !== undefined) resource.attributes.Condition = condition;
  const made = Type === 'SQS' ? getAtt(resource.logicalId, 'Arn') : ref(resource.logicalId);
  const arn = choice ? conditional(choice.condition, made, choice.arn) : made;
  return { arn, resource, policy: policyFor(Type, id, arn) };
}

/** Where only one branch of an `Fn::If` has a destination: the condition under which one is to be made. */
function chosen(
  { logicalId }: SamSource,
  { destination, path }: { readonly destination: Json; readonly path: readonly string[] },
  { conditions }: Build,
): { readonly condition: string; readonly arn: Json } | undefined {
  if (!isIf(destination)) return undefined;
  const parts = ifParts(destination);
  if (!parts) return refuse(logicalId, [...path, 'Destination'], 'Fn::If takes a condition and two values');
  const [condition, yes, no] = parts;
  if (typeof condition !== 'string' || isNoValue(yes) === isNoValue(no)) return undefined;
  if (isNoValue(yes)) return { condition, arn: no };
  const negated = conditionName(`NOT${condition}`, `${logicalId}EventInvokeConfig`);
  if (conditions) conditions[negated] = { 'Fn::Not': [{ Condition: condition }] };
  return { condition: negated, arn: yes };
}

/** The condition of the function and another one, as one. */
function both(
  { logicalId, passed }: SamSource,
  other: string | undefined,
  { conditions }: Build,
): Json | undefined {
  const own = passed.Condition;
  if (!given(own) || typeof own !== 'string') return other;
  if (other === undefined) return own;
  const name = conditionName(`${own}AND${other}`, logicalId);
  // SAM names each within a map of its own.
  if (conditions)
    conditions[name] = { 'Fn::And': [own, other].map((Condition) => ({ Condition: { Condition } })) };
  return name;
}

const conditionName = (name: string, data: string): string => hashedId(name, data).slice(0, 255);

function policyFor(type: string, id: string, arn: Json): JsonObject {
  switch (type) {
    case 'SQS':
      return inlinePolicy(`${id}SQSPolicy`, ['sqs:SendMessage', arn]);
    case 'SNS':
      return inlinePolicy(`${id}SNSPolicy`, ['sns:publish', arn]);
    case 'EventBridge':
      return inlinePolicy(`${id}EventBridgePolicy`, ['events:PutEvents', arn]);
    case 'Lambda':
      return inlinePolicy(`${id}LambdaPolicy`, ['lambda:InvokeFunction', arn]);
    default:
      return inlinePolicy(
        `${id}S3Policy`,
        ['s3:PutObject', { 'Fn::Join': ['/', [arn, '*']] }],
        ['s3:ListBucket', arn],
      );
  }
}
