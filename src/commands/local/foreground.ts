import { setTimeout as pause } from 'node:timers/promises';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Endpoint } from '../../local/server/endpoint.ts';
import { type ServeRequest, serve } from '../../local/server/serve.ts';
import { watchFolder } from '../../local/watch.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { prepare } from './prepare.ts';
import { overview, serveRequest } from './serve-request.ts';

/** Serves until the command is interrupted; with the input `watch`, what changes is built and served anew. */
export async function serveInForeground(
  first: ServeRequest,
  kind: ServeRequest['front']['kind'],
  inputs: Inputs,
  host: Host,
): Promise<void> {
  const { log, signal } = host;
  const sinks = {
    output: (text: string) => log.info(text.replace(/\n$/, '')),
    warn: (message: string) => log.warning(message),
  };
  let server: Endpoint = await serve(first, sinks);
  const { port } = new URL(server.url);
  for (const line of overview(first)) log.info(line);
  log.info(kind === 'lambda' ? `export AWS_ENDPOINT_URL_LAMBDA=${server.url}` : `Listening at ${server.url}`);

  /** What is wrong is told, and what ran before goes on. */
  const renew = async (): Promise<void> => {
    try {
      const request = await serveRequest(kind, await prepare(inputs, host));
      await server.stop();
      server = await serve({ ...request, port: Number(port) }, sinks);
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
    await server.stop();
  }
}

async function interrupted(signal: AbortSignal): Promise<void> {
  // A timer, because a listener alone does not keep the process up.
  while (!signal.aborted) await pause(60_000, undefined, { signal }).catch(() => undefined);
}
