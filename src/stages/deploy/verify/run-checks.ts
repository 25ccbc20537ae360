import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, invokeFunction } from '../../../aws/functions/invoke-function.ts';
import { physicalIds } from '../../../aws/stack/physical-ids.ts';
import { addressOf, type HttpCheck, outputsIn, tryHttp } from '../../../local/http-check.ts';
import type { InvokeResult } from '../../../local/invoke.ts';
import { evaluateSmokeTest, type SmokeTest } from '../../../local/smoke.ts';
import type { Log } from '../../../log.ts';
import { forEachOf } from '../../../order/for-each.ts';
import { AT_ONCE } from '../../../order/limits.ts';
import { ProblemError } from '../../../problem.ts';
import type { SmokeTestReport, StackReport } from '../../../report/model.ts';
import { isObject, type Json } from '../../../template/types.ts';
import type { DeployPlan } from '../deploy-plan.ts';
import type { Check } from './read-checks.ts';

/** Where checks are made. */
export interface CheckedStack {
  readonly aws: DeployPlan['aws'];
  readonly stackId: string;
  /** With the outputs of the deployment. */
  readonly report: StackReport;
  readonly signal: AbortSignal;
}

/** Makes the checks that are of this stack: those of its functions, and of addresses that its outputs give. */
export async function runChecks(
  checks: readonly Check[],
  stack: CheckedStack,
  log: Log,
): Promise<readonly SmokeTestReport[]> {
  const ids = await physicalIds(stack.aws, stack.stackId, stack.signal);
  const functions = functionsOf(ids, stack.report.names ?? {});
  const outcomes = await forEachOf(checks, AT_ONCE.smokeTests, async (check) => {
    if (check.kind === 'http') {
      const own = outputsIn(check.http.url).every((name) => Object.hasOwn(stack.report.outputs, name));
      return own ? [await checkHttp(check.http, stack, log)] : [];
    }
    const target = functions(check.test.function);
    return target === undefined ? [] : [await checkFunction(check.test, target, { stack, log })];
  });
  const all = outcomes.flat();
  for (const { file, passed, function: name, durationMs, failures } of all) {
    if (passed) log.info(`passed: ${file} (${name}, ${Math.round(durationMs)} ms)`);
    else log.error(`The check of ${name} failed: ${failures.join('; ')}`, { file });
  }
  return all;
}

const ALIAS = /^arn:[^:]+:lambda:[^:]+:\d+:function:([^:]+):([A-Za-z][\w-]*)$/;

/**
 * Finds what to call for a function's logical ID, physical name or name in its author's code. Where the stack has one alias
 * of it, that is called, as its callers do; `Name:alias` says which.
 */
function functionsOf(
  ids: ReadonlyMap<string, Readonly<Record<string, string>>>,
  names: Readonly<Record<string, string>>,
): (wanted: string) => string | undefined {
  const all = [...ids].flatMap(([path, own]) =>
    Object.entries(own).map(([id, physical]) => ({ id: path === '' ? id : `${path}/${id}`, physical })),
  );
  const aliases = all.flatMap(({ physical }) => {
    const [arn, name, alias] = ALIAS.exec(physical) ?? [];
    return arn === undefined ? [] : [{ arn, name, alias }];
  });
  return (wanted) => {
    const [name = '', qualifier] = wanted.split(':');
    const isCalled = (id: string): boolean =>
      Object.hasOwn(names, id) && `/${names[id]}`.endsWith(`/${name}`);
    const found = all.find(({ id, physical }) => id === name || physical === name || isCalled(id));
    if (!found) return undefined;
    if (qualifier !== undefined) return `${found.physical}:${qualifier}`;
    const [only, ...others] = aliases.filter((each) => each.name === found.physical);
    return only && others.length === 0 ? only.arn : found.physical;
  };
}

async function checkFunction(
  test: SmokeTest,
  target: string,
  { stack: { aws, signal }, log }: { readonly stack: CheckedStack; readonly log: Log },
): Promise<SmokeTestReport> {
  const about = { file: test.file, function: test.function };
  const redact = (text: string): string => log.redact(text);
  try {
    const { payload, tenant } = test;
    const call = { payload: JSON.stringify(payload), tenant };
    const answer = await invokeFunction(aws, target, call, signal);
    const { passed, failures, durationMs } = evaluateSmokeTest(test, resultOf(answer), redact);
    if (!passed) log.info(redact(answer.logs.trimEnd()));
    return { ...about, passed, durationMs, failures: failures.map(redact) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...about, passed: false, durationMs: 0, failures: [redact(error.message)] };
  }
}

function resultOf({ payload, functionError, logs, executedVersion, durationMs }: Answer): InvokeResult {
  const common = {
    requestId: '',
    executedVersion,
    logs,
    payload,
    report: { durationMs, billedMs: 0, memorySizeMb: 0, maxMemoryMb: 0 },
  };
  if (functionError === undefined)
    return {
      ...common,
      kind: 'success',
      contentType: 'application/json',
      report: { ...common.report, status: 'success' },
    };
  const error = errorOf(payload);
  return { ...common, kind: 'function-error', error, report: { ...common.report, status: 'error' } };
}

function errorOf(payload: Buffer): { readonly errorType: string; readonly errorMessage: string } {
  let content: Json = null;
  try {
    content = JSON.parse(payload.toString());
  } catch {
    // What it says is told as it is.
  }
  const { errorType = '', errorMessage = payload.toString() } = isObject(content) ? content : {};
  return { errorType: String(errorType), errorMessage: String(errorMessage) };
}

/** Milliseconds between two tries. */
const PAUSE = 1_000;

async function checkHttp(
  check: HttpCheck,
  { report, signal }: CheckedStack,
  log: Log,
): Promise<SmokeTestReport> {
  const url = addressOf(check.url, report.outputs);
  const until = Date.now() + check.withinSeconds * 1_000;
  for (;;) {
    const { failures, durationMs } = await tryHttp(check, url, signal, (text) => log.redact(text));
    const passed = failures.length === 0;
    if (passed || Date.now() + PAUSE > until)
      return { file: check.file, function: `${check.method} ${check.url}`, passed, durationMs, failures };
    await pause(PAUSE, undefined, { signal });
  }
}
