import type { Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { StackDraft } from '../draft.ts';
import { inOrder } from '../order.ts';
import { parametersByStack } from '../parameters.ts';
import { selectStacks } from '../select.ts';
import { type ReadStack, readStack } from './draft.ts';
import { fileName } from './read.ts';
import { type CdkStack, circular, findStacks } from './stacks.ts';

export interface CdkSource {
  /** Absolute path of the cloud assembly, inside of the workspace. */
  readonly path: string;
  /** Which stacks are meant; `undefined`: those of the application itself. */
  readonly stacks: readonly string[] | undefined;
  /** `Name`, or `Stack:Name` for one stack only. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface CdkDrafts {
  readonly drafts: readonly StackDraft[];
  readonly warnings: readonly Problem[];
  /** Construct paths of stacks that others depend on and that nobody asked for. */
  readonly alongside: readonly string[];
}

/**
 * Reads what `cdk synth` wrote: the stacks that are meant, with their templates and assets. Nothing of it is executed,
 * and nothing is read from outside of the workspace.
 *
 * @throws ProblemError with everything that is wrong with it
 */
export async function loadCdk(space: Workspace, source: CdkSource): Promise<CdkDrafts> {
  const all = await findStacks(space, source.path);
  const { stacks, alongside } = selectStacks(all, source.stacks ?? byDefault(all, space, source.path));
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const read: ReadStack[] = [];
  for (const stack of stacks) {
    const found = await readStack(space, stack, source.parameters, problems);
    if (found === 'empty') {
      const place = { file: stack.file };
      warnings.push({ subject: stack.displayName, message: 'the stack is empty and is left out', place });
    } else if (found) read.push(found);
  }
  const { given, problems: wrong } = parametersByStack(
    read.map(({ draft }) => draft),
    source.parameters,
  );
  problems.push(...wrong);
  if (problems.length > 0) throw new ProblemError(problems);
  const ids = new Set(read.map(({ draft }) => draft.id));
  const drafts = read.map(({ draft, reads }): StackDraft => {
    const sources = read
      .filter((other) => reads.includes(other.draft.stackName))
      .map((other) => other.draft.id);
    return {
      ...draft,
      parameters: { ...draft.parameters, ...given.get(draft.id) },
      tags: { ...draft.tags, ...source.tags },
      dependsOn: [...new Set([...draft.dependsOn, ...sources])].filter(
        (id) => ids.has(id) && id !== draft.id,
      ),
    };
  });
  const { ordered, circle } = inOrder(drafts);
  if (circle.length > 0) throw new ProblemError(circular(circle));
  return { drafts: ordered, warnings, alongside: alongside.map(({ displayName }) => displayName) };
}

/**
 * The stacks of the application itself. Stages are environments (test, production): which one is meant has to be said.
 */
function byDefault(all: readonly CdkStack[], space: Workspace, path: string): readonly string[] {
  const own = all.filter(({ inStage }) => !inStage);
  if (own.length === all.length && all.length > 0) return own.map(({ id }) => id);
  throw new ProblemError({
    subject: 'input stacks',
    message:
      all.length === 0
        ? 'the cloud assembly holds no stack'
        : `the application has stages, and it is not said which stacks are meant: ${all
            .map(({ displayName }) => displayName)
            .join(', ')}`,
    place: { file: fileName(space, path) },
    next: all.length === 0 ? 'Run cdk synth again.' : 'Set the input stacks, for example to Prod/*.',
  });
}
