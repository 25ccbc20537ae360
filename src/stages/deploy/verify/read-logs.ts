import { lastLines } from '../../../aws/leftovers/log-groups.ts';
import { stackResources } from '../../../aws/stack/stack.ts';
import type { Log } from '../../../log.ts';
import { forEachOf } from '../../../order/for-each.ts';
import { AT_ONCE } from '../../../order/limits.ts';
import { ProblemError } from '../../../problem.ts';
import type { FunctionLog } from '../../../report/model.ts';
import type { CheckedStack } from './run-checks.ts';

/** Functions whose logs are read. */
const MOST = 5;
/** Of each. */
const LINES = 40;

/**
 * The ends of the logs that functions wrote while they were checked. Where nobody may read them, what they are called is told
 * all the same.
 *
 * @param began milliseconds since 1970
 */
export async function readLogs(
  { aws, stackId, signal }: Pick<CheckedStack, 'aws' | 'stackId' | 'signal'>,
  began: number,
  log: Log,
): Promise<readonly FunctionLog[]> {
  try {
    const resources = await stackResources(aws, stackId, signal);
    const functions = resources.filter(
      ({ type, physicalId }) => type === 'AWS::Lambda::Function' && physicalId !== '',
    );
    const logs = await forEachOf(functions, AT_ONCE.functions, async ({ physicalId }) => {
      const group = `/aws/lambda/${physicalId}`;
      const asked = lastLines(aws, { name: group, since: began, count: LINES }, signal);
      const lines = await asked.catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error;
        log.debug(`${group} cannot be read: ${error.message}`);
        return [];
      });
      return { group, lines: lines.map((line) => log.redact(line)) };
    });
    // Those that wrote something say more.
    return logs.toSorted((a, b) => b.lines.length - a.lines.length).slice(0, MOST);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [];
  }
}
