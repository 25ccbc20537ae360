import { policyDocument, trust } from '../declare/statements.ts';
import type { LambdaDecorator } from '../hook-types.ts';
import { logicalId as idOf } from '../marshal/ids.ts';
import { functionName as physicalName } from '../marshal/index.ts';
import type { Data } from '../values.ts';
import { add, namedFunction } from './add.ts';
import { addToAlias, addVersion } from './published-alias.ts';

/** Publishes a version whenever code or configuration changed; the same as the function's field `version`. */
export const versioning = (): LambdaDecorator =>
  function versioning(context) {
    addVersion(context);
  };

/** How calls move to the new version. Source: CodeDeploy User Guide, "Predefined deployment configurations for AWS Lambda". */
export type Shift =
  | 'AllAtOnce'
  | 'Canary10Percent5Minutes'
  | 'Canary10Percent10Minutes'
  | 'Canary10Percent15Minutes'
  | 'Canary10Percent30Minutes'
  | 'Linear10PercentEvery1Minute'
  | 'Linear10PercentEvery2Minutes'
  | 'Linear10PercentEvery3Minutes'
  | 'Linear10PercentEvery10Minutes';

export interface SafeDeploymentOptions {
  readonly shift: Shift;
  /** The alias that callers use; `live` by default. */
  readonly alias?: string;
  /** Names of CloudWatch alarms that take the calls back. */
  readonly alarms?: readonly Data[];
  /** Function of the service that is called before calls move, and says whether they may. */
  readonly before?: string;
  /** Function of the service that is called after calls have moved, and says whether they stay. */
  readonly after?: string;
}

/** Moves calls of an alias to each new version step by step with CodeDeploy, and back when something is wrong. */
export const safeDeployment = (options: SafeDeploymentOptions): LambdaDecorator =>
  function safeDeployment(context) {
    const { template, logicalId, service } = context;
    const { shift, alias = 'live', alarms, before, after } = options;
    const id = `${logicalId}Deployment`;
    const hooks = [before, after]
      .filter((name) => name !== undefined)
      .map((name) => namedFunction(service, name));
    add(template, `${id}Application`, {
      Type: 'AWS::CodeDeploy::Application',
      Properties: { ComputePlatform: 'Lambda' },
    });
    add(template, `${id}Role`, {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('codedeploy.amazonaws.com'),
        ManagedPolicyArns: [
          {
            'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited',
          },
        ],
        ...(hooks.length > 0 && {
          Policies: [
            {
              PolicyName: 'Hooks',
              PolicyDocument: policyDocument([
                {
                  actions: ['lambda:InvokeFunction'],
                  resources: hooks.map((name) => ({ 'Fn::GetAtt': [idOf(name), 'Arn'] })),
                },
              ]),
            },
          ],
        }),
      },
    });
    add(template, `${id}Group`, {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: {
        ApplicationName: { Ref: `${id}Application` },
        ServiceRoleArn: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        DeploymentConfigName: `CodeDeployDefault.Lambda${shift}`,
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: [
            'DEPLOYMENT_FAILURE',
            'DEPLOYMENT_STOP_ON_REQUEST',
            ...(alarms ? ['DEPLOYMENT_STOP_ON_ALARM'] : []),
          ],
        },
        ...(alarms && { AlarmConfiguration: { Enabled: true, Alarms: alarms.map((Name) => ({ Name })) } }),
      },
    });
    for (const hook of new Set(hooks)) {
      // A role that somebody else made has to have the permission already.
      if (service.functions?.[hook]?.role !== undefined) continue;
      add(template, `${idOf(hook)}${logicalId}HookPolicy`, {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: `${logicalId}Hook`,
          PolicyDocument: policyDocument([
            {
              actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
              resources: [
                {
                  'Fn::Sub': `arn:\${AWS::Partition}:codedeploy:\${AWS::Region}:\${AWS::AccountId}:deploymentgroup:\${${id}Application}/\${${id}Group}`,
                },
              ],
            },
          ]),
          Roles: [{ Ref: `${idOf(hook)}Role` }],
        },
      });
    }
    const named = (name: string): Data => physicalName(name, service.functions?.[name] ?? {});
    addToAlias(context, alias, {
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: {
          ApplicationName: { Ref: `${id}Application` },
          DeploymentGroupName: { Ref: `${id}Group` },
          ...(before !== undefined && { BeforeAllowTrafficHook: named(before) }),
          ...(after !== undefined && { AfterAllowTrafficHook: named(after) }),
        },
      },
    });
  };
