import { isFunctionCall } from '../../../template/intrinsics.ts';
import { isObject, type Json, type JsonObject, own, type TemplatePath } from '../../../template/types.ts';
import { resourceArns } from '../../marshal/resource-arns.ts';
import type { Data } from '../../values.ts';
import type { StateMachineDefinition } from '../../workflow-types.ts';
import { addResource, type Draft, type Grant, setResource } from '../draft.ts';
import { pascal } from '../identifiers.ts';
import { getAtt, join, ref, sub } from '../resources.ts';
import { policyDocument, rolePolicies, trust } from '../statements.ts';
import { allStates, type FoundState, stateFaults } from './check.ts';
import { integrationOf, needsOf } from './integrations.ts';

/** Logical ID of a state machine. */
export const stateMachineId = (name: string): string => `${pascal(name)}StateMachine`;

/** State machines of the service. */
export function addStateMachines(draft: Draft): void {
  for (const [name, machine] of Object.entries(draft.service.stateMachines ?? {})) {
    const path: TemplatePath = ['stateMachines', name];
    const { definition } = machine;
    if (!isObject(definition)) {
      // A file takes its place when the definition is loaded.
      if (machine.file === undefined)
        draft.faults.push({
          path,
          message: 'the state machine has no states',
          next: 'Give definition or file.',
        });
      continue;
    }
    const at = machine.file === undefined ? [...path, 'definition'] : [...path, 'file'];
    const faults = [...stateFaults(definition, at)];
    if (faults.length > 0) draft.faults.push(...faults);
    else marshal(draft, name, machine, definition, at);
  }
}

function marshal(
  draft: Draft,
  name: string,
  machine: StateMachineDefinition,
  definition: JsonObject,
  path: TemplatePath,
): void {
  const id = stateMachineId(name);
  const states = [...allStates(definition, path)];
  const grants: Grant[] = states.flatMap((state) => [...needs(draft, machine, state)]);
  const { logging, tracing } = machine;
  if (tracing) grants.push(TRACING);
  if (logging) grants.push(LOG_DELIVERY);
  grants.push(...privileges(draft, machine));
  const role = addResource(draft, `${id}Role`, {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('states.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
      }),
      ...(machine.permissionsBoundary !== undefined && { PermissionsBoundary: machine.permissionsBoundary }),
      ...(grants.length > 0 && { Policies: rolePolicies('States', grants) }),
    },
  });
  const logs =
    logging &&
    addResource(draft, `${id}LogGroup`, {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        // With this prefix, the account's policy for log delivery stays short.
        LogGroupName: sub(`/aws/vendedlogs/states/\${AWS::StackName}-${name}`),
        ...(logging.retention !== undefined && { RetentionInDays: logging.retention }),
      },
    });
  setResource(draft, id, {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      ...(machine.name !== undefined && { StateMachineName: machine.name }),
      StateMachineType: machine.type ?? 'STANDARD',
      RoleArn: getAtt(role, 'Arn'),
      DefinitionString: definitionString(draft, definition),
      ...(logs !== undefined && {
        LoggingConfiguration: {
          Level: logging?.level ?? 'ERROR',
          IncludeExecutionData: logging?.data ?? false,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: getAtt(logs, 'Arn') } }],
        },
      }),
      ...(tracing && { TracingConfiguration: { Enabled: true } }),
    },
  });
  if (states.some(isDistributed)) addSelfPolicy(draft, id, role);
}

/** X-Ray knows no resources to limit this to. */
const TRACING: Grant = {
  actions: [
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ],
  resources: ['*'],
};

/** Log delivery knows no resources either. Source: Step Functions Developer Guide, "IAM policies for logging to CloudWatch Logs". */
const LOG_DELIVERY: Grant = {
  actions: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
  resources: ['*'],
};

const isDistributed = ({ state }: FoundState): boolean =>
  isObject(state.ItemProcessor) &&
  isObject(state.ItemProcessor.ProcessorConfig) &&
  state.ItemProcessor.ProcessorConfig.Mode === 'DISTRIBUTED';

/** A distributed map runs its items as executions of the same state machine, which exists after its role. */
function addSelfPolicy(draft: Draft, id: string, role: string): void {
  addResource(draft, `${id}SelfPolicy`, {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'Self',
      PolicyDocument: policyDocument([
        { actions: ['states:StartExecution'], resources: [ref(id)] },
        {
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [
            sub('arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${Name}/*', {
              Name: getAtt(id, 'Name'),
            }),
          ],
        },
      ]),
      Roles: [ref(role)],
    },
  });
}

