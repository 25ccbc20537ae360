import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { ProblemError, problemLine } from '../problem.ts';
import { loadSource } from '../stages/assemble/load-source.ts';
import { runOf } from './run.ts';

/**
 * The stack that a command is about: the input, or what the source says now. What an earlier run left in `.sparta` is not
 * asked, as it may have been about another stack.
 *
 * @throws ProblemError when neither says it, or the source has several
 */
export async function stackNameOf(inputs: Inputs, host: Host): Promise<string> {
  if (inputs.stackName) return inputs.stackName;
  const names = await namesOf(inputs, host);
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return only;
  throw new ProblemError({
    subject: 'input stack-name',
    message: `the command ${inputs.command} is about one stack, and the source has ${names.length}: ${names.join(', ')}`,
    next: 'Set the input stack-name to one of them.',
  });
}

async function namesOf(inputs: Inputs, host: Host): Promise<readonly string[]> {
  const run = runOf(inputs, host, { noop: true, aws: undefined });
  try {
    const loaded = await loadSource(run, host.log);
    if (loaded.kind === 'service') return [loaded.loaded.service.name];
    const stacks = loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts;
    return stacks.map(({ stackName }) => stackName);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const subject = 'input stack-name';
    // It is named once.
    const why = error.problems.map((problem) =>
      problemLine({
        ...problem,
        subject: problem.subject === subject ? undefined : problem.subject,
        next: undefined,
      }),
    );
    throw new ProblemError({
      subject,
      message: `nothing says which stack the command ${inputs.command} is about: ${why.join('; ')}`,
      next: 'Set the input stack-name.',
    });
  }
}
