import { rm } from 'node:fs/promises';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { findFunction, type LocalFunction } from '../../local/functions/function.ts';
import { hostFunctions } from '../../local/host.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import type { Report } from '../../report/model.ts';
import { hostSettings } from '../../stages/here/functions.ts';
import { smokeTests } from '../../stages/here/smoke.ts';
import { targetOf } from '../../stages/report/run-target.ts';
import { emptyReport } from '../../stages/report/stack-outcome.ts';
import { stageOf } from '../../stages/run.ts';
import { eventText } from './event.ts';
import { type Prepared, prepare } from './prepare.ts';

/** Runs one function once, or all smoke tests. */
export async function invoke(inputs: Inputs, host: Host): Promise<Outcome> {
  if (inputs.events) {
    if (inputs.function !== undefined || inputs.event !== undefined) throw new ProblemError(BOTH);
    const prepared = await prepare(inputs, host);
    return smokeOutcome(prepared, inputs.events);
  }
  const event = await eventText(inputs, host);
  const prepared = await prepare(inputs, host);
  return { ...(await invokeOnce(prepared, event)), toSave: prepared.toSave };
}

const BOTH = {
  subject: 'input events',
  message: 'smoke tests name their functions and events themselves',
  next: 'Leave out function and event, or events.',
};

/** Bytes of a response that an output has room for; the runner takes a megabyte from all of a job together. */
const OUTPUT_LIMIT = 256 * 1024;

async function invokeOnce(prepared: Prepared, event: string): Promise<Outcome> {
  const { inputs, host } = prepared.run;
  const { log } = host;
  const functions = prepared.stacks.flatMap((stack) => stack.functions);
  const fn = chooseFunction(functions, inputs.function);
  const settings = await hostSettings(prepared.run);
  const running = hostFunctions(functions, {
    ...settings,
    output: () => undefined,
    warn: (message) => log.warning(message),
  });
  try {
    const result = await log.group(`Invoke ${fn.logicalId}`, async (each) => {
      const answer = await running.invoke(fn, event, { signal: host.signal });
      if (answer.kind !== 'throttled') each.info(answer.logs.trimEnd());
      return answer;
    });
    // Nothing else runs: only a reserved concurrency of 0 is in the way.
    if (result.kind === 'throttled') {
      throw new ProblemError({
        subject: fn.logicalId,
        message: 'its ReservedConcurrentExecutions of 0 lets nobody invoke it',
        next: 'Give it a reserved concurrency, or none.',
      });
    }
    const answer = result.payload.toString();
    if (result.kind === 'function-error')
      log.error(`${fn.logicalId} failed: ${result.error.errorType}: ${result.error.errorMessage}`);
    const fits = result.payload.length <= OUTPUT_LIMIT;
    if (!fits) log.warning('The response is too large for the output response, which is left empty');
    return {
      ok: result.kind === 'success',
      report: undefined,
      answer,
      outputs: { response: fits ? answer : '' },
      stackOutputs: {},
    };
  } finally {
    await running.stop();
    await rm(settings.workDirectory, { recursive: true, force: true });
  }
}

/** The one that is named, or the only one. */
function chooseFunction(functions: readonly LocalFunction[], wanted: string | undefined): LocalFunction {
  const [only, ...others] = functions;
  if (wanted === undefined && only && others.length === 0) return only;
  const found = wanted === undefined ? undefined : findFunction(functions, wanted);
  if (found) return found;
  const names = functions.map(({ logicalId }) => logicalId).join(', ');
  throw new ProblemError({
    subject: 'input function',
    message:
      wanted === undefined
        ? `there are several functions: ${names}`
        : `${JSON.stringify(wanted)} is not the name of one function: there are ${names}`,
    next: 'Give the logical ID, the physical name or the CDK path of one.',
  });
}

async function smokeOutcome(prepared: Prepared, patterns: readonly string[]): Promise<Outcome> {
  const { assembly, warnings, toSave, stacks, run } = prepared;
  const { inputs, host } = run;
  const { byStack, failed } = await smokeTests(stacks, patterns, run);
  const report: Report = {
    state: 'tested',
    stacks: assembly.stacks
      .filter(({ id }) => byStack.has(id))
      .map(({ id, stackName }) => ({
        ...emptyReport({ stackName, region: inputs.region, stage: stageOf(run), state: 'tested' }),
        smokeTests: byStack.get(id) ?? [],
      })),
    problems: [],
    warnings,
    target: targetOf(
      run,
      assembly.stacks.map(({ stackName }) => stackName),
    ),
    commit: host.event.sha,
    runUrl: host.event.runUrl,
  };
  return {
    ok: failed === 0 || inputs.failOn !== 'smoke',
    report,
    outputs: {},
    stackOutputs: {},
    toSave,
  };
}
