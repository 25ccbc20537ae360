import { isIntrinsic } from '../../template/intrinsics.ts';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { combinedConditions } from '../conditions.ts';
import { refuse } from '../problems.ts';
import { clone, given, truthy } from '../python/values.ts';
import { conditional, generated, getAtt, NO_VALUE, ref, sub, tagList, written } from '../resource.ts';
import type { Generated } from '../types.ts';

const APPLICATION = 'ServerlessDeploymentApplication';
const ROLE = 'CodeDeployServiceRole';
const CONDITION = 'ServerlessCodeDeployCondition';

/** Configurations of CodeDeploy that may be written without its prefix. */
const PREDEFINED = new Set([
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'Canary10Percent30Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
  'Linear10PercentEvery10Minutes',
  'AllAtOnce',
]);

/** `DeploymentPreference` of a function, where it is enabled. */
interface Preference {
  readonly type: Json;
  readonly hooks: JsonObject;
  readonly alarms: Json | undefined;
  readonly role: Json | undefined;
  readonly triggers: Json | undefined;
  readonly condition: string | undefined;
  readonly tags: JsonObject | undefined;
}

/** Where the resources of CodeDeploy go. */
interface Target {
  readonly output: JsonObject;
  readonly template: JsonObject;
  readonly partition: string;
}

/** Gradual deployments of all functions, with the application and role that they share. */
export class Deployments {
  readonly #preferences = new Map<string, Preference>();

