import { readFile } from 'node:fs/promises';
import type { FunctionHost } from '../function-host.ts';
import { type MachineStore, machineStore } from './api/store.ts';
import type { MachineWaits } from './clock.ts';
import { type HearsExecution, openMachines } from './executions.ts';
import type { LocalStateMachine } from './machine-types.ts';
import { openActivities } from './tasks/activities.ts';
import type { Endpoints } from './tasks/endpoints.ts';
import type { InvokeLater } from './tasks/functions.ts';
import { localServices } from './tasks/local-services.ts';

export interface MachineHostOptions {
  readonly host: FunctionHost;
  readonly waits: MachineWaits;
  /** Is called after each event of an execution. */
  readonly heard?: HearsExecution;
  readonly endpoints: () => Endpoints;
  /** The path of a file that stands for an object in S3; nothing where there is none. */
  readonly fileOf: (bucket: string, key: string) => Promise<string | undefined>;
  /** Of machines that the API makes. */
  readonly region: string;
  readonly account: string;
  readonly invokeLater?: InvokeLater;
  readonly warn: (message: string) => void;
}

/** Where state machines run, and what their API answers from. */
export function hostMachines(
  machines: readonly LocalStateMachine[],
  options: MachineHostOptions,
): MachineStore {
  const { host, waits, heard, endpoints, fileOf, region, account, invokeLater, warn } = options;
  const all = [...machines];
  const activities = openActivities();
  const told = new Set<string>();
  const executions = openMachines({ waits, ...(heard && { heard }) }, (opened) =>
    localServices(
      {
        host,
        machines: () => all,
        endpoints,
        activities,
        file: async (bucket, key) => {
          const path = await fileOf(bucket, key);
          return path === undefined ? undefined : readFile(path);
        },
        ...(invokeLater && { invokeLater }),
        warn: (message) => {
          if (!told.has(message)) warn(message);
          told.add(message);
        },
      },
      opened,
    ),
  );
  return machineStore({ machines: all, executions, activities, region, account });
}
