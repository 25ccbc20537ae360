import { isObject, type Json, type JsonObject, own, type Template } from '../../../template/types.ts';
import {
  defaultAccount,
  defaultRegion,
  mapOf,
  type ResolveOptions,
  resolverOf,
  text,
} from '../../functions/resolve.ts';
import { apiId } from '../../http-api/request.ts';
import { HERE_ORIGIN } from '../places.ts';

interface Naming {
  readonly logicalId: string;
  /** Resolved. */
  readonly properties: JsonObject;
  /** What a resource without a name is called. */
  readonly made: string;
  readonly region: string;
  readonly account: string;
}

type Name = (naming: Naming) => string;

const named =
  (property: string): Name =>
  ({ properties, made }) =>
    text(properties[property] ?? made);

const fifoNamed =
  (property: string, fifo: string): Name =>
  ({ properties, made }) =>
    text(properties[property] ?? (text(properties[fifo] ?? '') === 'true' ? `${made}.fifo` : made));

const queueName = fifoNamed('QueueName', 'FifoQueue');
const topicName = fifoNamed('TopicName', 'FifoTopic');

const arn =
  (service: string, name: Name, before = ''): Name =>
  (naming) =>
    `arn:aws:${service}:${naming.region}:${naming.account}:${before}${name(naming)}`;

/** SAM's type has another name for it. */
const machineName: Name = ({ properties, made }) =>
  text(properties.StateMachineName ?? properties.Name ?? made);

/** Source: AWS CloudFormation Template Reference, `AWS::Events::Rule`, "Return values": `bus|rule` on a bus of one's own. */
const ruleId: Name = ({ properties, made }) => {
  const bus = text(properties.EventBusName ?? 'default')
    .split('/')
    .at(-1);
  const name = text(properties.Name ?? made);
  return bus === 'default' ? name : `${bus}|${name}`;
};

/** What `Ref` is, by type, of what `start` makes here; names of what an emulator makes. */
const REFS: Readonly<Record<string, Name>> = {
  'AWS::SQS::Queue': (naming) => `${HERE_ORIGIN}/${naming.account}/${queueName(naming)}`,
  'AWS::SNS::Topic': arn('sns', topicName),
  'AWS::Events::EventBus': named('Name'),
  'AWS::Events::Rule': ruleId,
  'AWS::DynamoDB::GlobalTable': named('TableName'),
  'AWS::DynamoDB::Table': named('TableName'),
  'AWS::Kinesis::Stream': named('Name'),
  'AWS::S3::Bucket': ({ properties, made }) => text(properties.BucketName ?? made.toLowerCase()),
  'AWS::ApiGatewayV2::Api': ({ logicalId }) => apiId(logicalId),
  'AWS::StepFunctions::StateMachine': arn('states', machineName, 'stateMachine:'),
  'AWS::Logs::LogGroup': named('LogGroupName'),
  'AWS::Pipes::Pipe': named('Name'),
  'AWS::Scheduler::Schedule': named('Name'),
  'AWS::Scheduler::ScheduleGroup': named('Name'),
};

/** SAM's types that are another one in the stack, under the same logical ID. */
const SAM: Readonly<Record<string, string>> = {
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/**
 * Physical ids of what works here, or in an emulator, by logical ID.
 *
 * @param only `machines`: those of state machines, which are here with single functions, too
 */
export function localIds(
  templates: readonly Template[],
  options: ResolveOptions,
  only?: 'machines',
): Readonly<Record<string, string>> {
  let ids: Readonly<Record<string, string>> = {};
  for (let depth = 0; depth < DEEPEST; depth++) {
    const physicalIds = { ...ids, ...options.physicalIds };
    const next = idsOf(templates, { ...options, physicalIds }, only);
    const isSame = Object.entries(next).every(([logicalId, id]) => ids[logicalId] === id);
    ids = next;
    if (isSame) break;
  }
  return ids;
}

/** Names may be made of those of others, and these of others again. */
const DEEPEST = 5;

function idsOf(
  templates: readonly Template[],
  options: ResolveOptions,
  only?: 'machines',
): Readonly<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const template of templates) {
    const resolve = resolverOf(template, options);
    for (const [logicalId, resource] of Object.entries(template.Resources)) {
      const type = text(mapOf(resource).Type ?? '');
      const name = own(REFS, SAM[type] ?? type);
      if (!name || (only && (SAM[type] ?? type) !== 'AWS::StepFunctions::StateMachine')) continue;
      ids[logicalId] = name({
        logicalId,
        properties: scalars(mapOf(mapOf(resource).Properties), resolve),
        made: `${options.stackName ?? 'local'}-${logicalId}`,
        region: options.region ?? defaultRegion,
        account: options.account ?? defaultAccount,
      });
    }
  }
  return ids;
}

/** Names are plain values, or made of a few. */
function scalars(properties: JsonObject, resolve: (value: Json) => Json): JsonObject {
  const found: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    const resolved = /Name$|^Fifo/.test(key) ? resolve(value) : undefined;
    if (resolved !== undefined && !isObject(resolved)) found[key] = resolved;
  }
  return found;
}