  /** Returned is the update policy of the function's alias; none where deployments are not enabled. */
  add(
    logicalId: string,
    preference: JsonObject,
    { condition, tags }: { readonly condition: Json | undefined; readonly tags: JsonObject | undefined },
  ): JsonObject | undefined {
    const {
      Enabled = true,
      Hooks = {},
      Alarms,
      Role,
      TriggerConfigurations,
      PassthroughCondition,
    } = preference;
    const at = ['DeploymentPreference'];
    if (!truthy(Enabled) || Enabled === 'false' || Enabled === 'False') return undefined;
    if (!Object.hasOwn(preference, 'Type')) refuse(logicalId, at, 'DeploymentPreference needs a Type');
    if (!isObject(Hooks)) return refuse(logicalId, [...at, 'Hooks'], 'Hooks has to be a map');
    this.#preferences.set(logicalId, {
      type: preference.Type ?? null,
      hooks: Hooks,
      alarms: Alarms,
      role: Role,
      triggers: TriggerConfigurations,
      condition: truthy(PassthroughCondition) && typeof condition === 'string' ? condition : undefined,
      tags,
    });
    const { PreTraffic, PostTraffic } = Hooks;
    return {
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: ref(APPLICATION),
        DeploymentGroupName: ref(groupOf(logicalId)),
        ...(given(PreTraffic) && { BeforeAllowTrafficHook: PreTraffic }),
        ...(given(PostTraffic) && { AfterAllowTrafficHook: PostTraffic }),
      },
    };
  }

  /** Adds the resources of CodeDeploy to the output. */
  finish(build: Target, origins: Map<string, readonly string[]>): void {
    const owners = [...this.#preferences.keys()];
    if (owners.length === 0) return;
    const put = (resource: Generated, from: readonly string[]): void => {
      build.output[resource.logicalId] = written(resource);
      origins.set(resource.logicalId, from);
    };
    const attributes = this.#sharedCondition(build);
    const tags = tagList(Object.assign({}, ...[...this.#preferences.values()].map((each) => each.tags)));
    const Tags = tags.length > 0 ? tags : undefined;
    put(
      generated(APPLICATION, 'AWS::CodeDeploy::Application', {
        attributes,
        properties: { ComputePlatform: 'Lambda', Tags },
      }),
      owners,
    );
    if (![...this.#preferences.values()].every(({ role }) => truthy(role)))
      put(role({ build, attributes, Tags }), owners);
    for (const [owner, preference] of this.#preferences) put(group(owner, preference), [owner]);
  }

  /** The condition of what all share: that of any of the functions, unless one of them has none. */
  #sharedCondition({ template }: Target): JsonObject {
    const all = [...this.#preferences.values()].map(({ condition }) => condition);
    const conditions = [...new Set(all)].filter((each) => each !== undefined);
    if (conditions.length < new Set(all).size || conditions.length === 0) return {};
    const [only] = conditions;
    if (conditions.length === 1 && only !== undefined) return { Condition: only };
    if (isObject(template.Conditions))
      Object.assign(template.Conditions, combinedConditions(conditions, CONDITION));
    return { Condition: CONDITION };
  }
}

const groupOf = (logicalId: string): string => `${logicalId}DeploymentGroup`;

function role({
  build,
  attributes,
  Tags,
}: {
  readonly build: Target;
  readonly attributes: JsonObject;
  readonly Tags: Json[] | undefined;
}): Generated {
  const { partition } = build;
  const isLimited = partition === 'aws-iso' || partition === 'aws-iso-b';
  const policy = `service-role/AWSCodeDeployRoleForLambda${isLimited ? 'Limited' : ''}`;
  return generated(ROLE, 'AWS::IAM::Role', {
    attributes,
    properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: ['sts:AssumeRole'],
            Effect: 'Allow',
            Principal: { Service: ['codedeploy.amazonaws.com'] },
          },
        ],
      },
      ManagedPolicyArns: [`arn:${partition}:iam::aws:policy/${policy}`],
      Tags,
    },
  });
}

function group(logicalId: string, { type, alarms, role, triggers, condition, tags }: Preference): Generated {
  const list = tagList(tags);
  return generated(groupOf(logicalId), 'AWS::CodeDeploy::DeploymentGroup', {
    attributes: condition === undefined ? {} : { Condition: condition },
    properties: {
      AlarmConfiguration: alarmConfiguration(logicalId, alarms),
      ApplicationName: ref(APPLICATION),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      DeploymentConfigName: withPrefix(clone(type)),
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ServiceRoleArn: truthy(role) ? role : getAtt(ROLE, 'Arn'),
      TriggerConfigurations: truthy(triggers) ? triggers : undefined,
      Tags: list.length > 0 ? list : undefined,
    },
  });
}

const isNoValue = (value: Json | undefined): boolean => isObject(value) && value.Ref === NO_VALUE;

function alarmConfiguration(logicalId: string, alarms: Json | undefined): Json | undefined {
  if (!truthy(alarms) || isNoValue(alarms)) return undefined;
  if (!isObject(alarms) || !('Fn::If' in alarms) || !isIntrinsic(alarms)) return alarmList(logicalId, alarms);
  const branches = alarms['Fn::If'];
  if (!Array.isArray(branches) || branches.length !== 3)
    return refuse(logicalId, ['DeploymentPreference', 'Alarms'], 'Fn::If takes a condition and two values');
  const [name = null, yes = null, no = null] = branches;
  return conditional(name, alarmList(logicalId, yes), alarmList(logicalId, no));
}

function alarmList(logicalId: string, alarms: Json): Json {
  if (!Array.isArray(alarms))
    return refuse(logicalId, ['DeploymentPreference', 'Alarms'], 'Alarms has to be a list of names');
  if (alarms.length === 0 || isNoValue(alarms[0])) return {};
  return { Enabled: true, Alarms: alarms.map((Name) => ({ Name })) };
}

/** Names of configurations with the prefix that CodeDeploy has, in function calls as well; in place. */
function withPrefix(value: Json, key = ''): Json {
  if (Array.isArray(value)) return value.map((item) => withPrefix(item));
  if (isObject(value) && isIntrinsic(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withPrefix(each, name)]));
  if (typeof value !== 'string' || !PREDEFINED.has(value)) return value;
  const text = 'CodeDeployDefault.Lambda${ConfigName}';
  return key === 'Fn::Sub' ? [text, { ConfigName: value }] : sub(text, { ConfigName: value });
}
