import { realpath } from 'node:fs/promises';
import type { StackHere } from '../../local/functions/from-assembly.ts';
import { defaultRegion } from '../../local/functions/resolve.ts';
import { withoutServices } from '../../local/http-api/aws-service/without.ts';
import type { ServeRequest } from '../../local/server/serve.ts';
import { planLines, storageLines } from '../../local/service/overview.ts';
import type { RemoteEndpoint } from '../../local/service/part.ts';
import type { ServicePlan } from '../../local/service/plan.ts';
import { joinedPlans } from '../../local/service/read/index.ts';
import { resolveInside } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import { executionsFolder, hostSettings } from '../../stages/here/functions.ts';
import type { Run } from '../../stages/run.ts';
import type { Prepared } from './prepare.ts';
import { routeLine, routesInWords } from './routes-in-words.ts';

/** What is served: the API of Lambda, the APIs of the service, or all of it. */
export type Front = ServeRequest['front']['kind'];

/**
 * What the inputs ask to be served.
 *
 * @throws ProblemError when there is nothing to serve, or the folder of static files is not there
 */
export async function serveRequest(
  kind: Front,
  { stacks, run }: Pick<Prepared, 'stacks' | 'run'>,
): Promise<ServeRequest> {
  const { inputs } = run;
  const routes = stacks.flatMap((stack) => stack.routes);
  const folder = await staticFolder(run);
  if (kind === 'api' && routes.length === 0 && folder === undefined) {
    throw new ProblemError({
      message: 'there is no API, HTTP event, function URL or web function to serve',
      next: 'Use start-lambda to invoke functions, or set the input static to serve a folder.',
    });
  }
  const functions = stacks.flatMap((stack) => stack.functions);
  // Lambda's own API knows no web functions: nobody invokes them.
  const invoked = functions.filter(({ web }) => !web);
  if (kind === 'lambda' && invoked.length === 0)
    throw new ProblemError({
      message: 'there is no function to invoke: web functions get requests only',
      next: 'Use start-api.',
    });
  const settings = await hostSettings(run, {
    folder: executionsFolder(run),
    resume: true,
    waits: inputs.waits ?? 'real',
  });
  return {
    functions: kind === 'lambda' ? invoked : functions,
    port: inputs.port,
    front:
      kind === 'lambda'
        ? { kind }
        : {
            routes: kind === 'api' ? withoutServices(routes) : routes,
            allowUnverifiedIam: inputs.allowUnverifiedIam,
            ...(folder !== undefined && { static: folder }),
            ...(kind === 'api' ? { kind } : { kind, ...wholeService(stacks, run, settings) }),
          },
    host: settings,
  };
}

/** Credentials that emulators take. */
const EMULATED = { accessKeyId: 'test', secretAccessKey: 'test' };

/**
 * What of a service is run beside its functions and routes, and where the rest of it is.
 *
 * @throws ProblemError when AWS is to be read without credentials
 */
function wholeService(
  stacks: readonly StackHere[],
  { inputs, host }: Run,
  { credentials }: ServeRequest['host'],
): { readonly plan: ServicePlan; readonly remote?: RemoteEndpoint } {
  const plan = joinedPlans(stacks.map((stack) => stack.plan));
  const { backend } = inputs;
  if (backend === undefined) return { plan };
  const deployed = inputs.resolve === 'deployed';
  const region = stacks.flatMap(({ functions }) => functions)[0]?.region ?? inputs.region ?? defaultRegion;
  // What is deployed is there: nothing of it is made here.
  const read = deployed
    ? { ...plan, queues: [], topics: [], subscriptions: [], rules: [], schedules: [] }
    : plan;
  if (backend !== 'aws')
    return {
      plan: read,
      remote: { url: backend, make: !deployed, region, credentials: credentials ?? EMULATED },
    };
  if (credentials === undefined)
    throw new ProblemError({
      subject: 'input backend',
      message: 'queues and streams of AWS are read with credentials, and the input env names none',
      next: 'Set env to AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_SESSION_TOKEN.',
    });
  host.log.warning(
    'Messages of queues in AWS are received and deleted by functions here: those that are deployed do not get them',
  );
  return { plan: read, remote: { url: undefined, make: false, region, credentials } };
}

async function staticFolder({ inputs, source }: Run): Promise<string | undefined> {
  if (inputs.static === undefined) return undefined;
  const resolved = resolveInside(source.space, source.workingDirectory, inputs.static, {
    file: 'input static',
  });
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  return realpath(resolved.path);
}

/** What there is to call, one line each. */
export function overview({ front, functions }: Pick<ServeRequest, 'front' | 'functions'>): string[] {
  if (front.kind === 'lambda') return functions.map(({ logicalId, runtime }) => `${logicalId} (${runtime})`);
  const routes = routesInWords(front.routes).map(routeLine);
  return front.kind === 'all' ? [...routes, ...planLines(front.plan, functions)] : routes;
}

/** What functions would not find here, one line each, and what to do about it. */
export function missing({ front, host }: Pick<ServeRequest, 'front' | 'host'>): string[] {
  // With credentials functions may mean what is in AWS.
  const isNowhere = front.kind === 'all' && front.remote === undefined && host.credentials === undefined;
  return isNowhere ? storageLines(front.plan) : [];
}
