import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { findFunction } from '../../local/functions/function.ts';
import type { FunctionHost } from '../../local/host.ts';
import { evaluateSmokeTest, parseSmokeTest, type SmokeTest } from '../../local/smoke.ts';
import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { resolveInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { SmokeTestReport } from '../../report/model.ts';

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
  const problems: Problem[] = [];
  const tests: SmokeTest[] = [];
  const names = new Set<string>();
  for await (const found of glob(patterns, { cwd: folder, withFileTypes: true }))
    if (!found.isDirectory()) names.add(join(found.parentPath, found.name));
  for (const name of [...names].sort()) {
    const resolved = resolveInside(space, folder, name, { file: 'input events' });
    if ('problem' in resolved) {
      problems.push(resolved.problem);
      continue;
    }
    try {
      tests.push(parseSmokeTest(relative(space.root, resolved.path), await readFile(resolved.path, 'utf8')));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (names.size === 0) {
    problems.push({
      subject: 'input events',
      message: `no file is named by ${patterns.join(', ')}`,
      next: "Give a pattern such as 'events/**/*.json', relative to working-directory.",
    });
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return tests;
}

/** What became of a smoke test, with the function that it was for. */
export interface SmokeOutcome extends SmokeTestReport {
  /** `undefined`: there is no such function. */
  readonly logicalId: string | undefined;
}

/**
 * Runs smoke tests. What failed is told with what the function wrote, and as an annotation on the test's file.
 *
 * @param required a failed one is an error, otherwise a warning
 */
export async function runSmokeTests(
  tests: readonly SmokeTest[],
  host: FunctionHost,
  required: boolean,
  log: Log,
): Promise<SmokeOutcome[]> {
  const outcomes = await forEachOf(tests, AT_ONCE.smokeTests, (test) => runOne(test, host, log));
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

async function runOne(test: SmokeTest, host: FunctionHost, log: Log): Promise<SmokeOutcome> {
  const { file, function: name } = test;
  const fn = findFunction(host.functions, name);
  const about = { file, function: name, logicalId: fn?.logicalId };
  if (!fn) {
    const known = host.functions.map(({ logicalId }) => logicalId).join(', ');
    return {
      ...about,
      passed: false,
      durationMs: 0,
      failures: [`there is no function ${name}; there is ${known || 'none'}`],
    };
  }
  try {
    const result = await host.invoke(fn, JSON.stringify(test.payload));
    const { passed, failures, durationMs } = evaluateSmokeTest(test, result, (text) => log.redact(text));
    log.info(`${passed ? 'passed' : 'FAILED'}: ${file} (${fn.logicalId}, ${Math.round(durationMs)} ms)`);
    if (!passed && result.kind !== 'throttled') log.info(result.logs.trimEnd());
    // Here, because a comment or a page escapes text before it is looked through.
    return { ...about, passed, durationMs, failures: failures.map((each) => log.redact(each)) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...about, passed: false, durationMs: 0, failures: [error.message] };
  }
}
