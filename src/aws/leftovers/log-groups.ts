import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf } from '../connection/errors.ts';
import { callLogs } from '../connection/logs.ts';

/** Deletes a log group; one that is not there is fine. */
export async function deleteLogGroup(aws: Aws, name: string, signal: AbortSignal): Promise<boolean> {
  try {
    await callLogs(aws, 'DeleteLogGroup', { logGroupName: name }, signal);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && codeOf(error.cause) === 'ResourceNotFoundException') return false;
    throw error;
  }
}

/** Names of the log groups that begin with a prefix. */
export async function logGroups(aws: Aws, prefix: string, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  let nextToken: unknown;
  do {
    const page = await callLogs(
      aws,
      'DescribeLogGroups',
      { logGroupNamePrefix: prefix, ...(nextToken !== undefined && { nextToken }) },
      signal,
    );
    const groups = Array.isArray(page.logGroups) ? page.logGroups : [];
    names.push(...groups.map(({ logGroupName }: { logGroupName?: unknown }) => String(logGroupName)));
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== null);
  return names;
}

/** The newest lines of a log group, oldest first; none where there is no such group. */
export async function lastLines(
  aws: Aws,
  { name, since, count }: { readonly name: string; readonly since: number; readonly count: number },
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const { events } = await callLogs(
      aws,
      'FilterLogEvents',
      { logGroupName: name, startTime: since },
      signal,
    );
    const lines = (Array.isArray(events) ? events : []).map(({ message }: { message?: unknown }) =>
      String(message).trimEnd(),
    );
    return lines.slice(-count);
  } catch (error) {
    if (error instanceof ProblemError && codeOf(error.cause) === 'ResourceNotFoundException') return [];
    throw error;
  }
}
