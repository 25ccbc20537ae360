import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../template/types.ts';

/** What Step Functions puts beside the answer of a service: what HTTP said. */
export function sdkMetadata(status: number, headers: Readonly<Record<string, string>>): JsonObject {
  const requestId = headers['x-amzn-requestid'] ?? randomUUID();
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: { ...headers },
      HttpStatusCode: status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
