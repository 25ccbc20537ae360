import { writeAssembly } from '../../assembly/store.ts';
import type { Aws } from '../../aws/clients.ts';
import { connect } from '../../aws/clients.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import { assemble } from '../../stages/assemble.ts';
import { check } from '../../stages/check.ts';
import type { Rollback } from '../../stages/rollback.ts';
import { VERSION } from '../../version.ts';
import { assembleOptions } from '../assemble-options.ts';
import { loadRequest } from '../load-request.ts';
import { smokeBefore, withSmokeTests } from './smoke.ts';
import type { StackOutcome } from './stack-outcome.ts';

/**
 * Builds the service, then previews it (noop) or deploys it: the flow of src/stages/index.ts. What comes after the first
 * call to AWS is loaded when it is needed. Whatever fails, the service's rollback hooks run.
 */
export async function provision(inputs: Inputs, host: Host): Promise<Outcome> {
  let rollback: Rollback | undefined;
  try {
    const outcome = await carryOut(inputs, host, (hooks) => {
      rollback = hooks;
    });
    if (!outcome.ok) await rollback?.(failureOf(outcome));
    return outcome;
  } catch (error) {
    await rollback?.(error);
    throw error;
  }
}

/** What the rollback hooks are told. */
function failureOf({ report }: Outcome): Error {
  const failures = report?.stacks.flatMap(({ failure }) => (failure ? [failure] : [])) ?? [];
  return failures.length > 0 ? new ProblemError(failures) : new Error('the smoke tests failed');
}

async function carryOut(
  inputs: Inputs,
  host: Host,
  onAssembled: (rollback: Rollback | undefined) => void,
): Promise<Outcome> {
  const { log } = host;
  const noop = inputs.noop === 'auto' ? host.event.isPreview : inputs.noop;
  const aws = await connectTo(inputs, host, noop);
  // Nothing is sent yet: the SDK is read while the source is.
  void aws?.cloudFormation();

  const request = loadRequest(inputs, host);
  const options = assembleOptions(request, inputs, host, { noop, aws });
  const { output } = options;
  const { assembly, toSave, warnings, rollback } = await assemble(request, options, log);
  onAssembled(rollback);
  const capabilities = new Map(
    assembly.stacks.map((stack) => [
      stack.id,
      inputs.capabilities ?? check(stack, inputs.parameters?.keep ?? []),
    ]),
  );

  const written = assembly.source === 'assembly' ? undefined : writeAssembly(assembly, output);
  const smoke = inputs.events && (await smokeBefore(assembly, inputs.events, options, inputs, host));
  const stopped = smoke !== undefined && smoke.failed > 0 && inputs.failOn === 'smoke';
  const outcomes: StackOutcome[] = [];
  for (const stack of assembly.stacks) {
    const needed = capabilities.get(stack.id) ?? [];
    log.info(`Capabilities of ${stack.stackName}: ${needed.join(', ') || 'none'}`);
    if (noop || stopped) {
      const { previewStack } = await import('./preview.ts');
      outcomes.push(await previewStack(stack, aws, request, options, inputs, host));
    } else if (aws) {
      await written;
      const { deployStack } = await import('./deploy.ts');
      outcomes.push(await deployStack(stack, aws, needed, output, inputs, host));
    }
  }
  await written;
  const { finish } = await import('./finish.ts');
  const tested = smoke
    ? outcomes.map((each, index) => withSmokeTests(each, assembly.stacks[index]?.id, smoke, stopped && !noop))
    : outcomes;
  const finished = await finish(tested, { noop, output, warnings }, host);
  return { ...finished, ok: finished.ok && !stopped, toSave };
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
