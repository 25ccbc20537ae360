import type { Assembly, StackAssembly } from '../assembly/types.ts';
import { noteStacks, type Outcome } from '../outcome.ts';
import { ProblemError } from '../problem.ts';
import { type Capabilities, type CapabilitiesByStack, checkTemplates } from './assemble/check-template.ts';
import { type Assembled, assemble } from './assemble/index.ts';
import { eachStack } from './each-stack.ts';
import type { StackOutcome } from './report/stack-outcome.ts';
import type { ConnectedRun, Run } from './run.ts';

/**
 * The provisioning flow: assemble, then plan or deploy each stack, then report. What comes after the first call to AWS is
 * loaded when it is needed. Whatever fails, what was done before is undone.
 */
export async function provision(run: Run): Promise<Outcome> {
  const assembled = await assemble(run); // 1 to 14
  try {
    const capabilities = checkTemplates(assembled.assembly, run); // 14, with the values of this run
    const outcome = await previewOrDeploy(assembled, capabilities, run);
    if (!outcome.ok) await assembled.undo(failureOf(outcome));
    return outcome;
  } catch (error) {
    noteStacks(
      error,
      assembled.assembly.stacks.map(({ stackName }) => stackName),
    );
    await assembled.undo(error);
    throw error;
  }
}

async function previewOrDeploy(
  { assembly, warnings, toSave }: Assembled,
  capabilities: CapabilitiesByStack,
  run: Run,
): Promise<Outcome> {
  const smoke = run.inputs.events && (await tryFunctions(assembly, run.inputs.events, run));
  const deploying = smoke?.stops ? undefined : connected(run);
  const outcomes = deploying
    ? await deploy(assembly, capabilities, deploying) // 15 to 18
    : await preview(assembly, capabilities, run); // 15
  const { writeReport } = await import('./report/write-report.ts');
  const finished = await writeReport(smoke ? smoke.addTo(outcomes) : outcomes, warnings, run); // 19
  return { ...finished, ok: finished.ok && !smoke?.stops, toSave };
}

/** Smoke tests run before anything in AWS is touched. */
async function tryFunctions(assembly: Assembly, patterns: readonly string[], run: Run) {
  const { smokeBefore, withSmokeTests } = await import('./here/smoke.ts');
  const results = await smokeBefore(assembly, patterns, run);
  const stops = results.failed > 0 && run.inputs.failOn === 'smoke';
  const refused = stops && !run.noop;
  return {
    /** Nothing may be deployed. */
    stops,
    addTo: (outcomes: readonly StackOutcome[]) =>
      outcomes.map((each, index) => {
        const smokeTests = results.byStack.get(assembly.stacks[index]?.id ?? '') ?? [];
        return withSmokeTests(each, { smokeTests, failed: results.failed }, refused);
      }),
  };
}

/** A preview changes nothing, and goes on without AWS. */
function connected(run: Run): ConnectedRun | undefined {
  const { aws, noop } = run;
  return aws && !noop ? { ...run, aws } : undefined;
}

async function preview(
  assembly: Assembly,
  capabilities: CapabilitiesByStack,
  run: Run,
): Promise<readonly StackOutcome[]> {
  // To be looked at, nothing has to wait for others.
  const stacks = assembly.stacks.map((stack) => ({ ...stack, dependsOn: [] }));
  const outcomes = await eachStack(stacks, run, async (stack) => {
    const needed = tellCapabilities(stack, capabilities, run);
    const { previewStack } = await import(/* webpackMode: "eager" */ './plan/preview.ts');
    return previewStack(stack, needed, run);
  });
  await keep(assembly, run);
  return outcomes;
}

async function deploy(
  assembly: Assembly,
  capabilities: CapabilitiesByStack,
  run: ConnectedRun,
): Promise<readonly StackOutcome[]> {
  await keep(assembly, run);
  const { deployStack } = await import('./deploy/index.ts');
  // Several bars would be drawn over one another.
  const host = assembly.stacks.length > 1 ? { ...run.host, progress: undefined } : run.host;
  return eachStack(assembly.stacks, run, (stack) =>
    deployStack(stack, tellCapabilities(stack, capabilities, run).allowed, { ...run, host }),
  );
}

/** Writes the assembly where another job finds it, unless it was read from there. */
async function keep(assembly: Assembly, { output }: Run): Promise<void> {
  if (assembly.source === 'assembly') return;
  const { writeAssembly } = await import('../assembly/store.ts');
  await writeAssembly(assembly, output);
}

function tellCapabilities(
  { id, stackName }: StackAssembly,
  capabilities: CapabilitiesByStack,
  { host }: Run,
): Capabilities {
  const found = capabilities.get(id) ?? { allowed: [], missing: [] };
  host.log.info(`Capabilities of ${stackName}: ${found.allowed.join(', ') || 'none'}`);
  return found;
}

/** What the rollback hooks are told. */
function failureOf({ report }: Outcome): Error {
  const failures = report?.stacks.flatMap(({ failure }) => (failure ? [failure] : [])) ?? [];
  return failures.length > 0 ? new ProblemError(failures) : new Error('the smoke tests failed');
}
