import type { Workspace } from '../../packaging/workspace/workspace.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { StackDraft } from '../draft.ts';
import { inOrder } from '../order.ts';
import { parametersByStack } from '../parameters.ts';
import { selectStacks } from '../select.ts';
import { readStack } from './draft.ts';
import { fileName } from './read.ts';
import { circularValues, type Sharing, sameExports, sharedValues, takings } from './shared-values.ts';
import { type CdkStack, findStacks } from './stacks.ts';

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
  const named: StackDraft[] = [];
  const readOne: ReadOne = (stack, found) =>
    readStack(space, stack, { given: source.parameters, problems: found });
  for (const stack of stacks) {
    const found = await readOne(stack, problems);
    if (found === 'empty') {
      const place = { file: stack.file };
      warnings.push({ subject: stack.displayName, message: 'the stack is empty and is left out', place });
    } else if (found) named.push(found);
  }
  const left = all.filter(({ id }) => !stacks.some((stack) => stack.id === id));
  const givers = await giversOf(named, left, readOne);
  problems.push(...givers.flatMap((each) => each.problems));
  const read = [...givers.map(({ draft }) => draft), ...named];
  const { given, problems: wrong } = parametersByStack(read, source.parameters);
  problems.push(...wrong);
  if (problems.length > 0) throw new ProblemError(problems);
  const drafts = read.map(
    (draft): StackDraft => ({
      ...draft,
      parameters: { ...draft.parameters, ...given.get(draft.id) },
      tags: { ...draft.tags, ...source.tags },
    }),
  );
  return {
    drafts: inOrderOfValues(drafts),
    warnings,
    alongside: [...alongside, ...givers.map(({ draft }) => draft)].map(
      ({ displayName, id }) => displayName ?? id,
    ),
  };
}

/**
 * After those that are declared come those that take values of others.
 *
 * @throws ProblemError when they wait for one another, or give the same
 */
function inOrderOfValues(drafts: readonly StackDraft[]): readonly StackDraft[] {
  if (drafts.length < 2) return drafts.map((draft) => ({ ...draft, dependsOn: [] }));
  const sharing = drafts.map((draft) => ({ draft, shared: sharedValues(draft) }));
  const twice = sameExports(sharing);
  if (twice.length > 0) throw new ProblemError(twice);
  const all = takings(sharing, sharing);
  const ids = new Set(drafts.map(({ id }) => id));
  const linked = drafts.map((draft): StackDraft => {
    const givers = all.filter(({ taker }) => taker === draft.id).map(({ giver }) => giver);
    return { ...draft, dependsOn: [...new Set([...draft.dependsOn, ...givers])].filter((id) => ids.has(id)) };
  });
  const { ordered, circle } = inOrder(linked);
  if (circle.length === 0) return ordered;
  throw new ProblemError(circularValues(all, circle));
}

/** Reads a stack; what is wrong with it is added to the problems. */
type ReadOne = (stack: CdkStack, problems: Problem[]) => ReturnType<typeof readStack>;

/** A stack that may be needed. */
interface Candidate extends Sharing {
  readonly draft: StackDraft;
  /** What is wrong with it, told only if it is needed. */
  readonly problems: readonly Problem[];
}

/**
 * Stacks that nobody named and that give values which the named ones take, with all that these need in turn. Where several
 * give the same, it is not for us to say which is meant.
 */
async function giversOf(
  named: readonly StackDraft[],
  left: readonly CdkStack[],
  readOne: ReadOne,
): Promise<readonly Candidate[]> {
  if (left.length === 0) return [];
  const takers: Sharing[] = named.map((draft) => ({ draft, shared: sharedValues(draft) }));
  const met = new Set(takers.flatMap(({ shared }) => [...shared.gives]));
  if (takers.every(({ shared }) => [...shared.takes].every((value) => met.has(value)))) return [];
  const others: Candidate[] = [];
  for (const stack of left) {
    const problems: Problem[] = [];
    const draft = await readOne(stack, problems);
    if (draft && draft !== 'empty') others.push({ draft, problems, shared: sharedValues(draft) });
  }
  const wanted = new Set<Candidate>();
  const need = (ids: readonly string[]): void => {
    for (const other of others.filter(({ draft }) => ids.includes(draft.id))) {
      if (wanted.has(other)) continue;
      wanted.add(other);
      takers.push(other);
      need(other.draft.dependsOn);
    }
  };
  // A list that grows while it is gone through ends when nothing new comes up.
  for (const taker of takers) {
    const byValue = Map.groupBy(takings([taker], others), ({ value }) => value);
    for (const [only, ...more] of byValue.values()) if (only && more.length === 0) need([only.giver]);
  }
  return [...wanted];
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
