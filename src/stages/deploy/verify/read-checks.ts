import { readFile } from 'node:fs/promises';
import { type HttpCheck, isHttpCheck, parseHttpCheck } from '../../../local/http-check.ts';
import { parseSmokeTest, type SmokeTest } from '../../../local/smoke.ts';
import { namedFiles } from '../../../packaging/workspace/named-files.ts';
import { type Problem, ProblemError } from '../../../problem.ts';
import type { Json } from '../../../template/types.ts';
import type { Run } from '../../run.ts';

/** What is tried after a deployment. */
export type Check =
  | { readonly kind: 'http'; readonly file: string; readonly http: HttpCheck }
  | { readonly kind: 'function'; readonly file: string; readonly test: SmokeTest };

/**
 * Reads the checks that the input `verify` names, before anything is deployed.
 *
 * @throws ProblemError with all problems of all files, or when there are none
 */
export async function readChecks(patterns: readonly string[], { source }: Run): Promise<readonly Check[]> {
  const { files, problems: unread } = await namedFiles(source.space, source.workingDirectory, patterns, {
    input: 'verify',
    example: 'verify/**/*.json',
  });
  const problems: Problem[] = [...unread];
  const checks: Check[] = [];
  for (const { path, shown: file } of files) {
    try {
      checks.push(parseCheck(file, await readFile(path, 'utf8')));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return checks;
}

/** What AWS answers says nothing of what happened in a durable function. */
function deployedCheck(test: SmokeTest): SmokeTest {
  const { steps, waits, status } = test.expected;
  const named = [
    ...(test.callbacks ? ['callbacks'] : []),
    ...(steps === undefined ? [] : ['expect.steps']),
    ...(waits === undefined ? [] : ['expect.waits']),
    ...(typeof status === 'string' ? [`expect.status: ${status}`] : []),
  ];
  if (named.length === 0) return test;
  throw new ProblemError({
    message: `${named.join(', ')}: these are for durable functions that run here, and this one is called in AWS`,
    place: { file: test.file },
    next: 'Move the file to what the input events names, or expect the response.',
  });
}

function parseCheck(file: string, text: string): Check {
  let content: Json = null;
  try {
    content = JSON.parse(text);
  } catch {
    // The reader of events says what is wrong.
  }
  return isHttpCheck(content)
    ? { kind: 'http', file, http: parseHttpCheck(file, content) }
    : { kind: 'function', file, test: deployedCheck(parseSmokeTest(file, text)) };
}
