import { join } from 'node:path';
import { actionsCache } from '../github/cache.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { type AssembleOptions, outputFolder } from '../stages/assemble.ts';
import type { LoadRequest } from '../stages/load-source.ts';
import { VERSION } from '../version.ts';

/** How the inputs want a source built. */
export function assembleOptions(
  request: LoadRequest,
  inputs: Inputs,
  { log, env, signal }: Host,
  noop: boolean,
): AssembleOptions {
  const output = outputFolder(request);
  const tools = env.RUNNER_TOOL_CACHE ?? join(output, 'tools');
  return {
    output,
    context: { space: request.space, signal, env, tools, version: VERSION },
    reuse: inputs.cache,
    cache: inputs.cache ? actionsCache(log, env) : undefined,
    noop,
    containerTool: inputs.containerTool,
  };
}
