import { randomUUID } from 'node:crypto';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import { HERE_ORIGIN } from '../service/places.ts';
import { machinesApi } from './api/index.ts';
import { hostMachines } from './host.ts';
import { findMachine } from './machine-types.ts';
import { everyEndpoint } from './tasks/endpoints.ts';
import { tellsOf } from './tell.ts';

/** State machines of a service: their API, and rules and schedules that start them. */
export function machinesPart({
  plan,
  host,
  activity,
  apis,
  targets,
  endpoint,
  region,
  account,
  remote,
  waits,
  warn,
}: ServiceContext): ServicePart {
  // URLs of queues lead to this process, whose port is known by now.
  const machines = plan.machines.map((machine) => ({
    ...machine,
    definition: JSON.parse(JSON.stringify(machine.definition).replaceAll(HERE_ORIGIN, endpoint)),
  }));
  const store = hostMachines(machines, {
    host,
    // Who answers a task runs beside the machine: only its own pauses can be skipped.
    waits: waits === 'skip' ? 'skip-pauses' : 'real',
    heard: tellsOf(activity),
    // All that is asked for later is there by then.
    endpoints: () => ({
      ...(remote?.url !== undefined && everyEndpoint(remote.url)),
      ...Object.fromEntries(apis.variables().map((name) => [name.toLowerCase(), endpoint])),
    }),
    fileOf: async () => undefined,
    invokeLater: (arn, payload, { machineName, executionArn, traceId }) =>
      targets.send(arn, payload, {
        cause: { kind: 'state-machine', source: machineName, ids: [executionArn] },
        traceId,
      }),
    region,
    account,
    warn,
  });
  apis.add('states', machinesApi(store));
  targets.add('states', async (arn, body, { cause, traceId }) => {
    const machine = findMachine(store.machines(), arn);
    if (!machine) throw new Error(`${arn} is not here`);
    store.executions.start(machine, {
      input: body,
      name: randomUUID(),
      startedBy: cause,
      ...(traceId !== undefined && { traceId }),
    });
  });
  return {
    name: 'state machines',
    begin: async () => undefined,
    stop: async () => store.executions.close(),
  };
}
