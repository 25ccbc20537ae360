import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { StackHere } from '../../local/functions/from-assembly.ts';
import { type Assembled, assemble } from '../../stages/assemble/index.ts';
import { functionsHere, servedBy } from '../../stages/here/functions.ts';
import type { Run } from '../../stages/run.ts';
import { codeFolders, refuseUntrusted } from '../../stages/trust.ts';
import { connectTo, runOf } from '../run.ts';

/** A service that was built and can be run on this machine. */
export interface Prepared extends Pick<Assembled, 'assembly' | 'warnings' | 'toSave' | 'programs'> {
  readonly stacks: readonly StackHere[];
  readonly run: Run;
}

/** What a stack is called that nothing names; only functions that ask for its name see it. */
const NO_NAME = 'local';

/**
 * Builds the service as a deployment does, and finds its functions: what runs here is the archive that would be deployed.
 *
 * @throws ProblemError when the source is wrong, or its code must not be run with the rights of this run
 */
export async function prepare(inputs: Inputs, host: Host): Promise<Prepared> {
  const plain = runOf(inputs, host, { noop: true, aws: undefined });
  const source = { ...plain.source, fallbackName: NO_NAME };
  await refuseUntrusted(source.trust, ...codeFolders(source));
  const aws = inputs.resolve === 'deployed' ? await connectTo(inputs, host) : undefined;
  const run = { ...plain, source, aws };
  const assembled = await assemble(run);
  return {
    ...assembled,
    stacks: await functionsHere(assembled.assembly, run, servedBy(inputs.command)),
    run,
  };
}
