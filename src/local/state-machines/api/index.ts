import { isObject, type JsonObject, own } from '../../../template/types.ts';
import { CallError, json, jsonError } from '../../aws-api/answer.ts';
import type { AwsApi } from '../../aws-api/types.ts';
import { MachineApiError } from './errors.ts';
import { OPERATIONS } from './operations.ts';
import type { MachineStore } from './store.ts';

/** The API of Step Functions (AWS JSON 1.0). */
export const machinesApi =
  (store: MachineStore): AwsApi =>
  async ({ headers, body }) => {
    const name = (headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    try {
      const operation = own(OPERATIONS, name);
      if (!operation) throw new MachineApiError('UnknownOperationException', `There is no ${name} here`);
      return json(await operation(parsed(body), store, headers['x-amzn-trace-id']));
    } catch (error) {
      if (error instanceof MachineApiError) return jsonError(new CallError(error.code, error.message));
      throw error;
    }
  };

function parsed(body: Buffer): JsonObject {
  try {
    const content: unknown = JSON.parse(body.toString() || '{}');
    if (isObject(content)) return content;
  } catch {
    // Told below.
  }
  throw new MachineApiError('SerializationException', 'The request is no JSON object');
}
