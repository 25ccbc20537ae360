import { randomUUID } from 'node:crypto';
import { definitionProblems } from '../check/index.ts';
import type { MachineExecution, MachineExecutions } from '../executions.ts';
import { findMachine, type LocalStateMachine } from '../machine-types.ts';
import type { Activities } from '../tasks/activities.ts';
import { MachineApiError } from './errors.ts';

/** What is kept of a machine beside itself. */
export interface MachineNotes {
  readonly createdAt: number;
  readonly revision: string;
  /** The definition as it was given, where the API made the machine. */
  readonly text?: string;
}

/** Machines of the service, and those that are made by the API. */
export interface MachineStore {
  readonly machines: () => readonly LocalStateMachine[];
  readonly executions: MachineExecutions;
  readonly activities: Activities;
  readonly region: string;
  readonly account: string;
  /** @throws MachineApiError when there is none */
  machine(arn: string): LocalStateMachine;
  /** @throws MachineApiError when there is none */
  execution(arn: string): MachineExecution;
  save(machine: Omit<LocalStateMachine, 'definition'>, definition: string): LocalStateMachine;
  remove(arn: string): void;
  /** When a machine was made, and at which revision it is. */
  about(machine: LocalStateMachine): MachineNotes;
}

export function machineStore(given: {
  readonly machines: LocalStateMachine[];
  readonly executions: MachineExecutions;
  readonly activities: Activities;
  readonly region: string;
  readonly account: string;
}): MachineStore {
  const { machines, executions } = given;
  const kept = new Map<string, MachineNotes>();
  return {
    ...given,
    machines: () => machines,
    machine(arn) {
      if (!arn.startsWith('arn:'))
        throw new MachineApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
      const found = findMachine(machines, arn);
      if (!found)
        throw new MachineApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
      return found;
    },
    execution(arn) {
      if (!/^arn:[^:]*:states:[^:]*:[^:]*:(?:execution|express):/.test(arn))
        throw new MachineApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
      const found = executions.find(arn);
      if (!found) throw new MachineApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
      return found;
    },
    save(machine, text) {
      const { definition, problems } = definitionProblems(text, machine.type === 'EXPRESS');
      if (!definition || problems.length > 0)
        throw new MachineApiError(
          'InvalidDefinition',
          `Invalid State Machine Definition: '${problems.join(', ')}'`,
        );
      const saved = { ...machine, definition };
      const known = machines.find(({ arn }) => arn === machine.arn);
      const isSame =
        known?.roleArn === saved.roleArn && JSON.stringify(known.definition) === JSON.stringify(definition);
      const at = machines.findIndex(({ arn }) => arn === machine.arn);
      if (at < 0) machines.push(saved);
      else machines[at] = saved;
      const before = kept.get(machine.arn);
      kept.set(machine.arn, {
        createdAt: before?.createdAt ?? executions.clock.now(),
        // Only what was changed has a revision, and what is as it was keeps it.
        revision: !before ? 'INITIAL' : isSame ? before.revision : randomUUID(),
        text,
      });
      return saved;
    },
    remove(arn) {
      const at = machines.findIndex((each) => each.arn === arn);
      if (at >= 0) machines.splice(at, 1);
      kept.delete(arn);
    },
    about({ arn }) {
      const found = kept.get(arn) ?? { createdAt: executions.clock.now(), revision: 'INITIAL' };
      kept.set(arn, found);
      return found;
    },
  };
}
