import type { Assembly } from '../../assembly/types.ts';
import { loadRequest } from '../../commands/load-request.ts';
import type { SmokeResults } from '../../commands/local/smoke.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { AssembleOptions } from '../assemble/index.ts';
import { codeFolders, refuseUntrusted } from '../assemble/trust.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';

/** Tries functions out on this machine, before anything in AWS is touched. */
export async function smokeBefore(
  assembly: Assembly,
  patterns: readonly string[],
  { context }: AssembleOptions,
  inputs: Inputs,
  host: Host,
): Promise<SmokeResults> {
  const { awsToAsk, runnable } = await import('../../commands/local/prepare.ts');
  const { smokeTests } = await import('../../commands/local/smoke.ts');
  const request = loadRequest(inputs, host);
  await refuseUntrusted(request.trust, ...codeFolders(request));
  const stacks = await runnable(assembly, await awsToAsk(inputs, host), inputs, host);
  return smokeTests({ stacks, tools: context.tools }, patterns, inputs, host);
}

/**
 * Adds the smoke tests of a stack to its report.
 *
 * @param refused they were in the way of its deployment
 */
export function withSmokeTests(
  outcome: StackOutcome,
  id: string | undefined,
  { byStack, failed }: SmokeResults,
  refused: boolean,
): StackOutcome {
  const report = { ...outcome.report, smokeTests: byStack.get(id ?? '') ?? [] };
  if (!refused) return { ...outcome, report };
  const failure = {
    subject: report.stackName,
    message: `nothing was deployed, because ${failed} smoke test${failed === 1 ? '' : 's'} failed`,
    next: 'Mend the function, or what the test expects.',
  };
  return { ...outcome, operation: 'none', report: { ...report, state: 'failed', failure } };
}
