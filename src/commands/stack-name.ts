import { join, resolve } from 'node:path';
import { readAssembly } from '../assembly/store.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { ProblemError } from '../problem.ts';

/**
 * The stack that a command is about: the input, or what the assembly in `.sparta` says.
 *
 * @throws ProblemError when neither says it
 */
export async function stackNameOf(inputs: Inputs, host: Host): Promise<string> {
  if (inputs.stackName) return inputs.stackName;
  const folder = join(resolve(host.workspace, inputs.workingDirectory), '.sparta');
  const assembly = await readAssembly(folder).catch(() => undefined);
  const [only, ...others] = assembly?.stacks ?? [];
  if (only && others.length === 0) return only.stackName;
  throw new ProblemError({
    subject: 'input stack-name',
    message: `nothing says which stack the command ${inputs.command} is about`,
    next: 'Set the input stack-name.',
  });
}
