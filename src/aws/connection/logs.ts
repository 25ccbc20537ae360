import type { Aws } from './clients.ts';
import { callJson, type JsonAnswer } from './json-call.ts';

/**
 * Calls CloudWatch Logs.
 *
 * @throws ProblemError
 */
export const callLogs = (
  aws: Aws,
  operation: 'DescribeLogGroups' | 'DeleteLogGroup' | 'FilterLogEvents',
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<JsonAnswer> =>
  callJson(
    aws,
    {
      name: 'CloudWatch Logs',
      id: 'logs',
      target: 'Logs_20140328',
      version: '1.1',
      endpoint: aws.logsEndpoint,
    },
    { operation, input },
    signal,
  );
