import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Aws, connect } from '../aws/connection/clients.ts';
import { actionsCache } from '../github/cache.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { fileIndex } from '../packaging/inputs/file-index.ts';
import { resolveInside, type Workspace, workspace } from '../packaging/workspace/workspace.ts';
import { ProblemError } from '../problem.ts';
import type { Run } from '../stages/run.ts';
import { VERSION } from '../version.ts';

const INPUT = 'input working-directory';

/**
 * What the inputs and their host mean for the stages.
 *
 * @throws ProblemError when the working directory is no folder of the workspace
 */
export function runOf(
  inputs: Inputs,
  host: Host,
  { noop, aws, environment }: Pick<Run, 'noop' | 'aws' | 'environment'>,
): Run {
  const { log, env, signal } = host;
  const space = workspace(host.workspace, inputs.allowOutsideWorkspace);
  const workingDirectory = folderInside(space, inputs.workingDirectory);
  const output = join(workingDirectory, '.sparta');
  return {
    inputs,
    host,
    noop,
    aws,
    environment,
    source: {
      space,
      workingDirectory,
      source: inputs.source,
      stackName: inputs.stackName,
      ...(environment?.pullRequest !== undefined && { rename: environment.stackName }),
      stacks: inputs.stacks,
      parameters: inputs.parameters?.values ?? {},
      tags: inputs.tags?.values ?? {},
      trust: { env, allowed: inputs.allowUntrustedCode },
    },
    output,
    context: {
      space,
      signal,
      env,
      tools: env.RUNNER_TOOL_CACHE ?? join(output, 'tools'),
      version: VERSION,
      files: fileIndex(join(output, 'index.json')),
      answers: new Map(),
    },
    // At a terminal there is none, which nobody needs to be told.
    cache: inputs.cache && host.background ? actionsCache(log, env) : undefined,
  };
}

/** Whether nothing may be changed in AWS. */
export const isNoop = ({ noop }: Inputs, { event }: Host): boolean =>
  noop === 'auto' ? event.isPreview : noop;

/** @throws ProblemError when no region is to be found, or nothing can come of the inputs about roles */
export async function connectTo(inputs: Inputs, { env, event, log, signal }: Host): Promise<Aws> {
  const { region, roleToAssume, externalId } = inputs;
  const own = await connect({ region, env, version: VERSION, secret: log.secret });
  if (roleToAssume === undefined && externalId === undefined) return own;
  const { asRole } = await import('./as-role.ts');
  return asRole(own, { roles: roleToAssume ?? [], externalId }, { env, event, log, signal });
}

/** @throws ProblemError when the working directory is no folder of the workspace */
export function folderInside(space: Workspace, written: string): string {
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
