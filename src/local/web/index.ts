import type { LocalFunction } from '../functions/function.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import { invokeWeb } from './invoke-web.ts';
import { serveWeb, type WebExchange } from './serve.ts';
import { type Servers, serversOf } from './servers.ts';

/** Keeps the servers of web functions. */
export interface WebHost {
  /** Answers a request as its endpoint does. */
  serve(fn: LocalFunction, exchange: WebExchange): Promise<void>;
  /** Sends the request that an event describes. */
  invoke(fn: LocalFunction, payload: string, options: InvokeOptions): Promise<InvokeResult>;
  /** Ends every process. */
  stop(): Promise<void>;
}

/** Makes a host; nothing is started before the first request. */
export function hostWebFunctions(options: HostOptions): WebHost {
  const known = new Map<string, Servers>();
  const of = (fn: LocalFunction): Servers => {
    const servers = known.get(fn.logicalId) ?? serversOf(fn, options);
    known.set(fn.logicalId, servers);
    return servers;
  };
  return {
    serve: (fn, exchange) => serveWeb(fn, of(fn), exchange),
    invoke: (fn, payload, invokeOptions) => invokeWeb(fn, of(fn), payload, invokeOptions),
    async stop() {
      await Promise.all([...known.values()].map((servers) => servers.stop()));
    },
  };
}
