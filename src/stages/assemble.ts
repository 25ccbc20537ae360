import { join } from 'node:path';
import type { Assembly, StackAssembly } from '../assembly/types.ts';
import type { Cache } from '../github/cache.ts';
import type { Log } from '../log.ts';
import { noEchoParameters } from '../template/parameters.ts';
import { type LoadRequest, loadSource } from './load-source.ts';
import { type Packaged, packageAssets } from './package.ts';

export interface AssembleOptions {
  /** Where archives are made; absolute. */
  readonly output: string;
  /** `undefined`: nothing is kept between runs. */
  readonly cache: ((log: Log) => Cache) | undefined;
}

/** What every use of a service starts from. */
export interface Assembled {
  readonly assembly: Assembly;
  /** What the source said that its author should know. */
  readonly warnings: readonly string[];
  readonly toSave: Packaged['toSave'];
}

/** Where a command keeps what it makes, and another job finds it. */
export const outputFolder = ({ workingDirectory }: LoadRequest): string => join(workingDirectory, '.sparta');

/**
 * The stages from a source to its assembly: load, package. Neither needs AWS. Values of NoEcho parameters are hidden in
 * the log from here on.
 *
 * @throws ProblemError with everything that is wrong with the source
 */
export async function assemble(
  request: LoadRequest,
  { output, cache }: AssembleOptions,
  log: Log,
): Promise<Assembled> {
  const loaded = await log.group('Load source', (each) => loadSource(request, each));
  const stacks = loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts;
  for (const stack of stacks) hideSecrets(stack, log);
  if (loaded.kind === 'built') return { assembly: loaded.assembly, warnings: [], toSave: undefined };
  const packaged = await log.group('Package', (each) =>
    packageAssets({ ...loaded, space: request.space, output, cache: cache?.(each) }, each),
  );
  return { ...packaged, warnings: loaded.warnings };
}

function hideSecrets(
  { template, parameters }: Pick<StackAssembly, 'template' | 'parameters'>,
  log: Log,
): void {
  for (const name of noEchoParameters(template.template)) log.secret(parameters[name] ?? '');
}
