import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/** How a function is set up, as far as whoever calls it wants to know. */
export interface FunctionSettings {
  readonly runtime: string;
  /** MB. */
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
  readonly logGroup: string;
  readonly tenantIsolation: boolean;
}

/** @throws ProblemError when it cannot be read */
export function functionSettings(aws: Aws, name: string, signal: AbortSignal): Promise<FunctionSettings> {
  return explained(`reading the function ${name}`, async () => {
    const { client, sdk } = await aws.lambda();
    const { Configuration = {} } = await client.send(
      new sdk.GetFunctionCommand({ FunctionName: name }),
      withSignal(signal),
    );
    return {
      runtime: Configuration.Runtime ?? 'image',
      memory: Configuration.MemorySize ?? 0,
      timeout: Configuration.Timeout ?? 0,
      logGroup: Configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      tenantIsolation: Configuration.TenancyConfig?.TenantIsolationMode === 'PER_TENANT',
    };
  });
}
