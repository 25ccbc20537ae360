import { randomUUID } from 'node:crypto';
import type { Call, CallTarget, ConsoleService, Tell } from '../../console/types.ts';
import { eventSources, generateEvent } from '../../local/events/index.ts';
import type { LocalFunction } from '../../local/functions/function.ts';
import { once } from '../../order/once.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { type RouteInWords, routesInWords } from '../local/routes-in-words.ts';
import { endOf, executionId } from './activity.ts';
import { drawService } from './draw.ts';
import { eventFiles, saveTest } from './files.ts';
import { type MessageTarget, sendMessage } from './messages.ts';
import { type ProfiledCall, type Profiling, profiling } from './profile.ts';
import { sendRequest } from './request.ts';
import type { ServedHere } from './served.ts';

/** The service of this machine, for its page. */
export function serviceHere(served: ServedHere): ConsoleService {
  const { host, api, assembly, run, destinations, machines } = served;
  // Nobody can invoke web functions: they get requests.
  const functions = host.functions.filter(({ web }) => !web);
  const profiles = profiling(served);
  return {
    title: assembly.stacks.map(({ stackName }) => stackName).join(', '),
    place: 'on this machine',
    targets: [
      ...functions.map((fn) => functionTarget(fn, profiles)),
      ...routesInWords(api?.routes ?? []).map(routeTarget),
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
        : callHere({ ...served, profiles }, call, tell);
    },
    ...(api && { request: (call, tell) => sendRequest(api.url, call, tell) }),
    save: (test) => saveTest(test, run),
  };
}

function functionTarget(fn: LocalFunction, { whyNot }: Profiling): CallTarget {
  const whyNoProfile = whyNot(fn);
  return {
    id: fn.logicalId,
    kind: 'function',
    about: `${fn.runtime} · ${fn.memory} MB · ${fn.timeout} s`,
    canProfile: whyNoProfile === undefined,
    ...(whyNoProfile !== undefined && { whyNoProfile }),
    wantsTenant: fn.tenantIsolation === true,
  };
}

const messageTarget = ({ id, kind, about, takesText }: MessageTarget): CallTarget => ({
  id,
  kind,
  about,
  takesText,
  canProfile: false,
  wantsTenant: false,
});

/** What an address takes that no other route does is tried at its root. */
const routeTarget = ({ method, prefix, path, to, guard }: RouteInWords): CallTarget => ({
  id: `${method} ${prefix}${path === '$default' ? '/' : path}`,
  kind: 'route',
  about: `${to}${guard}`,
  canProfile: false,
  wantsTenant: false,
});

function callHere(
  { host, run, profiles }: ServedHere & { readonly profiles: Profiling },
  call: Call,
  tell: Tell,
): string {
  const fn = host.functions.find(({ logicalId, web }) => logicalId === call.to && !web);
  if (!fn) throw new ProblemError({ message: `there is no function ${call.to} any more` });
  const requestId = randomUUID();
  // Of a durable function the execution is told of, and all calls of it.
  const id = fn.durable ? executionId(fn.logicalId, requestId) : requestId;
  const options: ProfiledCall['options'] = {
    requestId,
    ...(fn.durable && { executionName: requestId }),
    signal: run.host.signal,
    cause: { kind: 'console', source: 'console', ids: [] },
    ...(fn.tenantIsolation && call.tenant !== undefined && { tenantId: call.tenant }),
  };
  const running = call.profile
    ? profiles.run({ fn, call, options }, tell)
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
