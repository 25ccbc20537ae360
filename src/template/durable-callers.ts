import { isObject, type Json, type JsonObject, own, scalarText, type Template } from './types.ts';
import { withGlobals } from './values/globals.ts';

/** A resource that calls a durable function in a way that Lambda refuses, or that new code reaches while it runs. */
export interface UnpinnedCaller {
  /** Of the resource that calls. */
  readonly logicalId: string;
  readonly type: string;
  /** Logical ID of the durable function. */
  readonly durable: string;
  /** `Targets.0.Arn` */
  readonly property: string;
  /** `none`: neither a version nor an alias; `$LATEST`: what is newest, also in the middle of an execution. */
  readonly qualifier: 'none' | '$LATEST';
}

/**
 * Properties that say which function is called, by type. Source: the CloudFormation reference of each type.
 * `AWS::Lambda::Function` passes names on to its code, which calls (`context.invoke`).
 */
const CALLING: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Authorizer': ['AuthorizerUri'],
  'AWS::ApiGateway::Method': ['Integration'],
  'AWS::ApiGateway::RestApi': ['Body'],
  'AWS::ApiGatewayV2::Api': ['Body', 'Target'],
  'AWS::ApiGatewayV2::Authorizer': ['AuthorizerUri'],
  'AWS::ApiGatewayV2::Integration': ['IntegrationUri'],
  'AWS::AppSync::DataSource': ['LambdaConfig'],
  'AWS::Bedrock::Agent': ['ActionGroups'],
  'AWS::CodePipeline::Pipeline': ['Stages'],
  'AWS::Cognito::UserPool': ['LambdaConfig'],
  'AWS::Config::ConfigRule': ['Source'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Targets'],
  'AWS::Events::Rule': ['Targets'],
  'AWS::IoT::TopicRule': ['TopicRulePayload'],
  'AWS::KinesisFirehose::DeliveryStream': ['ExtendedS3DestinationConfiguration'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig'],
  'AWS::Lambda::EventSourceMapping': ['FunctionName'],
  'AWS::Lambda::Function': ['Environment'],
  'AWS::Lambda::Permission': ['FunctionName'],
  'AWS::Lambda::Url': ['TargetFunctionArn'],
  'AWS::Logs::SubscriptionFilter': ['DestinationArn'],
  'AWS::Pipes::Pipe': ['Target', 'Enrichment'],
  'AWS::S3::Bucket': ['NotificationConfiguration'],
  'AWS::SES::ReceiptRule': ['Rule'],
  'AWS::SNS::Subscription': ['Endpoint'],
  'AWS::SNS::Topic': ['Subscription'],
  'AWS::Scheduler::Schedule': ['Target'],
  'AWS::SecretsManager::RotationSchedule': ['RotationLambdaARN'],
  'AWS::Serverless::Function': ['Environment'],
  'AWS::StepFunctions::StateMachine': ['Definition', 'DefinitionString', 'DefinitionSubstitutions'],
};

const FUNCTIONS = new Set(['AWS::Lambda::Function', 'AWS::Serverless::Function']);

/** Logical IDs of the durable functions of a template. */
export const durableFunctions = (template: Template): readonly string[] =>
  Object.entries(template.Resources).flatMap(([id, resource]) =>
    isObject(resource) &&
    FUNCTIONS.has(scalarText(resource.Type)) &&
    isObject(withGlobals(template, id).DurableConfig)
      ? [id]
      : [],
  );

/**
 * Finds what calls durable functions of a template without a version or an alias, or by an alias of `$LATEST`.
 *
 * @param template after its transforms, where these are known: SAM's events are resources then
 */
export function unpinnedCallers(template: Template): readonly UnpinnedCaller[] {
  const found: UnpinnedCaller[] = [];
  for (const durable of durableFunctions(template)) {
    const names = namesOf(template, durable);
    for (const [logicalId, resource] of Object.entries(template.Resources)) {
      if (!isObject(resource) || !isObject(resource.Properties)) continue;
      const type = scalarText(resource.Type);
      const properties = FUNCTIONS.has(type) ? withGlobals(template, logicalId) : resource.Properties;
      if (type === 'AWS::Lambda::Alias' && isNamed(properties.FunctionName, names) && isLatest(properties)) {
        found.push({ logicalId, type, durable, property: 'FunctionVersion', qualifier: '$LATEST' });
        continue;
      }
      // A function may well know its own name.
      if (logicalId === durable || isQualified(type, properties)) continue;
      for (const name of own(CALLING, type) ?? []) {
        const value = properties[name];
        if (value === undefined) continue;
        const mentions = mentionsOf(value, names, [name]);
        found.push(...mentions.map((mention) => ({ logicalId, type, durable, ...mention })));
      }
    }
    found.push(...ownEvents(template, durable));
  }
  return found;
}

const isLatest = ({ FunctionVersion }: JsonObject): boolean => FunctionVersion === '$LATEST';

/** A function URL names its alias beside the function. */
const isQualified = (type: string, { Qualifier }: JsonObject): boolean =>
  type === 'AWS::Lambda::Url' && Qualifier !== undefined;

/** What SAM would make of the events of a function, where nobody but CloudFormation knows. */
function ownEvents(template: Template, durable: string): readonly UnpinnedCaller[] {
  const resource = own(template.Resources, durable);
  if (!isObject(resource) || resource.Type !== 'AWS::Serverless::Function') return [];
  const { AutoPublishAlias, Events, FunctionUrlConfig } = withGlobals(template, durable);
  if (AutoPublishAlias !== undefined) return [];
  const caller = { logicalId: durable, type: resource.Type, durable, qualifier: 'none' as const };
  return [
    ...(isObject(Events) && Object.keys(Events).length > 0 ? [{ ...caller, property: 'Events' }] : []),
    ...(isObject(FunctionUrlConfig) ? [{ ...caller, property: 'FunctionUrlConfig' }] : []),
  ];
}

/** How a template may name a function. */
interface FunctionNames {
  readonly logicalId: string;
  /** Its physical name, where the template says it. */
  readonly name: string | undefined;
}

function namesOf(template: Template, logicalId: string): FunctionNames {
  const { FunctionName } = withGlobals(template, logicalId);
  return { logicalId, name: typeof FunctionName === 'string' ? FunctionName : undefined };
}

const isNamed = (value: Json | undefined, names: FunctionNames): boolean =>
  value !== undefined && mentionsOf(value, names, []).length > 0;

type Mention = Pick<UnpinnedCaller, 'property' | 'qualifier'>;

/** Where a value names a function, without a version or an alias behind it. */
function mentionsOf(value: Json, names: FunctionNames, path: readonly (string | number)[]): Mention[] {
  const at = (after: string): Mention[] => mention(after, path);
  if (typeof value === 'string') {
    const { name } = names;
    if (name === undefined) return [];
    if (value === name) return at('');
    const [, after] = new RegExp(`:function:${escaped(name)}(?![\\w-])(.*)`, 's').exec(value) ?? [];
    return after === undefined ? [] : at(after);
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => mentionsOf(each, names, [...path, index]));
  const { Ref, 'Fn::GetAtt': att, 'Fn::Sub': sub, 'Fn::Join': join } = value;
  if (Ref !== undefined) return Ref === names.logicalId ? at('') : [];
  if (att !== undefined) return isArn(att, names) ? at('') : [];
  if (typeof sub === 'string' || Array.isArray(sub)) return inText(sub, names, path);
  if (Array.isArray(join)) return joined(join, names, path);
  return Object.entries(value).flatMap(([key, each]) => mentionsOf(each, names, [...path, key]));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const isArn = (att: Json, { logicalId }: FunctionNames): boolean =>
  (Array.isArray(att) ? att.map(scalarText).join('.') : att) === `${logicalId}.Arn`;

/** What stands behind a name: a qualifier or nothing. */
function mention(after: string, path: readonly (string | number)[]): Mention[] {
  const property = path.join('.');
  const [, qualifier] = /^:([^/"'\s]*)/.exec(after) ?? [];
  if (qualifier === undefined || qualifier === '') return [{ property, qualifier: 'none' }];
  return /^\$LATEST$/.test(qualifier) ? [{ property, qualifier: '$LATEST' }] : [];
}

/** A text with `${...}`: `${F.Arn}:live` names an alias. */
function inText(sub: Json, names: FunctionNames, path: readonly (string | number)[]): Mention[] {
  const [text, variables] = Array.isArray(sub) ? sub : [sub];
  if (typeof text !== 'string') return [];
  const own = new RegExp(`\\$\\{${escaped(names.logicalId)}(?:\\.Arn)?\\}`, 'g');
  const direct = [...text.matchAll(own)].flatMap(({ 0: whole, index }) =>
    mention(text.slice(index + whole.length), path),
  );
  const named = isObject(variables)
    ? Object.entries(variables).flatMap(([variable, value]) =>
        isNamed(value, names)
          ? [...text.matchAll(new RegExp(`\\$\\{${escaped(variable)}\\}`, 'g'))].flatMap(
              ({ 0: whole, index }) => mention(text.slice(index + whole.length), path),
            )
          : [],
      )
    : [];
  return [...direct, ...named];
}

/** Parts that are put together: what is behind the function's own says whether it has a qualifier. */
function joined(join: readonly Json[], names: FunctionNames, path: readonly (string | number)[]): Mention[] {
  const [separator, parts] = join;
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part, index) => {
    if (!isNamed(part, names)) return [];
    const after = parts
      .slice(index + 1)
      // Whatever it comes to is a qualifier, if it stands where one does.
      .map((each) => `${scalarText(separator)}${typeof each === 'string' ? each : 'x'}`)
      .join('');
    return mention(after, path);
  });
}
