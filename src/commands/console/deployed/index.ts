import { randomUUID } from 'node:crypto';
import type { Aws } from '../../../aws/connection/clients.ts';
import { functionMetrics } from '../../../aws/functions/function-metrics.ts';
import { type FunctionSettings, functionSettings } from '../../../aws/functions/function-settings.ts';
import { invokeFunction } from '../../../aws/functions/invoke-function.ts';
import { stackResources } from '../../../aws/stack/stack.ts';
import { startConsole } from '../../../console/server.ts';
import type { Call, ConsoleService, Tell } from '../../../console/types.ts';
import { eventSources, generateEvent } from '../../../local/events/index.ts';
import { forEachOf } from '../../../order/for-each.ts';
import { AT_ONCE } from '../../../order/limits.ts';
import { once } from '../../../order/once.ts';
import { ProblemError, problemLine } from '../../../problem.ts';
import { drawLevels } from '../../../stages/plan/levels/draw-levels.ts';
import { deployedLevel } from '../../../stages/plan/levels/level.ts';
import { type DeployedStack, lookUp } from '../../../stages/plan/look-up-stack.ts';
import type { Run } from '../../../stages/run.ts';
import { NOTHING_COMPARED } from '../../draw-stack.ts';
import { drawing } from '../draw.ts';
import { eventFiles, saveTest } from '../files.ts';
import type { OpenConsole } from '../index.ts';
import { reportIn } from './lines.ts';
import { followLogs } from './tail.ts';

/** A function of the stack, or of one in it. */
interface DeployedFunction extends FunctionSettings {
  /** Behind the logical IDs of its stacks and slashes, where it is in a nested one. */
  readonly id: string;
  /** Physical. */
  readonly name: string;
}

interface DeployedService {
  readonly stack: DeployedStack;
  readonly functions: readonly DeployedFunction[];
  readonly aws: Aws;
  readonly run: Run;
  /** Request ids of what the page called, and functions that still run for it. */
  readonly own: { readonly ids: Set<string>; readonly running: Map<string, number> };
}

/**
 * Serves the page of a deployed stack: its functions are called in AWS, and their logs are followed.
 *
 * @throws ProblemError when there is no such stack, or it may not be read
 */
export async function openDeployed(
  stackName: string,
  aws: Aws,
  run: Run,
): Promise<Pick<OpenConsole, 'link' | 'stop'>> {
  const { log, signal } = run.host;
  const stack = await lookUp(aws, stackName, { signal });
  if (stack.kind !== 'stack')
    throw new ProblemError({
      subject: stackName,
      message: stack.kind === 'unreadable' ? stack.why : `there is no such stack in ${aws.region}`,
      next: 'Check the inputs stack-name and region.',
    });
  const functions = await functionsOf(aws, stack.stack.id, signal);
  const service: DeployedService = {
    stack,
    functions,
    aws,
    run,
    own: { ids: new Set(), running: new Map() },
  };
  const page = await startConsole(serviceOf(service), (text) => log.redact(text));
  const ending = new AbortController();
  const followed = followLogs(functions, {
    aws,
    tell: page.tell,
    signal: AbortSignal.any([signal, ending.signal]),
    isOwn: (requestId) => service.own.ids.has(requestId),
    isBusy: (id) => (service.own.running.get(id) ?? 0) > 0,
    warn: (message) => log.warning(message),
  });
  return {
    link: page.link,
    async stop() {
      ending.abort();
      await Promise.all([page.stop(), followed]);
    },
  };
}

async function functionsOf(
  aws: Aws,
  stackId: string,
  signal: AbortSignal,
  prefix = '',
): Promise<readonly DeployedFunction[]> {
  const resources = (await stackResources(aws, stackId, signal)).filter(
    ({ physicalId }) => physicalId !== '',
  );
  const here = resources.filter(({ type }) => type === 'AWS::Lambda::Function');
  const functions = await forEachOf(here, AT_ONCE.functions, async ({ logicalId, physicalId: name }) => ({
    id: `${prefix}${logicalId}`,
    name,
    ...(await functionSettings(aws, name, signal)),
  }));
  const nested = resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const inner = await forEachOf(nested, AT_ONCE.nestedStacks, ({ logicalId, physicalId }) =>
    functionsOf(aws, physicalId, signal, `${prefix}${logicalId}/`),
  );
  return [...functions, ...inner.flat()];
}

function serviceOf(service: DeployedService): ConsoleService {
  const { stack, functions, aws, run } = service;
  const { signal } = run.host;
  return {
    title: stack.stack.name,
    place: `deployed in ${aws.region}: what is sent is done there`,
    targets: functions.map(({ id, runtime, memory, timeout, tenantIsolation }) => ({
      id,
      kind: 'function',
      about: `${runtime} · ${memory} MB · ${timeout} s`,
      canProfile: false,
      wantsTenant: tenantIsolation,
    })),
    examples: eventSources,
    example: async (source) => generateEvent(source),
    files: () => eventFiles(run),
    draw: once(() => drawDeployed(service)),
    call: (call, tell) => callDeployed(service, call, tell),
    save: (test) => saveTest(test, run),
    metrics: async () => {
      const ids = new Map(functions.map(({ name, id }) => [name, id]));
      const found = await functionMetrics(aws, [...ids.keys()], signal);
      return found.map((each) => ({ ...each, function: ids.get(each.function) ?? each.function }));
    },
  };
}

async function drawDeployed({ stack, aws, run }: DeployedService) {
  const after = await deployedLevel(aws, stack);
  const drawn = await drawLevels(
    { before: undefined, after, diff: undefined },
    { displayName: undefined, codeSizes: {} },
  );
  return drawing([{ ...NOTHING_COMPARED, stackName: stack.stack.name, region: aws.region, ...drawn }], run);
}

function callDeployed({ functions, aws, run, own }: DeployedService, call: Call, tell: Tell): string {
  const fn = functions.find(({ id }) => id === call.to);
  if (!fn) throw new ProblemError({ message: `the stack has no function ${call.to}` });
  const id = randomUUID();
  const { event: payload, tenant } = call;
  tell({ kind: 'began', id, at: Date.now(), to: fn.id, event: payload });
  const count = (more: number): void => void own.running.set(fn.id, (own.running.get(fn.id) ?? 0) + more);
  count(1);
  void invokeFunction(aws, fn.name, { payload, tenant }, run.host.signal)
    .then(({ payload: answer, functionError, logs, durationMs, requestId }) => {
      const report = reportIn(logs);
      own.ids.add(report?.requestId ?? requestId);
      const response = answer.toString();
      tell({
        kind: 'ended',
        id,
        at: Date.now(),
        status: functionError === undefined ? 'success' : report?.status === 'timeout' ? 'timeout' : 'error',
        response,
        logs,
        tookMs: durationMs,
        ...(report && { numbers: report.numbers }),
        ...(functionError !== undefined && { error: errorOf(response) }),
      });
    })
    .catch((error: unknown) => {
      const told = error instanceof ProblemError ? error.problems.map(problemLine).join('\n') : String(error);
      tell({ kind: 'ended', id, at: Date.now(), status: 'refused', response: run.host.log.redact(told) });
    })
    .finally(() => count(-1));
  return id;
}

/** Of what Lambda answers for a function that failed. */
function errorOf(response: string): { readonly type: string; readonly message: string } {
  try {
    const { errorType = 'Error', errorMessage = '' } = JSON.parse(response) as Record<string, string>;
    return { type: errorType, message: errorMessage };
  } catch {
    return { type: 'Error', message: response };
  }
}
