import type { Assembly, StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { connect } from '../../aws/connection/clients.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { once } from '../../order/once.ts';
import { sideBySide } from '../../order/side-by-side.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { check } from '../../stages/assemble/check-template.ts';
import { assemble } from '../../stages/assemble/index.ts';
import type { Rollback } from '../../stages/assemble/rollback.ts';
import { smokeBefore, withSmokeTests } from '../../stages/here/smoke.ts';
import type { StackOutcome } from '../../stages/report/stack-outcome.ts';
import { VERSION } from '../../version.ts';
import { loadRequest } from '../load-request.ts';
import { assembleOptions } from '../run.ts';

/** Stacks that are previewed or deployed side by side. */
const STACKS_AT_ONCE = 4;

/**
 * Builds the service, then previews it (noop) or deploys it: the flow of src/stages/index.ts. What comes after the first
 * call to AWS is loaded when it is needed. Whatever fails, the service's rollback hooks run.
 */
export async function provision(inputs: Inputs, host: Host): Promise<Outcome> {
  const undo: Rollback[] = [];
  const undoAll = async (error: unknown) => {
    for (const each of undo) await each(error);
  };
  try {
    const outcome = await carryOut(inputs, host, (each) => undo.push(each));
    if (!outcome.ok) await undoAll(failureOf(outcome));
    return outcome;
  } catch (error) {
    await undoAll(error);
    throw error;
  }
}

/** What the rollback hooks are told. */
function failureOf({ report }: Outcome): Error {
  const failures = report?.stacks.flatMap(({ failure }) => (failure ? [failure] : [])) ?? [];
  return failures.length > 0 ? new ProblemError(failures) : new Error('the smoke tests failed');
}

async function carryOut(inputs: Inputs, host: Host, onFailure: (undo: Rollback) => void): Promise<Outcome> {
  const { log } = host;
  const noop = inputs.noop === 'auto' ? host.event.isPreview : inputs.noop;
  const aws = await connectTo(inputs, host, noop);
  // Nothing is sent yet: the SDK is read while the source is.
  void aws?.cloudFormation();

  const request = loadRequest(inputs, host);
  const early =
    noop || !aws ? undefined : (await import('../../stages/upload/early.ts')).earlyUploads(aws, inputs, host);
  if (early) onFailure(() => early.takeBack().catch(() => undefined));
  const options = assembleOptions(request, inputs, host, { noop, aws, uploadAssets: early?.send });
  const { output } = options;
  const { assembly, toSave, warnings, rollback } = await assemble(request, options, log);
  if (rollback) onFailure(rollback);
  const capabilities = new Map(
    assembly.stacks.map((stack) => {
      const needed = check(stack, inputs.parameters?.keep ?? []);
      return [stack.id, inputs.capabilities ?? needed];
    }),
  );

  const written = once(async () => assembly.source !== 'assembly' && write(assembly, output));
  const smoke = inputs.events && (await smokeBefore(assembly, inputs.events, options, inputs, host));
  const stopped = smoke !== undefined && smoke.failed > 0 && inputs.failOn === 'smoke';
  const several = assembly.stacks.length > 1;
  const one = async (stack: StackAssembly): Promise<StackOutcome> => {
    const needed = capabilities.get(stack.id) ?? [];
    log.info(`Capabilities of ${stack.stackName}: ${needed.join(', ') || 'none'}`);
    if (noop || stopped || !aws) {
      const { previewStack } = await import(/* webpackMode: "eager" */ '../../stages/plan/preview.ts');
      return previewStack(stack, aws, request, options, inputs, host);
    }
    await written();
    const { deployStack } = await import('../../stages/deploy/index.ts');
    // Several bars would be drawn over one another.
    return deployStack(stack, aws, needed, output, inputs, several ? { ...host, progress: undefined } : host);
  };
  const outcomes = await sideBySide(
    // To be looked at, nothing has to wait.
    noop || stopped ? assembly.stacks.map((stack) => ({ ...stack, dependsOn: [] })) : assembly.stacks,
    {
      limit: STACKS_AT_ONCE,
      run: (stack) => (several ? orFailed(stack, aws?.region, one(stack), log) : one(stack)),
      hasFailed: ({ report }) => report.state === 'failed',
      skip: async (stack, because) =>
        (await import('../../stages/report/stack-outcome.ts')).failedOutcome(stack, aws?.region, {
          subject: stack.stackName,
          message: `not deployed, because ${because.stackName}, which it depends on, failed`,
        }),
    },
  );
  await written();
  const { finish } = await import('../../stages/report/write-report.ts');
  const tested = smoke
    ? outcomes.map((each, index) => withSmokeTests(each, assembly.stacks[index]?.id, smoke, stopped && !noop))
    : outcomes;
  const finished = await finish(tested, { noop, output, warnings }, host);
  return { ...finished, ok: finished.ok && !stopped, toSave };
}

async function write(assembly: Assembly, output: string): Promise<void> {
  const { writeAssembly } = await import('../../assembly/store.ts');
  await writeAssembly(assembly, output);
}

/** One of several stacks that fails does not hide what became of the others. */
async function orFailed(
  stack: StackAssembly,
  region: string | undefined,
  outcome: Promise<StackOutcome>,
  log: Log,
): Promise<StackOutcome> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [failure, ...more] = error.problems;
    for (const problem of more) log.error(problemLine(problem), problem.place);
    const { failedOutcome } = await import('../../stages/report/stack-outcome.ts');
    return failedOutcome(stack, region, failure && { subject: stack.stackName, ...failure });
  }
}

/** A preview goes on without AWS, a deployment does not. */
async function connectTo(inputs: Inputs, host: Host, noop: boolean): Promise<Aws | undefined> {
  try {
    return await connect({ region: inputs.region, env: host.env, version: VERSION });
  } catch (error) {
    if (!(error instanceof ProblemError) || !noop || inputs.diffAgainst === 'deployed') throw error;
    return undefined;
  }
}
