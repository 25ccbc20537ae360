import { rm } from 'node:fs/promises';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { DurableApiError, type ExecutionRecord } from '../../local/durable/types.ts';
import { findFunction, type LocalFunction } from '../../local/functions/function.ts';
import { hostFunctions } from '../../local/host.ts';
import type { Log } from '../../log.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import type { Report } from '../../report/model.ts';
import { executionsFolder, hostSettings } from '../../stages/here/functions.ts';
import { smokeTests } from '../../stages/here/smoke.ts';
import { targetOf } from '../../stages/report/run-target.ts';
import { emptyReport } from '../../stages/report/stack-outcome.ts';
import { stageOf } from '../../stages/run.ts';
import { closest } from '../../text/closest.ts';
import { type CallEvent, callEvent } from './event.ts';
import { chosenMachine, invokeMachine } from './invoke-machine.ts';
import { type Prepared, prepare } from './prepare.ts';

/** Runs one function or state machine once, or all smoke tests. */
export async function invoke(inputs: Inputs, host: Host): Promise<Outcome> {
  if (inputs.events) {
    if ([inputs.function, inputs.event, inputs.tenant].some((each) => each !== undefined))
      throw new ProblemError(BOTH);
    const prepared = await prepare(inputs, host);
    return smokeOutcome(prepared, inputs.events);
  }
  const event = await callEvent(inputs, host);
  const prepared = await prepare(inputs, host);
  const machine = chosenMachine(prepared, inputs.function);
  const outcome = machine ? await invokeMachine(prepared, machine, event) : await invokeOnce(prepared, event);
  return { ...outcome, toSave: prepared.toSave };
}

const BOTH = {
  subject: 'input events',
  message: 'smoke tests name their functions, events and tenants themselves',
  next: 'Leave out function, event and tenant, or events.',
};

/** Bytes of a response that an output has room for; the runner takes a megabyte from all of a job together. */
const OUTPUT_LIMIT = 256 * 1024;

async function invokeOnce(prepared: Prepared, event: CallEvent): Promise<Outcome> {
  const { inputs, host } = prepared.run;
  const { log } = host;
  const functions = prepared.stacks.flatMap((stack) => stack.functions);
  const fn = chooseFunction(prepared, inputs.function);
  if (inputs.executionName !== undefined && !fn.durable) throw notDurable(fn);
  const tenant = tenantFor(fn, inputs.tenant ?? event.tenant);
  const { waits = 'skip', executionName } = inputs;
  const kept = executionName !== undefined || waits === 'real';
  const settings = await hostSettings(prepared.run, {
    waits,
    ...(kept && { folder: executionsFolder(prepared.run) }),
  });
  const running = hostFunctions(functions, {
    ...settings,
    // Who waits for hours wants to see what is waited for.
    output: (written) => {
      if (fn.durable && waits === 'real') log.info(written.trimEnd());
    },
    warn: (message) => log.warning(message),
  });
  try {
    const result = await log.group(`Invoke ${fn.logicalId}`, async (each) => {
      const answer = await running
        .invoke(fn, event.text, {
          signal: host.signal,
          ...tenant,
          ...(executionName !== undefined && { executionName }),
          ...(event.callbacks && { callbacks: event.callbacks }),
        })
        .catch((error: unknown) => {
          throw error instanceof DurableApiError ? nameInUse(error) : error;
        });
      if (answer.kind === 'throttled') return answer;
      if (!fn.durable || waits === 'skip') each.info(answer.logs.trimEnd());
      if (answer.execution) await tellExecution(answer.execution, each);
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

const notDurable = ({ logicalId }: LocalFunction): ProblemError =>
  new ProblemError({
    subject: 'input execution-name',
    message: `${logicalId} is no durable function, so it has no executions`,
    next: 'Leave it out, or give the function durable (DurableConfig in templates).',
  });

const nameInUse = ({ message }: DurableApiError): ProblemError =>
  new ProblemError({
    subject: 'input execution-name',
    message: message.replace(/\.$/, ''),
    next: 'Give another name, or the event that it was started with.',
  });

async function tellExecution(execution: ExecutionRecord, log: Log): Promise<void> {
  const { executionTable, tableLines } = await import('../../local/durable/table.ts');
  const table = executionTable(execution);
  for (const line of [table.title, ...tableLines(table)]) log.info(line);
}

/** Whose call it is: Lambda wants a tenant where they are kept apart, and takes none elsewhere. */
function tenantFor(fn: LocalFunction, tenant: string | undefined): { readonly tenantId?: string } {
  if (tenant !== undefined && fn.tenantIsolation) return { tenantId: tenant };
  if (tenant === undefined && !fn.tenantIsolation) return {};
  throw new ProblemError(
    tenant === undefined
      ? {
          subject: fn.logicalId,
          message: 'it keeps tenants apart, and the call names none',
          next: 'Set tenant.',
        }
      : {
          subject: 'input tenant',
          message: `${fn.logicalId} does not keep tenants apart, and Lambda refuses a call that names one`,
          next: 'Leave it out, or give the function tenantIsolation (TenancyConfig in templates).',
        },
  );
}

/** The one that is named, or the only one. */
function chooseFunction({ stacks }: Prepared, wanted: string | undefined): LocalFunction {
  const functions = stacks.flatMap((stack) => stack.functions);
  const [only, ...others] = functions;
  if (wanted === undefined && only && others.length === 0) return only;
  const found = wanted === undefined ? undefined : findFunction(functions, wanted);
  if (found) return found;
  const machines = stacks.flatMap((stack) => stack.machines);
  const ids = [...functions, ...machines].map(({ logicalId }) => logicalId);
  const names = ids.join(', ');
  const meant = wanted && closest(wanted, ids);
  const kinds = machines.length > 0 ? 'function or state machine' : 'function';
  throw new ProblemError({
    subject: 'input function',
    message:
      wanted === undefined
        ? `there is more than one ${kinds}: ${names}`
        : `${JSON.stringify(wanted)} is not the name of one ${kinds}: there ${ids.length === 1 ? 'is' : 'are'} ${names}`,
    next: meant
      ? `Write ${meant} if that is meant.`
      : 'Give the logical ID, the physical name or the CDK path of one.',
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
    ok: failed === 0 || !inputs.failOn?.includes('smoke'),
    report,
    outputs: {},
    stackOutputs: {},
    toSave,
  };
}
