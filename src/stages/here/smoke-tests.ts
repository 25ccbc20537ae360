import { readFile } from 'node:fs/promises';
import type { ExecutionRecord } from '../../local/durable/types.ts';
import type { FunctionHost } from '../../local/function-host.ts';
import { findFunction, type LocalFunction } from '../../local/functions/function.ts';
import type { InvokeResult } from '../../local/invoke.ts';
import { evaluateSmokeTest, parseSmokeTest, type SmokeTest } from '../../local/smoke.ts';
import type { MachineStore } from '../../local/state-machines/api/store.ts';
import { machineMeant } from '../../local/state-machines/machine-types.ts';
import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { namedFiles } from '../../packaging/workspace/named-files.ts';
import type { Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { SmokeTestReport } from '../../report/model.ts';
import type { SmokeOutcome } from './smoke-outcome.ts';

/**
 * Reads the smoke tests that glob patterns name.
 *
 * @param folder absolute; patterns are relative to it
 * @throws ProblemError with all problems of all files, or when there are none
 */
export async function readSmokeTests(
  space: Workspace,
  folder: string,
  patterns: readonly string[],
): Promise<SmokeTest[]> {
  const naming = { input: 'events', example: 'events/**/*.json' };
  const { files, problems: unread } = await namedFiles(space, folder, patterns, naming);
  const problems: Problem[] = [...unread];
  const tests: SmokeTest[] = [];
  for (const { path, shown } of files) {
    try {
      tests.push(parseSmokeTest(shown, await readFile(path, 'utf8')));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return tests;
}

/** Where what smoke tests name runs. */
export interface SmokeHosts {
  readonly functions: FunctionHost;
  /** `undefined`: the service has no state machines. */
  readonly machines: MachineStore | undefined;
}

/**
 * Runs smoke tests. What failed is told with what the function wrote, and as an annotation on the test's file.
 *
 * @param required a failed one is an error, otherwise a warning
 */
export async function runSmokeTests(
  tests: readonly SmokeTest[],
  hosts: SmokeHosts,
  required: boolean,
  log: Log,
): Promise<SmokeOutcome[]> {
  const outcomes = await forEachOf(tests, AT_ONCE.smokeTests, (test) => runOne(test, hosts, log));
  const { functions: host } = hosts;
  const tried = new Set(outcomes.map(({ logicalId }) => logicalId));
  const untried = host.functions.map((fn) => fn.logicalId).filter((id) => !tried.has(id));
  if (untried.length > 0) log.info(`Without a smoke test: ${untried.join(', ')}`);
  for (const { file, function: name, failures } of outcomes) {
    if (failures.length === 0) continue;
    const message = `The smoke test of ${name} failed: ${failures.join('; ')}`;
    if (required) log.error(message, { file });
    else log.warning(message, { file });
  }
  return outcomes;
}

async function runOne(test: SmokeTest, hosts: SmokeHosts, log: Log): Promise<SmokeOutcome> {
  const { file, function: name } = test;
  const { functions: host, machines } = hosts;
  const fn = findFunction(host.functions, name);
  const machine = fn ? undefined : machines && machineMeant(machines.machines(), name);
  if (machines && machine) {
    const { runMachineTest } = await import('./machine-test.ts');
    return runMachineTest(test, { store: machines, machine }, log);
  }
  const about = { file, function: name, logicalId: fn?.logicalId };
  if (!fn) {
    const all = [...host.functions, ...(machines?.machines() ?? [])];
    const known = all.map(({ logicalId }) => logicalId).join(', ');
    return {
      ...about,
      passed: false,
      durationMs: 0,
      failures: [`there is no function ${name}; there is ${known || 'none'}`],
    };
  }
  try {
    const { payload, tenant, callbacks } = test;
    const result = await host.invoke(fn, JSON.stringify(payload), {
      ...(tenant !== undefined && { tenantId: tenant }),
      ...(callbacks && { callbacks }),
    });
    const { passed, failures, durationMs } = evaluateSmokeTest(test, result, (text) => log.redact(text));
    log.info(`${passed ? 'passed' : 'FAILED'}: ${file} (${fn.logicalId}, ${Math.round(durationMs)} ms)`);
    if (!passed && result.kind !== 'throttled') log.info(result.logs.trimEnd());
    const execution =
      result.kind !== 'throttled' && result.execution ? await tableOf(result.execution, log) : undefined;
    // Here, because a comment or a page escapes text before it is looked through.
    const told = failures.map((each) => log.redact(each));
    const usage = usageOf(fn, result);
    return { ...about, passed, durationMs, failures: told, ...usage, ...(execution && { execution }) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...about, passed: false, durationMs: 0, failures: [error.message] };
  }
}

/**
 * Of a call that was made to its end: what fails takes less, or its whole timeout. Durable functions and web functions are not
 * billed by such a call.
 */
const usageOf = (
  { memory, architecture, managed, durable, web }: LocalFunction,
  result: InvokeResult,
): Pick<SmokeTestReport, 'usage'> =>
  result.kind === 'success' && !durable && !web
    ? {
        usage: {
          memoryMb: memory,
          usedMb: result.report.maxMemoryMb,
          architecture,
          ...(managed && { managed }),
        },
      }
    : {};

/** What happened in a durable function, told to the log and for the report. */
async function tableOf(execution: ExecutionRecord, log: Log): Promise<SmokeTestReport['execution']> {
  const { executionTable, tableLines } = await import('../../local/durable/table.ts');
  const table = executionTable(execution);
  const lines = tableLines(table).map((line) => log.redact(line));
  for (const line of [table.title, ...lines]) log.info(line);
  return { title: log.redact(table.title), lines };
}
