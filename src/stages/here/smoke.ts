import { rm } from 'node:fs/promises';
import type { Assembly } from '../../assembly/types.ts';
import type { StackHere } from '../../local/functions/from-assembly.ts';
import { hostFunctions } from '../../local/host.ts';
import type { SmokeTestReport } from '../../report/model.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { Run } from '../run.ts';
import { codeFolders, refuseUntrusted } from '../trust.ts';
import { functionsHere, hostSettings } from './functions.ts';
import { machinesHere } from './machines.ts';
import { readSmokeTests, runSmokeTests } from './smoke-tests.ts';

/** What became of the smoke tests of a service. */
export interface SmokeResults {
  /** By the id of the stack; a test of a function that is nowhere counts for the first one. */
  readonly byStack: ReadonlyMap<string, readonly SmokeTestReport[]>;
  readonly failed: number;
}

/** Tries functions out on this machine, before anything in AWS is touched. */
export async function smokeBefore(
  assembly: Assembly,
  patterns: readonly string[],
  run: Run,
): Promise<SmokeResults> {
  await refuseUntrusted(run.source.trust, ...codeFolders(run.source));
  return smokeTests(await functionsHere(assembly, run), patterns, run);
}

/** Runs the smoke tests that the input `events` names. */
export async function smokeTests(
  stacks: readonly StackHere[],
  patterns: readonly string[],
  run: Run,
): Promise<SmokeResults> {
  const { inputs, host, source } = run;
  const tests = await readSmokeTests(source.space, source.workingDirectory, patterns);
  const settings = await hostSettings(run);
  return host.log.group('Smoke tests', async (log) => {
    const functions = hostFunctions(
      stacks.flatMap((stack) => stack.functions),
      { ...settings, output: () => undefined, warn: (message) => log.warning(message) },
    );
    const machines = stacks.some((stack) => stack.machines.length > 0)
      ? await machinesHere(stacks, functions, run)
      : undefined;
    try {
      const outcomes = await runSmokeTests(
        tests,
        { functions, machines },
        inputs.failOn?.includes('smoke') === true,
        log,
      );
      const byStack = Map.groupBy(
        outcomes,
        ({ logicalId }) =>
          stacks.find(({ functions: own, machines: also }) =>
            [...own, ...also].some((each) => each.logicalId === logicalId),
          )?.id ??
          stacks[0]?.id ??
          '',
      );
      return { byStack, failed: outcomes.filter(({ passed }) => !passed).length };
    } finally {
      machines?.executions.close();
      await functions.stop();
      await rm(settings.workDirectory, { recursive: true, force: true });
    }
  });
}

/**
 * Adds the smoke tests of a stack to its report.
 *
 * @param refused they were in the way of its deployment
 */
export function withSmokeTests(
  outcome: StackOutcome,
  { smokeTests, failed }: { readonly smokeTests: readonly SmokeTestReport[]; readonly failed: number },
  refused: boolean,
): StackOutcome {
  const report = { ...outcome.report, smokeTests };
  if (!refused) return { ...outcome, report };
  const failure = {
    subject: report.stackName,
    message: `nothing was deployed, because ${failed} smoke test${failed === 1 ? '' : 's'} failed`,
    next: 'Mend the function, or what the test expects.',
  };
  return { ...outcome, operation: 'none', report: { ...report, state: 'failed', failure } };
}
