import { join } from 'node:path';
import type { Assembly, StackAssembly } from '../assembly/types.ts';
import type { BuildContext } from '../build/context.ts';
import type { Cache } from '../github/cache.ts';
import type { Log } from '../log.ts';
import { once } from '../once.ts';
import type { LocalImage, StackDraft, Unpackaged } from '../sources/draft.ts';
import { noEchoParameters } from '../template/parameters.ts';
import { type LoadRequest, loadSource } from './load-source.ts';
import { packageAssets } from './package.ts';
import type { ToSave } from './restore.ts';
import { withAssets } from './with-assets.ts';

export interface AssembleOptions {
  /** Where everything is made; absolute. */
  readonly output: string;
  /** What toolchains are given besides the log. */
  readonly context: Omit<BuildContext, 'log'>;
  /** Looks for what an earlier run made of the same inputs, and keeps what this run makes. */
  readonly reuse: boolean;
  /** Where that is kept between jobs; `undefined`: nowhere. */
  readonly cache: Cache | undefined;
  readonly noop: boolean;
  /** By default the one that is there. */
  readonly containerTool: 'docker' | 'podman' | undefined;
}

/** What every use of a service starts from. */
export interface Assembled {
  readonly assembly: Assembly;
  /** What the source said that its author should know. */
  readonly warnings: readonly string[];
  /** For the post step. */
  readonly toSave: ToSave | undefined;
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
  const loaded = await log.group('Load source', (each) => loadSource(request, each));
  const stacks = loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts;
  for (const stack of stacks) hideSecrets(stack, log);
  if (loaded.kind === 'built') return { assembly: loaded.assembly, warnings: [], toSave: undefined };
  const { source, drafts, warnings } = loaded;
  const { assets, toSave } = await build(drafts, options, log);
  return { assembly: { source, stacks: withAssets(drafts, assets) }, warnings, toSave };
}

async function build(
  drafts: readonly StackDraft[],
  { output, context, reuse, cache, noop, containerTool }: AssembleOptions,
  log: Log,
) {
  const toSave =
    cache &&
    (await log.group('Cache', async (each) => {
      const { restoreArtifacts } = await import('./restore.ts');
      return restoreArtifacts(cache, drafts, output, { ...context, log: each });
    }));
  const unpackaged: readonly Unpackaged[] = drafts.some(({ builds }) => builds.length > 0)
    ? await log.group('Compile', async (each) => {
        const { compile } = await import('./compile.ts');
        return compile(drafts, output, { ...context, log: each });
      })
    : drafts;
  const assets = await log.group('Package', async (each) => {
    const packager = once(async () => {
      const { imagePackager } = await import('./package-image.ts');
      return imagePackager({ output, tool: containerTool, noop, context: { ...context, log: each } });
    });
    const image = async (local: LocalImage) => (await packager())(local);
    return packageAssets({ space: context.space, unpackaged, output, reuse, image }, each);
  });
  return { assets, toSave };
}

function hideSecrets(
  { template, parameters }: Pick<StackAssembly, 'template' | 'parameters'>,
  log: Log,
): void {
  for (const name of noEchoParameters(template.template)) log.secret(parameters[name] ?? '');
}
