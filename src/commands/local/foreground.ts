import { setTimeout as pause } from 'node:timers/promises';
import { createActivity } from '../../local/activity.ts';
import { type Served, type ServeRequest, serve } from '../../local/server/serve.ts';
import { webSocketLines } from '../../local/service/overview.ts';
import { watchFolder } from '../../local/watch.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { openConsole } from '../console/index.ts';
import { destinationsOf } from '../console/messages.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';
import { missing, overview, serveRequest } from './serve-request.ts';

/**
 * Serves until the command is interrupted, with a page that shows what happens; with the input `watch`, what changes is
 * built and served anew.
 */
export async function serveInForeground(first: ServeRequest, prepared: Prepared): Promise<void> {
  const { inputs, host } = prepared.run;
  const { log, signal } = host;
  const { kind } = first.front;
  const activity = createActivity();
  const sinks = {
    output: (text: string) => log.info(text.replace(/\n$/, '')),
    warn: (message: string) => log.warning(message),
    activity,
  };
  let server: Served = await serve(first, sinks);
  const { port } = new URL(server.url);
  const shown = (request: ServeRequest, { assembly, programs, run }: Prepared) => ({
    host: server.host,
    options: { ...request.host, ...(server.variables && { environment: server.variables }) },
    activity,
    assembly,
    programs,
    run,
    machines: request.front.kind === 'all' ? request.front.plan.machines : [],
    destinations: request.front.kind === 'all' ? destinationsOf(request.front.plan) : [],
    ...(request.front.kind !== 'lambda' && { api: { url: server.url, routes: request.front.routes } }),
  });
  const page = await openConsole(shown(first, prepared));
  for (const line of overview(first)) log.info(line);
  // A warning names flags.
  for (const line of missing(first)) log.warning(line);
  log.info(kind === 'lambda' ? `export AWS_ENDPOINT_URL_LAMBDA=${server.url}` : `Listening at ${server.url}`);
  if (first.front.kind === 'all')
    for (const line of webSocketLines(first.front.plan, server.url)) log.info(line);
  for (const [name, url] of Object.entries(server.variables ?? {})) log.info(`export ${name}=${url}`);
  log.info(`Console: ${page.link}`);

  /** What is wrong is told, and what ran before goes on. */
  const renew = async (): Promise<void> => {
    try {
      const next = await prepare(inputs, host);
      const request = await serveRequest(kind, next);
      await server.stop();
      server = await serve({ ...request, port: Number(port) }, sinks);
      page.renew(shown(request, next));
      log.info(`Renewed at ${server.url}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      for (const problem of error.problems) log.error(problemLine(problem), problem.place);
    }
  };
  try {
    if (inputs.watch) await watchFolder(host.workspace, signal, renew);
    else await interrupted(signal);
  } finally {
    await Promise.all([page.stop(), server.stop()]);
  }
}

/** Waits for the end of the command. */
export async function interrupted(signal: AbortSignal): Promise<void> {
  // A timer, because a listener alone does not keep the process up.
  while (!signal.aborted) await pause(60_000, undefined, { signal }).catch(() => undefined);
}
