import { resolve } from 'node:path';
import { workspace } from '../build/workspace.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { LoadRequest } from '../stages/load-source.ts';

/** What the inputs say about the source. */
export function loadRequest(inputs: Inputs, host: Host): LoadRequest {
  return {
    space: workspace(host.workspace, inputs.allowOutsideWorkspace),
    workingDirectory: resolve(host.workspace, inputs.workingDirectory),
    source: inputs.source,
    stackName: inputs.stackName,
    stacks: inputs.stacks,
    parameters: inputs.parameters?.values ?? {},
    tags: inputs.tags?.values ?? {},
    trust: { env: host.env, allowed: inputs.allowUntrustedCode },
  };
}
