import { join, resolve } from 'node:path';
import { writeAssembly } from '../../assembly/store.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import { type Aws, connect } from '../../aws/clients.ts';
import { workspace } from '../../build/workspace.ts';
import { actionsCache } from '../../github/cache.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import { check } from '../../stages/check.ts';
import { type LoadRequest, loadSource } from '../../stages/load-source.ts';
import { packageAssets } from '../../stages/package.ts';
import { noEchoParameters } from '../../template/parameters.ts';
import { VERSION } from '../../version.ts';
import type { StackOutcome } from './stack-outcome.ts';

/**
 * Builds the service, then previews it (noop) or deploys it: the flow of src/stages/index.ts. What comes after the first
 * call to AWS is loaded when it is needed.
 */
export async function provision(inputs: Inputs, host: Host): Promise<Outcome> {
  const { log } = host;
  const noop = inputs.noop === 'auto' ? host.event.isPreview : inputs.noop;
  const request = loadRequest(inputs, host);
  const output = join(request.workingDirectory, '.sparta');
  const aws = await connectTo(inputs, host, noop);
  // Nothing is sent yet: the SDK is read while the source is.
  void aws?.cloudFormation();

  const loaded = await log.group('Load source', (each) => loadSource(request, each));
  for (const stack of loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts)
    hideSecrets(stack, log);
  const { assembly, toSave } =
    loaded.kind === 'built'
      ? { assembly: loaded.assembly, toSave: undefined }
      : await log.group('Package', (each) => {
          const cache = inputs.cache ? actionsCache(each, host.env) : undefined;
          return packageAssets({ ...loaded, space: request.space, output, cache }, each);
        });
  const capabilities = new Map(
    assembly.stacks.map((stack) => [
      stack.id,
      inputs.capabilities ?? check(stack, inputs.parameters?.keep ?? []),
    ]),
  );
  const written = loaded.kind === 'drafts' ? writeAssembly(assembly, output) : undefined;

  const outcomes: StackOutcome[] = [];
  for (const stack of assembly.stacks) {
    const needed = capabilities.get(stack.id) ?? [];
    log.info(`Capabilities of ${stack.stackName}: ${needed.join(', ') || 'none'}`);
    if (noop) {
      const { previewStack } = await import('./preview.ts');
      outcomes.push(await previewStack(stack, aws, request, output, inputs, host));
    } else if (aws) {
      await written;
      const { deployStack } = await import('./deploy.ts');
      outcomes.push(await deployStack(stack, aws, needed, output, inputs, host));
    }
  }
  await written;
  const { finish } = await import('./finish.ts');
  const warnings = loaded.kind === 'drafts' ? loaded.warnings : [];
  return { ...(await finish(outcomes, { noop, output, warnings }, host)), toSave };
}

function loadRequest(inputs: Inputs, host: Host): LoadRequest {
  return {
    space: workspace(host.workspace, inputs.allowOutsideWorkspace),
    workingDirectory: resolve(host.workspace, inputs.workingDirectory),
    source: inputs.source,
    stackName: inputs.stackName,
    parameters: inputs.parameters?.values ?? {},
    tags: inputs.tags?.values ?? {},
  };
}

/** A preview goes on without AWS, a deployment does not. */
async function connectTo(inputs: Inputs, host: Host, noop: boolean): Promise<Aws | undefined> {
  try {
    return await connect({ region: inputs.region, env: host.env, version: VERSION });
  } catch (error) {
    if (!(error instanceof ProblemError) || !noop || inputs.diffAgainst === 'deployed') throw error;
    return undefined;
  }
}

/** Values of NoEcho parameters are hidden by the runner from here on. */
function hideSecrets(
  { template, parameters }: Pick<StackAssembly, 'template' | 'parameters'>,
  log: Log,
): void {
  for (const name of noEchoParameters(template.template)) log.secret(parameters[name] ?? '');
}
