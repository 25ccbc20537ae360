import type { Assembly, StackAssembly } from '../assembly/types.ts';
import { noteStacks, type Outcome } from '../outcome.ts';
import { ProblemError } from '../problem.ts';
import { type Builders, newBuilders } from './assemble/builders.ts';
import type { Capabilities, CapabilitiesByStack } from './assemble/check-template.ts';
import { type Assembled, assembleLoaded, load } from './assemble/index.ts';
import type { Loaded } from './assemble/load-source.ts';
import { eachStack } from './each-stack.ts';
import type { Ahead } from './plan/ahead/look-ahead.ts';
import type { StackOutcome } from './report/stack-outcome.ts';
import type { ConnectedRun, Run } from './run.ts';

/**
 * The provisioning flow: assemble, then plan or deploy each stack, then report. What comes after the first call to AWS is
 * loaded when it is needed. Whatever fails, what was done before is undone.
 */
export async function provision(run: Run): Promise<Outcome> {
  return provisionLoaded(await load(run), run); // 1
}

/**
 * The same from stage 2 on.
 *
 * @param builders those of several targets are shared, so that what does not depend on the target is made once
 */
export async function provisionLoaded(
  loaded: Loaded,
  run: Run,
  builders: Builders = newBuilders(),
): Promise<Outcome> {
  const ahead = await askAhead(loaded, run);
  const assembled = await checkAhead(loaded, run)
    .then(() => assembleLoaded(loaded, run, builders))
    .catch((error: unknown) => {
      ahead?.stop();
      throw error;
    }); // 2 to 14
  try {
    const prepared = await inEnvironment(assembled, run);
    const { checkTemplates } = await import('./assemble/check-template.ts');
    const capabilities = checkTemplates(prepared.assembly, run); // 14, with the values of this run
    const outcome = await previewOrDeploy({ ...prepared, ahead }, capabilities, run);
    if (!outcome.ok) await assembled.undo(failureOf(outcome));
    return outcome;
  } catch (error) {
    ahead?.stop();
    noteStacks(error, assembled.assembly.stacks);
    await assembled.undo(error);
    throw error;
  }
}

/** Builds may take minutes: what is wrong with the values that are given is told before them. */
async function checkAhead(loaded: Loaded, run: Run): Promise<void> {
  if (loaded.kind !== 'drafts' || run.environment?.pullRequest !== undefined) return;
  const { drafts } = loaded;
  if (drafts.every(({ images, builds }) => images.length + builds.length === 0)) return;
  const { checkDrafts } = await import('./assemble/check-template.ts');
  try {
    checkDrafts(drafts, run);
  } catch (error) {
    noteStacks(error, drafts);
    throw error;
  }
}

/** Stacks of a pull request's own environment are copies, which others stand beside and which are deleted again. */
async function inEnvironment(assembled: Assembled, run: Run): Promise<Prepared> {
  const { environment } = run;
  if (environment?.pullRequest === undefined) return assembled;
  const { prepare } = await import('./environment/prepare.ts');
  return { ...assembled, ...prepare(assembled.assembly, environment, run) };
}

interface Prepared extends Assembled {
  /** What is told of stacks, by their ids. */
  readonly notes?: ReadonlyMap<string, readonly string[]>;
}

/**
 * A preview asks AWS for its stacks beside what follows, where that is sure to be needed: there is code to package, and
 * there are credentials that nobody has to be asked for.
 */
async function askAhead(loaded: Loaded, run: Run): Promise<Ahead | undefined> {
  const { aws, host, inputs, noop } = run;
  const isRead = noop && aws !== undefined && inputs.diffAgainst !== 'base' && inputs.deployTo === 'stack';
  if (!isRead || !(host.env.AWS_ACCESS_KEY_ID || inputs.roleToAssume) || loaded.kind !== 'drafts')
    return undefined;
  const { drafts } = loaded;
  if (drafts.every(({ local, images, builds }) => local.length + images.length + builds.length === 0))
    return undefined;
  const { lookAhead } = await import('./plan/ahead/look-ahead.ts');
  return lookAhead(drafts, run);
}

