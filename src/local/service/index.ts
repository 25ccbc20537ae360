import { type Activity, createActivity, type Happening } from '../activity.ts';
import { answerCall, answerFailure, CallError, jsonError } from '../aws-api/answer.ts';
import { createApis } from '../aws-api/apis.ts';
import { serviceOf } from '../aws-api/service-of.ts';
import type { FunctionHost } from '../function-host.ts';
import type { LocalFunction } from '../functions/function.ts';
import { defaultAccount, defaultRegion } from '../functions/resolve.ts';
import { hostFunctions } from '../host.ts';
import type { Route } from '../http-api/route.ts';
import { httpApi } from '../http-api/server.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import type { Endpoint } from '../server/endpoint.ts';
import { lambdaApi } from '../server/lambda-api.ts';
import { createAfterwards } from './afterwards.ts';
import { findService } from './find-service.ts';
import { type Answering, openFront } from './front.ts';
import { startGuard } from './guard.ts';
import { createTargets, type RemoteEndpoint, type ServiceContext, type ServicePart } from './part.ts';
import { partsOf } from './parts.ts';
import { placedFunctions, placedRoutes } from './places.ts';
import { homeOf, type ServicePlan } from './plan.ts';

/** Milliseconds for an emulator to make what the service declares. */
const PREPARE = 60_000;

/** A whole service, as `start` serves it. */
export interface ServiceRequest {
  readonly functions: readonly LocalFunction[];
  readonly routes: readonly Route[];
  readonly plan: ServicePlan;
  readonly port: number;
  readonly static?: string;
  readonly allowUnverifiedIam: boolean;
  readonly remote?: RemoteEndpoint;
  readonly host: HostOptions;
}

/** A service that runs. */
export interface RunningService extends Endpoint {
  readonly activity: Activity;
  readonly host: FunctionHost;
}

/**
 * Serves a whole service at one port: its HTTP and WebSocket APIs, Lambda's own API, and the APIs of the queues, topics and
 * buses that it declares, which its functions reach by `AWS_ENDPOINT_URL_...`.
 *
 * @throws ProblemError when the port is in use
 */
export async function serveService(request: ServiceRequest): Promise<RunningService> {
  const { plan, port, routes, host: hostOptions } = request;
  const { warn, output } = hostOptions;
  const activity = hostOptions.activity ?? createActivity();
  const answering: Answering = {
    serve: (_, response) => void response.writeHead(503, { 'Retry-After': '1' }).end(),
    upgrade: (_, socket) => void socket.destroy(),
  };
  const secure = plan.webSockets.length > 0 ? hostOptions.workDirectory : undefined;
  const listening = await openFront(answering, port, secure);
  const guard = startGuard(hostOptions.workDirectory);
  const { region = defaultRegion, account = defaultAccount } = request.functions[0] ?? homeOf(plan);
  const apis = createApis();
  const targets = createTargets();
  const parts: ServicePart[] = [];
  // What functions are told is known before the parts are: these want the host of the functions.
  const variables: Record<string, string> = {};
  const environment: Record<string, string> = { ...listening.trust };
  const host = hostFunctions(placedFunctions(request.functions, plan, listening.url), {
    ...hostOptions,
    activity,
    environment,
  });
  const context: ServiceContext = {
    plan,
    host,
    activity,
    endpoint: listening.url,
    region,
    account,
    apis,
    targets,
    allowUnverifiedIam: request.allowUnverifiedIam,
    remote: request.remote,
    waits: hostOptions.durable?.waits ?? 'real',
    warn,
  };
  const unheard = activity.subscribe((happening) => {
    const failure = failedExecution(happening);
    if (failure !== undefined) warn(failure);
  });
  const stop = async (): Promise<void> => {
    unheard();
    await Promise.all([listening.stop(), ...parts.map((part) => part.stop())]);
    await host.stop();
    guard.dismiss();
  };
  try {
    if (request.remote?.make) {
      const { prepareRemote } = await import('./prepare-remote.ts');
      await prepareRemote(plan, request.remote, AbortSignal.timeout(PREPARE));
    }
    const afterwards = createAfterwards(context);
    const made = await partsOf(context);
    parts.push(...made.parts);
    if (made.upgrade) answering.upgrade = made.upgrade;
    // What nothing here answers is the emulator's.
    if (request.remote?.url !== undefined) variables.AWS_ENDPOINT_URL = request.remote.url;
    if (made.storage) variables.AWS_ENDPOINT_URL_S3 = listening.url;
    for (const name of apis.variables()) variables[`AWS_ENDPOINT_URL_${name}`] = listening.url;
    variables.AWS_ENDPOINT_URL_LAMBDA = listening.url;
    Object.assign(environment, variables);
    const lambda = lambdaApi(host, { warn, runLater: afterwards.run });
    const gateway = httpApi(host, placedRoutes(routes, listening.url), {
      ...(request.static !== undefined && { static: request.static }),
      allowUnverifiedIam: request.allowUnverifiedIam,
      tell: (line) => output(`${line}\n`),
      services: findService(context),
    });
    answering.serve = (incoming, response) => {
      const service = serviceOf(incoming);
      if (service === undefined) return gateway(incoming, response);
      // Pages of other origins can send requests without preflight, but cannot sign them.
      if (incoming.headers.origin !== undefined && incoming.headers.authorization === undefined) {
        incoming.resume();
        response.writeHead(403).end();
        return;
      }
      if (service === 'lambda') return lambda(incoming, response);
      if (service === 's3' && made.storage) return made.storage(incoming, response);
      const api = apis.of(service) ?? notHere(service);
      answerCall(api, incoming, response).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        warn(`${service}: ${message}`);
        answerFailure(response, message);
      });
    };
    // Executions that an earlier process left go on now.
    if (request.functions.some(({ durable }) => durable)) await host.executions();
    for (const part of parts) await part.begin();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: listening.url, variables, activity, host, stop };
}

const notHere = (service: string) => async () =>
  jsonError(
    new CallError(
      'ServiceUnavailableException',
      `Nothing of ${service} is served here: name an emulator in the input backend, or give the functions an endpoint for it`,
      501,
    ),
  );

/** Of executions nobody sees the end but who asks for it: what failed is told. */
function failedExecution(happening: Happening): string | undefined {
  if (happening.kind !== 'execution' || happening.phase !== 'ended') return undefined;
  const { title, status, error } = happening.view();
  if (status !== 'FAILED' && status !== 'TIMED_OUT') return undefined;
  const why = [error?.type, error?.message].filter(Boolean).join(': ');
  return why === '' ? title : `${title}: ${why}`;
}
