import { join } from 'node:path';
import type { Assembly, StackAssembly } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { ToSave } from '../../outcome.ts';
import { checkOutputFolder } from '../../packaging/workspace/output-folder.ts';
import type { DefinitionContext } from '../../service/types.ts';
import { noEchoParameters } from '../../template/parameters.ts';
import type { ServiceOptions } from '../assemble-service.ts';
import { type BuildOptions, build } from '../build.ts';
import { type Loaded, type LoadRequest, loadSource } from './load-source.ts';
import type { Rollback } from './rollback.ts';
import { withAssets } from './stack.ts';

export interface AssembleOptions extends BuildOptions {
  /** What a service definition is called with. */
  readonly definition: () => Promise<DefinitionContext>;
  readonly service: ServiceOptions;
  /** Parameters of a deployed stack and pseudo parameters, as far as somebody can be asked. */
  readonly deployed: (stackName: string) => Promise<Readonly<Record<string, string>>>;
}

/** What every use of a service starts from. */
export interface Assembled {
  readonly assembly: Assembly;
  /** What the source said that its author should know. */
  readonly warnings: readonly string[];
  /** For the post step. */
  readonly toSave: ToSave | undefined;
  /** To be called when anything fails from here on. */
  readonly rollback?: Rollback;
}

/** Where a command keeps what it makes, and another job finds it. */
export const outputFolder = ({ workingDirectory }: LoadRequest): string => join(workingDirectory, '.sparta');

/**
 * The stages from a source to its assembly: load, compile, package. None needs AWS. Values of NoEcho parameters are
 * hidden in the log from here on.
 *
 * @throws ProblemError with everything that is wrong with the source, or with the code that it names
 */
export async function assemble(request: LoadRequest, options: AssembleOptions, log: Log): Promise<Assembled> {
  checkOutputFolder(options.output);
  const loaded = await log.group('Load source', (each) => loadSource(request, options, each));
  for (const stack of stacksOf(loaded)) hideSecrets(stack, log);
  if (loaded.kind === 'built') return { assembly: loaded.assembly, warnings: [], toSave: undefined };
  if (loaded.kind === 'service') {
    const { assembleService } = await import('../assemble-service.ts');
    const { stack, ...rest } = await assembleService(loaded.loaded, request, options, log);
    return { assembly: { source: 'service', stacks: [stack] }, warnings: loaded.warnings, ...rest };
  }
  const { source, drafts, warnings } = loaded;
  const { assets, toSave } = await build(drafts, options, log);
  return { assembly: { source, stacks: withAssets(drafts, assets) }, warnings, toSave };
}

function stacksOf(loaded: Loaded): readonly Pick<StackAssembly, 'template' | 'parameters'>[] {
  if (loaded.kind === 'built') return loaded.assembly.stacks;
  return loaded.kind === 'drafts' ? loaded.drafts : [];
}

function hideSecrets(
  { template, parameters }: Pick<StackAssembly, 'template' | 'parameters'>,
  log: Log,
): void {
  for (const name of noEchoParameters(template.template)) log.secret(parameters[name] ?? '');
}
