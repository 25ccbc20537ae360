import { ProblemError } from '../problem.ts';

/** What a stack is known by. */
interface Selectable {
  readonly id: string;
  readonly stackName: string;
  readonly displayName?: string;
  readonly dependsOn: readonly string[];
}

/** The stacks that are meant, and those that came along. */
export interface Selection<T> {
  /** In the order of the assembly. */
  readonly stacks: readonly T[];
  /** Not named, but others depend on them. */
  readonly alongside: readonly T[];
}

/**
 * The stacks that the patterns name, and all that they depend on.
 *
 * @param patterns names, construct paths, or globs of these: `*` is anything but a slash, `**` anything
 * @throws ProblemError for each pattern that fits none
 */
export function selectStacks<T extends Selectable>(
  stacks: readonly T[],
  patterns: readonly string[],
): Selection<T> {
  const idle = patterns.filter((pattern) => !stacks.some((stack) => fits(stack, pattern)));
  if (idle.length > 0) {
    throw new ProblemError(
      idle.map((pattern) => ({
        subject: 'input stacks',
        message: `there is no stack ${pattern}`,
        next: `There are: ${stacks.map(({ displayName, id }) => displayName ?? id).join(', ')}.`,
      })),
    );
  }
  const named = new Set(stacks.filter((stack) => patterns.some((pattern) => fits(stack, pattern))));
  const wanted = new Set([...named].map(({ id }) => id));
  // A set that grows while it is gone through ends when nothing new comes up.
  for (const id of wanted) {
    for (const other of stacks.find((stack) => stack.id === id)?.dependsOn ?? []) wanted.add(other);
  }
  const selected = stacks.filter(({ id }) => wanted.has(id));
  return { stacks: selected, alongside: selected.filter((stack) => !named.has(stack)) };
}

const fits = ({ id, stackName, displayName }: Selectable, pattern: string): boolean =>
  [id, stackName, displayName ?? id].some((name) => name === pattern || globOf(pattern).test(name));

function globOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) =>
      part === '**'
        ? '.*'
        : part === '*'
          ? '[^/]*'
          : part === '?'
            ? '[^/]'
            : part.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${source.join('')}$`);
}