async function previewOrDeploy(
  { assembly, warnings, toSave, notes, ahead }: Prepared & { readonly ahead: Ahead | undefined },
  capabilities: CapabilitiesByStack,
  run: Run,
): Promise<Outcome> {
  if (run.inputs.rollback === 'previous' && !run.inputs.verify)
    run.host.log.warning(
      'rollback: previous does nothing without verify, whose checks it follows. Give both.',
    );
  const smoke = run.inputs.events && (await tryFunctions(assembly, run.inputs.events, run));
  const deploying = smoke?.stops ? undefined : connected(run);
  const outcomes = deploying
    ? await deploy(assembly, capabilities, deploying) // 15 to 18
    : await preview({ assembly, ahead }, capabilities, run); // 15
  const { writeReport } = await import('./report/write-report.ts');
  const told = notes
    ? outcomes.map((each, index) => withNotes(each, notes.get(assembly.stacks[index]?.id ?? '')))
    : outcomes;
  const finished = await writeReport(smoke ? smoke.addTo(told) : told, warnings, run); // 19
  return { ...finished, ok: finished.ok && !smoke?.stops, toSave };
}

const withNotes = (outcome: StackOutcome, notes: readonly string[] = []): StackOutcome => ({
  ...outcome,
  report: { ...outcome.report, notes: [...(outcome.report.notes ?? []), ...notes] },
});

/** Smoke tests run before anything in AWS is touched. */
async function tryFunctions(assembly: Assembly, patterns: readonly string[], run: Run) {
  const { smokeBefore, withSmokeTests } = await import('./here/smoke.ts');
  const results = await smokeBefore(assembly, patterns, run);
  const stops = results.failed > 0 && run.inputs.failOn?.includes('smoke') === true;
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
  { assembly, ahead }: { readonly assembly: Assembly; readonly ahead: Ahead | undefined },
  capabilities: CapabilitiesByStack,
  run: Run,
): Promise<readonly StackOutcome[]> {
  // A deployment would refuse them.
  if (run.inputs.verify) await readChecksOf(run.inputs.verify, run);
  // To be looked at, nothing has to wait for others.
  const stacks = assembly.stacks.map((stack) => ({ ...stack, dependsOn: [] }));
  const outcomes = await eachStack(stacks, run, async (stack) => {
    const needed = tellCapabilities(stack, capabilities, run);
    if (run.inputs.deployTo === 'stack-set') {
      const { previewStackSet } = await import('./stack-set/preview-stack-set.ts');
      return previewStackSet(stack, needed, run);
    }
    const { previewStack } = await import(/* webpackMode: "eager" */ './plan/preview.ts');
    return previewStack({ assembled: stack, lookUp: ahead?.lookUps.get(stack.id) }, needed, run);
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
  const checks = run.inputs.verify && (await readChecksOf(run.inputs.verify, run));
  // What cannot be attested is not deployed.
  const record = run.inputs.attest && (await (await import('./attest/index.ts')).attest(assembly, run));
  const { deployStack } = await import('./deploy/index.ts');
  // Several bars would be drawn over one another.
  const host = assembly.stacks.length > 1 ? { ...run.host, progress: undefined } : run.host;
  const outcomes = await eachStack(assembly.stacks, run, async (stack) => {
    const allowed = tellCapabilities(stack, capabilities, run).allowed;
    if (run.inputs.deployTo === 'stack-set') {
      const { deployStackSet } = await import('./stack-set/deploy.ts');
      return deployStackSet(stack, allowed, run);
    }
    const outcome = await deployStack(stack, allowed, { ...run, host }, checks);
    if (record) await record(stack, outcome);
    if (!run.environment) return outcome;
    const { described } = await import('./environment/describe.ts');
    return described(outcome, stack, run);
  });
  if (!checks) return outcomes;
  const { withUnusedChecks } = await import('./deploy/verify/unused-checks.ts');
  return withUnusedChecks(outcomes, checks);
}

/** What is wrong with the checks is said before anything is deployed, and in previews. */
async function readChecksOf(patterns: readonly string[], run: Run) {
  const { readChecks } = await import('./deploy/verify/read-checks.ts');
  return readChecks(patterns, run);
}

/** Writes the assembly where another job finds it, unless it was read from there, or is one of several. */
async function keep(assembly: Assembly, { output, target }: Run): Promise<void> {
  if (assembly.source === 'assembly' || target !== undefined) return;
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
