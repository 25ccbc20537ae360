import type { StackAssembly } from '../../assembly/types.ts';
import type { Inputs } from '../../inputs.ts';
import type { SettingChange } from '../../report/model.ts';
import { equivalent } from '../../template/values/equivalence.ts';
import type { Deployed } from './look-up-stack.ts';

/** What is set on a stack itself; what is `undefined` stays as it is. */
export interface StackSettings {
  readonly terminationProtection: boolean | undefined;
  readonly notificationArns: readonly string[] | undefined;
  /** What CloudFormation works with. */
  readonly roleArn: string | undefined;
  /** A deployment is rolled back when one of them goes off. */
  readonly rollbackAlarms: Inputs['rollbackAlarms'];
  readonly monitoringMinutes: number | undefined;
}

/** In express mode CloudFormation rolls nothing back unless it is asked to. */
export const onFailureOf = ({
  onFailure,
  express,
}: Pick<Inputs, 'onFailure' | 'express'>): NonNullable<Inputs['onFailure']> =>
  onFailure ?? (express ? 'keep' : 'rollback');

/** What inputs say goes before what the source says. */
export const settingsOf = (
  stack: Pick<StackAssembly, 'terminationProtection' | 'notificationArns' | 'roles'>,
  inputs: Pick<
    Inputs,
    'terminationProtection' | 'notificationArns' | 'roleArn' | 'rollbackAlarms' | 'monitoringMinutes'
  >,
): StackSettings => ({
  terminationProtection: inputs.terminationProtection ?? stack.terminationProtection,
  notificationArns: inputs.notificationArns ?? stack.notificationArns,
  roleArn: inputs.roleArn ?? stack.roles?.execution,
  rollbackAlarms: inputs.rollbackAlarms,
  monitoringMinutes: inputs.monitoringMinutes,
});

const onOff = (value: boolean): string => (value ? 'on' : 'off');

/** ARNs would show the account to whoever reads the comment: the last part names the topic or the role. */
const nameIn = (arn: string): string => arn.split(/[:/]/).at(-1) ?? arn;

const list = (arns: readonly string[]): string =>
  arns.length === 0 ? 'none' : arns.map(nameIn).sort().join(', ');

/** What a deployment changes of the settings of a stack; those of a new stack as far as something is set. */
export function settingChanges(wanted: StackSettings, deployed: Deployed): readonly SettingChange[] {
  if (deployed.kind === 'unknown') return [];
  const {
    terminationProtection = false,
    notificationArns: topics = [],
    roleArn = '',
    rollbackAlarms = [],
    monitoringMinutes = 0,
  } = 'stack' in deployed ? deployed.stack : {};
  const changes: SettingChange[] = [];
  const { terminationProtection: protection, notificationArns, roleArn: role } = wanted;
  if (protection !== undefined && protection !== terminationProtection)
    changes.push({
      name: 'termination protection',
      before: onOff(terminationProtection),
      after: onOff(protection),
    });
  if (notificationArns && !equivalent([...notificationArns].sort(), [...topics].sort()))
    changes.push({ name: 'notification topics', before: list(topics), after: list(notificationArns) });
  if (role !== undefined && role !== roleArn)
    changes.push({ name: 'role of CloudFormation', before: nameIn(roleArn) || 'none', after: nameIn(role) });
  const alarms = wanted.rollbackAlarms?.map(({ arn }) => arn);
  if (alarms && !equivalent([...alarms].sort(), [...rollbackAlarms].sort()))
    changes.push({ name: 'rollback alarms', before: list(rollbackAlarms), after: list(alarms) });
  const { monitoringMinutes: minutes } = wanted;
  if (minutes !== undefined && minutes !== monitoringMinutes)
    changes.push({ name: 'monitoring minutes', before: `${monitoringMinutes}`, after: `${minutes}` });
  return changes;
}

/** What a deployment does otherwise than people expect, because inputs say so. */
export function wayNotes(
  inputs: Pick<Inputs, 'onFailure' | 'express' | 'importExisting'>,
): readonly string[] {
  const failed = {
    rollback: 'a deployment that fails is rolled back',
    delete: 'a stack whose creation fails is deleted',
    keep: 'a deployment that fails is not rolled back (on-failure: rollback asks for it)',
  }[onFailureOf(inputs)];
  return [
    ...(inputs.express
      ? [
          `Express mode: CloudFormation does not wait until resources are ready, so they may still be stabilising when the step ends; ${failed}.`,
        ]
      : []),
    ...(inputs.importExisting
      ? [
          'Resources that exist already under the names that the template gives become a part of the stack (import-existing); the change set says which.',
        ]
      : []),
  ];
}
