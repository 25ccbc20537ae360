import type { FunctionHost } from '../../local/function-host.ts';
import type { StackHere } from '../../local/functions/from-assembly.ts';
import { defaultAccount, defaultRegion } from '../../local/functions/resolve.ts';
import type { MachineStore } from '../../local/state-machines/api/store.ts';
import { resolveInside } from '../../packaging/workspace/workspace.ts';
import type { Run } from '../run.ts';

/** The state machines of a service, run beside its functions. */
export async function machinesHere(
  stacks: readonly StackHere[],
  functions: FunctionHost,
  run: Run,
): Promise<MachineStore> {
  const [{ hostMachines }, { endpointsIn }] = await Promise.all([
    import('../../local/state-machines/host.ts'),
    import('../../local/state-machines/tasks/endpoints.ts'),
  ]);
  const { host, inputs, source } = run;
  const endpoints = endpointsIn(host.env);
  return hostMachines(
    stacks.flatMap(({ machines }) => machines),
    {
      host: functions,
      waits: inputs.waits ?? 'skip',
      endpoints: () => endpoints,
      region: inputs.region ?? defaultRegion,
      account: defaultAccount,
      fileOf: async (bucket, key) => {
        for (const path of [`${bucket}/${key}`, key]) {
          const found = resolveInside(source.space, source.workingDirectory, path, { file: 'ItemReader' });
          if ('path' in found) return found.path;
        }
        return undefined;
      },
      warn: (message) => host.log.warning(message),
    },
  );
}
