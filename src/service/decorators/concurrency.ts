import type { LambdaDecorator } from '../hook-types.ts';
import { add } from './add.ts';
import { addToAlias } from './published-alias.ts';

export interface ConcurrencyOptions {
  /** Calls that run at once at most, kept free for this function. */
  readonly reserved?: number;
  readonly provisioned?: ProvisionedOptions;
}

export interface ProvisionedOptions {
  /** The alias that has them; `live` by default. */
  readonly alias?: string;
  /** Environments that are always ready. */
  readonly minimum: number;
  /** With it, their number follows how many are in use. */
  readonly maximum?: number;
  /** Share of them, from 0.1 to 0.9, that is to be in use; 0.7 by default. */
  readonly utilisation?: number;
  /** Other numbers at other times: cron expressions in UTC. */
  readonly schedule?: readonly {
    readonly cron: string;
    readonly minimum: number;
    readonly maximum: number;
  }[];
}

/** Reserved concurrency, and provisioned concurrency that scales. */
export const concurrency = ({ reserved, provisioned }: ConcurrencyOptions): LambdaDecorator =>
  function concurrency(context) {
    const { template, logicalId } = context;
    if (reserved !== undefined)
      add(template, logicalId, { Properties: { ReservedConcurrentExecutions: reserved } });
    if (!provisioned) return;
    const { alias = 'live', minimum, maximum, utilisation = 0.7, schedule = [] } = provisioned;
    const id = addToAlias(context, alias, {
      Properties: { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: minimum } },
    });
    if (maximum === undefined && schedule.length === 0) return;
    add(template, `${id}Scaling`, {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      DependsOn: [id],
      Properties: {
        ServiceNamespace: 'lambda',
        ScalableDimension: 'lambda:function:ProvisionedConcurrency',
        ResourceId: { 'Fn::Sub': `function:\${${logicalId}}:${alias}` },
        MinCapacity: minimum,
        MaxCapacity: maximum ?? minimum,
        ...(schedule.length > 0 && {
          ScheduledActions: schedule.map((each, index) => ({
            ScheduledActionName: `${logicalId}-${index + 1}`,
            Schedule: `cron(${each.cron})`,
            ScalableTargetAction: { MinCapacity: each.minimum, MaxCapacity: each.maximum },
          })),
        }),
      },
    });
    if (maximum === undefined) return;
    add(template, `${id}ScalingPolicy`, {
      Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
      Properties: {
        PolicyName: `${logicalId}-${alias}-utilisation`,
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: { Ref: `${id}Scaling` },
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: utilisation,
          PredefinedMetricSpecification: {
            PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization',
          },
        },
      },
    });
  };
