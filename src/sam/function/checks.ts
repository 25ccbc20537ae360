import { isObject, type JsonObject } from '../../template/types.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import type { SamSource } from '../types.ts';

/** Refuses properties of a function that do not go together. */
export function checkFunction(source: SamSource): void {
  const { logicalId, properties } = source;
  const has = (name: string): boolean => given(properties[name]);
  for (const other of ['ProvisionedConcurrencyConfig', 'VpcConfig'])
    if (has('CapacityProviderConfig') && has(other))
      refuse(
        logicalId,
        [other],
        `${other} and CapacityProviderConfig exclude each other; remove one of them`,
      );
  for (const [one, other] of [
    ['FunctionScalingConfig', 'CapacityProviderConfig'],
    ['VersionDeletionPolicy', 'AutoPublishAlias'],
  ] as const)
    if (has(one) && !has(other)) refuse(logicalId, [one], `${one} needs ${other} beside it`);
  checkDeadLetterQueue(source);
  checkTenancy(logicalId, properties);
}

/** What a function may do with its dead letter queue, by kind. */
export const DEAD_LETTER_ACTIONS: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
};

function checkDeadLetterQueue({ logicalId, properties }: SamSource): void {
  const queue = properties.DeadLetterQueue;
  if (!truthy(queue) || !isObject(queue)) return;
  const at = ['DeadLetterQueue'];
  if (!truthy(queue.Type) || !truthy(queue.TargetArn))
    refuse(logicalId, at, 'DeadLetterQueue needs both Type and TargetArn');
  if (typeof queue.Type !== 'string' || !Object.hasOwn(DEAD_LETTER_ACTIONS, queue.Type))
    refuse(logicalId, [...at, 'Type'], 'Type of DeadLetterQueue has to be SQS or SNS');
}

/** Tenants are told apart by requests only. Source: AWS Lambda Developer Guide, "Tenant isolation". */
function checkTenancy(logicalId: string, properties: JsonObject): void {
  if (!truthy(properties.TenancyConfig)) return;
  for (const name of ['ProvisionedConcurrencyConfig', 'FunctionUrlConfig', 'SnapStart'])
    if (truthy(properties[name]))
      refuse(
        logicalId,
        [name],
        `${name} is not possible for a function with TenancyConfig; remove one of them`,
      );
  if (!isObject(properties.Events)) return;
  for (const [name, event] of Object.entries(properties.Events))
    if (!isObject(event) || (event.Type !== 'Api' && event.Type !== 'HttpApi'))
      refuse(
        logicalId,
        ['Events', name],
        'a function with TenancyConfig can have events of Api and HttpApi only; remove this one',
      );
}
