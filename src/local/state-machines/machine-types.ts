import type { JsonObject } from '../../template/types.ts';
import { letters } from '../functions/function.ts';

/** A state machine that can run here: its definition, with everything put into it. */
export interface LocalStateMachine {
  /** Behind the id of its stack and a slash, where it is in a nested one. */
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: JsonObject;
  readonly roleArn: string;
  /** Names that callers may put behind the ARN. */
  readonly qualifiers: readonly string[];
}

/** How an execution stands. */
export type MachineStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What an answer to a task token says. */
export type StateAnswer =
  | { readonly kind: 'success'; readonly output: string }
  | { readonly kind: 'failure'; readonly error?: string; readonly cause?: string };

/** Finds a machine by logical ID, name, ARN, or ARN with a qualifier. */
export function findMachine(
  machines: readonly LocalStateMachine[],
  wanted: string,
): LocalStateMachine | undefined {
  return (
    machines.find(({ logicalId }) => logicalId === wanted) ??
    machines.find(
      ({ arn, qualifiers }) => arn === wanted || qualifiers.some((each) => `${arn}:${each}` === wanted),
    ) ??
    machines.find(({ name }) => name === wanted) ??
    machines.find(({ logicalId }) => logicalId.endsWith(`/${wanted}`))
  );
}

/**
 * The machine that a person means, by the name in a service definition, too: `take-order` is `TakeOrder` and
 * `TakeOrderStateMachine`. Undefined when there is none, or several are called so.
 */
export function machineMeant(
  machines: readonly LocalStateMachine[],
  wanted: string,
): LocalStateMachine | undefined {
  const exact = findMachine(machines, wanted);
  if (exact) return exact;
  const called = [letters(wanted), letters(`${wanted}StateMachine`)];
  const [found, ...others] = machines.filter(({ logicalId }) => called.includes(letters(logicalId)));
  return others.length === 0 ? found : undefined;
}
