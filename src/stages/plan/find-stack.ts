import { type Environment, inEnvironment } from '../../assembly/environment.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { nextTurn } from '../../order/event-loop.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { SAM, transformsOf } from '../../template/transforms.ts';
import { enterEnvironment } from '../enter-environment.ts';
import { lookUp, underItsName } from './look-up-stack.ts';
import type { FoundStack } from './stack-plan.ts';

/** Why AWS is not asked at all. */
export const NO_REGION = 'no AWS region is set';

/** @throws ProblemError when the comparison with the deployed stack is required */
export function tellUnknown(
  stackName: string,
  why: string,
  { inputs, log }: { readonly inputs: Inputs; readonly log: Log },
): void {
  if (inputs.diffAgainst !== 'deployed') {
    const hint = inputs.region === undefined && why === NO_REGION ? ' (input region, or AWS_REGION)' : '';
    log.info(`Not compared with the deployed stack: ${why}${hint}`);
    return;
  }
  throw new ProblemError({
    subject: stackName,
    message: `the deployed stack cannot be read: ${why}`,
    next: 'Give the workflow credentials that may read it, or set diff-against: auto.',
  });
}

/** A stack of which AWS is not asked. */
export const unknown = (stack: StackAssembly, aws: Aws | undefined, why: string): FoundStack => ({
  stack,
  aws,
  deployed: { kind: 'unknown', why },
});

const isSam = ({ template }: StackAssembly): boolean => transformsOf(template.template).includes(SAM);

/** What AWS has under a stack's name, and where the stack belongs. */
export interface LookedUp extends Pick<FoundStack, 'aws' | 'deployed'> {
  /** `undefined` where its source fixes nothing. */
  readonly environment?: Environment | undefined;
}

/** What is deployed in the stack's own account and region, as far as the credentials lead there. */
export async function findStack(
  assembled: StackAssembly,
  connection: Aws | undefined,
  log: Log,
): Promise<FoundStack> {
  return asFound(assembled, await lookUpInPlace(assembled, connection, { log }), log);
}

/** The stack as it is looked up: in its environment, under its own name. */
export function asFound(assembled: StackAssembly, looked: LookedUp, log: Log): FoundStack {
  const { aws, deployed, environment } = looked;
  const stack = environment ? inEnvironment(assembled, environment) : assembled;
  const current = 'stack' in deployed ? deployed.stack : undefined;
  return { stack: underItsName(stack, current, log), aws, deployed };
}

/**
 * Looks a stack up; what it is made of need not be known yet.
 *
 * @param how `runs`: what its functions run will be asked next, and what that takes is loaded while AWS answers
 */
export async function lookUpInPlace(
  assembled: StackAssembly,
  connection: Aws | undefined,
  { log, signal, runs }: { readonly log: Log; readonly signal?: AbortSignal; readonly runs?: boolean },
): Promise<LookedUp> {
  if (!connection) return unknown(assembled, connection, NO_REGION);
  if (!(await connection.hasCredentials()))
    return unknown(assembled, connection, 'there are no AWS credentials');
  try {
    const entered = await enterEnvironment(assembled, { aws: connection, purpose: 'read' }, log);
    const { stack, aws, environment } = entered;
    const asked = lookUp(aws, stack.stackName, { isExpanded: isSam(stack), signal });
    if (runs) loadMeanwhile(aws).catch(() => undefined);
    const deployed = await asked;
    return { aws, deployed, environment };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { aws: connection, deployed: { kind: 'unknown', why, isFailure: true } };
  }
}

/** Nothing is sent; whoever needs what is loaded hears why that failed. */
async function loadMeanwhile(aws: Aws): Promise<void> {
  // First of all the question itself is sent.
  await nextTurn();
  await nextTurn();
  await Promise.all([import('./ask-in-place.ts'), aws.lambda()]);
}
