import { statSync } from 'node:fs';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { resolveInside, type Workspace, workspace } from '../packaging/workspace/workspace.ts';
import { ProblemError } from '../problem.ts';
import type { LoadRequest } from '../stages/assemble/load-source.ts';

const INPUT = 'input working-directory';

/**
 * What the inputs say about the source.
 *
 * @throws ProblemError when the working directory is no folder of the workspace
 */
export function loadRequest(inputs: Inputs, host: Host): LoadRequest {
  const space = workspace(host.workspace, inputs.allowOutsideWorkspace);
  return {
    space,
    workingDirectory: folderInside(space, inputs.workingDirectory),
    source: inputs.source,
    stackName: inputs.stackName,
    stacks: inputs.stacks,
    parameters: inputs.parameters?.values ?? {},
    tags: inputs.tags?.values ?? {},
    trust: { env: host.env, allowed: inputs.allowUntrustedCode },
  };
}

function folderInside(space: Workspace, written: string): string {
  const resolved = resolveInside(space, space.root, written, { file: INPUT });
  if ('problem' in resolved) {
    const { place: _, ...problem } = resolved.problem;
    throw new ProblemError({ subject: INPUT, ...problem });
  }
  if (statSync(resolved.path).isDirectory()) return resolved.path;
  throw new ProblemError({
    subject: INPUT,
    message: `${JSON.stringify(written)} is no folder`,
    next: 'Name the folder of the service; the input source names a file.',
  });
}
