import { randomUUID } from 'node:crypto';
import type { Assembly } from '../../assembly/types.ts';
import type { Call, CallTarget, ConsoleService, Tell } from '../../console/types.ts';
import type { Activity } from '../../local/activity.ts';
import { eventSources, generateEvent } from '../../local/events/index.ts';
import type { FunctionHost } from '../../local/function-host.ts';
import type { LocalFunction } from '../../local/functions/function.ts';
import type { Route } from '../../local/http-api/route.ts';
import type { InvokeOptions } from '../../local/invoke.ts';
import { canProfile, profile } from '../../local/profile/index.ts';
import type { HostOptions } from '../../local/runtime/environment-pool.ts';
import type { LocalStateMachine } from '../../local/state-machines/machine-types.ts';
import { once } from '../../order/once.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Run } from '../../stages/run.ts';
import { endOf, executionId } from './activity.ts';
import { drawService } from './draw.ts';
import { eventFiles, saveTest } from './files.ts';
import { type MessageTarget, sendMessage } from './messages.ts';
import { sendRequest } from './request.ts';

/** A service that is served on this machine. */
export interface ServedHere {
  readonly host: FunctionHost;
  /** What processes are started with. */
  readonly options: Omit<HostOptions, 'output' | 'warn' | 'activity'>;
  readonly activity: Activity;
  /** Where its APIs are served, if they are. */
  readonly api?: { readonly url: string; readonly routes: readonly Route[] };
  /** What messages can be sent to, where that is served. */
  readonly destinations: readonly MessageTarget[];
  readonly machines: readonly LocalStateMachine[];
  readonly assembly: Assembly;
  readonly run: Run;
}

/** The service of this machine, for its page. */
export function serviceHere(served: ServedHere): ConsoleService {
  const { host, api, assembly, run, destinations, machines } = served;
  // Nobody can invoke web functions: they get requests.
  const functions = host.functions.filter(({ web }) => !web);
  return {
    title: assembly.stacks.map(({ stackName }) => stackName).join(', '),
    place: 'on this machine',
    targets: [
      ...functions.map(functionTarget),
      ...(api?.routes ?? []).flatMap(routeTarget),
      ...destinations.map(messageTarget),
    ],
    examples: eventSources,
    example: async (source) => generateEvent(source),
    files: () => eventFiles(run),
    draw: once(() => drawService(assembly, run)),
    drawMachine: async (id) => {
      const machine = machines.find(({ logicalId }) => logicalId === id);
      if (!machine) return undefined;
      const { machineSvg } = await import('../../picture/svg/machine.ts');
      return machineSvg(machine.definition, id);
    },
    call(call, tell) {
      const destination = destinations.find(({ id }) => id === call.to);
      return destination && api
        ? sendMessage(api.url, destination, call.event, tell)
        : callHere(served, call, tell);
    },
    ...(api && { request: (call, tell) => sendRequest(api.url, call, tell) }),
    save: (test) => saveTest(test, run),
  };
}

const functionTarget = (fn: LocalFunction): CallTarget => ({
  id: fn.logicalId,
  kind: 'function',
  about: `${fn.runtime} · ${fn.memory} MB · ${fn.timeout} s`,
  canProfile: canProfile(fn),
  wantsTenant: fn.tenantIsolation === true,
});

const messageTarget = ({ id, kind, about }: MessageTarget): CallTarget => ({
  id,
  kind,
  about,
  canProfile: false,
  wantsTenant: false,
});

function routeTarget({ method, path, target }: Route): CallTarget[] {
  if (!('logicalId' in target)) return [];
  return [
    {
      id: `${method} ${path === '$default' ? '/' : path}`,
      kind: 'route',
      about: target.logicalId,
      canProfile: false,
      wantsTenant: false,
    },
  ];
}

function callHere(served: ServedHere, call: Call, tell: Tell): string {
  const { host, run } = served;
  const fn = host.functions.find(({ logicalId, web }) => logicalId === call.to && !web);
  if (!fn) throw new ProblemError({ message: `there is no function ${call.to} any more` });
  const requestId = randomUUID();
  // Of a durable function the execution is told of, and all calls of it.
  const id = fn.durable ? executionId(fn.logicalId, requestId) : requestId;
  const options: InvokeOptions = {
    requestId,
    ...(fn.durable && { executionName: requestId }),
    signal: run.host.signal,
    cause: { kind: 'console', source: 'console', ids: [] },
    ...(fn.tenantIsolation && call.tenant !== undefined && { tenantId: call.tenant }),
  };
  const running = call.profile
    ? profiled(served, { fn, call, options }, tell)
    : host.invoke(fn, call.event, options);
  running.then(
    (result) => {
      // Nothing began, so nobody was told of it.
      if (result.kind !== 'throttled') return;
      tell({ kind: 'began', id, at: Date.now(), to: call.to, event: call.event });
      tell(endOf(id, Date.now(), result));
    },
    (error: unknown) => {
      const response =
        error instanceof ProblemError ? error.problems.map(problemLine).join('\n') : String(error);
      tell({ kind: 'began', id, at: Date.now(), to: call.to, event: call.event });
      tell({ kind: 'ended', id, at: Date.now(), status: 'refused', response: run.host.log.redact(response) });
    },
  );
  return id;
}

async function profiled(
  { options: settings, activity, run }: ServedHere,
  { fn, call, options }: { readonly fn: LocalFunction; readonly call: Call; readonly options: InvokeOptions },
  tell: Tell,
) {
  const { log } = run.host;
  const { result, frames } = await profile(
    fn,
    { ...options, payload: call.event },
    {
      ...settings,
      activity,
      output: (text) => log.info(text.replace(/\n$/, '')),
      warn: (message) => log.warning(message),
    },
  );
  if (frames && options.requestId !== undefined)
    tell({ kind: 'profiled', id: options.requestId, profile: frames });
  return result;
}
