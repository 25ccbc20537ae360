import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { StackHere } from '../../local/functions/from-assembly.ts';
import { hostFunctions } from '../../local/host.ts';
import { workspace } from '../../packaging/workspace/workspace.ts';
import type { SmokeTestReport } from '../../report/model.ts';
import { readSmokeTests, runSmokeTests } from '../../stages/here/smoke-tests.ts';
import { hostSettings } from './prepare.ts';

/** What became of the smoke tests of a service. */
export interface SmokeResults {
  /** By the id of the stack; a test of a function that is nowhere counts for the first one. */
  readonly byStack: ReadonlyMap<string, readonly SmokeTestReport[]>;
  readonly failed: number;
}

/** Runs the smoke tests that the input `events` names. */
export async function smokeTests(
  { stacks, tools }: { readonly stacks: readonly StackHere[]; readonly tools: string },
  patterns: readonly string[],
  inputs: Inputs,
  host: Host,
): Promise<SmokeResults> {
  const space = workspace(host.workspace, inputs.allowOutsideWorkspace);
  const folder = resolve(host.workspace, inputs.workingDirectory);
  const tests = await readSmokeTests(space, folder, patterns);
  const settings = await hostSettings(tools, inputs, host);
  return host.log.group('Smoke tests', async (log) => {
    const functions = hostFunctions(
      stacks.flatMap((stack) => stack.functions),
      { ...settings, output: () => undefined, warn: (message) => log.warning(message) },
    );
    try {
      const outcomes = await runSmokeTests(tests, functions, inputs.failOn === 'smoke', log);
      const byStack = Map.groupBy(
        outcomes,
        ({ logicalId }) =>
          stacks.find((stack) => stack.functions.some((fn) => fn.logicalId === logicalId))?.id ??
          stacks[0]?.id ??
          '',
      );
      return { byStack, failed: outcomes.filter(({ passed }) => !passed).length };
    } finally {
      await functions.stop();
      await rm(settings.workDirectory, { recursive: true, force: true });
    }
  });
}