const privileges = (draft: Draft, { privileges: given = [] }: StateMachineDefinition): Grant[] =>
  given.map(({ actions, resource, condition }) => ({
    actions,
    resources: resourceArns(
      resource,
      (draft.service.resources ?? {}) as unknown as Record<string, JsonObject>,
    ),
    ...(condition && { condition }),
  }));

/** What one state's call needs. */
function* needs(
  draft: Draft,
  machine: StateMachineDefinition,
  { state, path }: FoundState,
): Generator<Grant> {
  if (state.Type !== 'Task') return;
  const parameters = firstObject(state.Parameters, state.Arguments);
  const called = functionArn(draft, state.Resource);
  const resource = typeof state.Resource === 'string' ? state.Resource : '';
  const integration = integrationOf(resource);
  if (called !== undefined || integration?.startsWith('lambda:invoke')) {
    const arn = called ?? functionArn(draft, parameters.FunctionName);
    if (arn !== undefined) yield { actions: ['lambda:InvokeFunction'], resources: [arn, join(arn, ':*')] };
    else yield* unknown(draft, machine, 'lambda', path, 'names no function of this service');
    return;
  }
  const service = integration?.replace(/^aws-sdk:/, '').split(':')[0] ?? 'states';
  const found = integration === undefined ? undefined : needsOf(integration, parameters, draft);
  if (found) yield* found;
  else
    yield* unknown(
      draft,
      machine,
      service,
      path,
      `calls ${resource || 'something'}, whose permissions are not known`,
    );
}

/** Privileges of the state machine for the same service take the place of what we do not know. */
function* unknown(
  draft: Draft,
  { privileges: given = [] }: StateMachineDefinition,
  service: string,
  path: TemplatePath,
  message: string,
): Generator<Grant> {
  if (
    given.some(({ actions }) =>
      actions.some((action) => action.startsWith(`${SERVICES[service] ?? service}:`)),
    )
  )
    return;
  draft.faults.push({ path, message, next: 'Say in privileges of the state machine what it may do.' });
}

/** Services whose actions have another prefix than their integration. */
const SERVICES: Readonly<Record<string, string>> = {
  apigateway: 'execute-api',
  elasticmapreduce: 'elasticmapreduce',
  http: 'states',
  sfn: 'states',
};

const firstObject = (...values: readonly (Json | undefined)[]): JsonObject => values.find(isObject) ?? {};

/** The ARN of a function that is called by its name in the service, by its ARN or by an intrinsic function. */
function functionArn({ service, names }: Draft, value: Json | undefined): Data | undefined {
  if (typeof value === 'string') {
    if (own(service.functions ?? {}, value) !== undefined) return getAtt(names.functionId(value), 'Arn');
    return /^arn:[a-z-]+:lambda:/.test(value) ? value : undefined;
  }
  return isFunctionCall(value) ? (value as Data) : undefined;
}

/** Text for CloudFormation to fill in: numbers and booleans of a map would become text there. */
function definitionString(draft: Draft, definition: JsonObject): Data {
  const variables: Record<string, Data> = {};
  const variable = (value: Data): string => {
    const known = Object.keys(variables).find(
      (each) => JSON.stringify(variables[each]) === JSON.stringify(value),
    );
    const name = known ?? `Value${Object.keys(variables).length + 1}`;
    variables[name] = value;
    return `\${${name}}`;
  };
  const resolved = (value: Json, key: string): Json => {
    if (typeof value === 'string') {
      const arn = key === 'Resource' || key === 'FunctionName' ? functionArn(draft, value) : undefined;
      if (arn !== undefined && typeof arn !== 'string') return variable(arn);
      const text = value.replaceAll('${', '${!');
      return key === 'Resource'
        ? text.replace(/^arn:aws:states:::/, 'arn:${AWS::Partition}:states:::')
        : text;
    }
    if (Array.isArray(value)) return value.map((each) => resolved(each, ''));
    if (!isObject(value)) return value;
    if (isFunctionCall(value)) return variable(value as Data);
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, each]) => [
        name.replaceAll('${', '${!'),
        resolved(each, name),
      ]),
    );
  };
  const text = JSON.stringify(resolved(definition, ''), undefined, 2);
  return { 'Fn::Sub': Object.keys(variables).length > 0 ? [text, variables] : text };
}
