import type { Problem } from '../problem.ts';
import type { TemplateDocument } from '../template/document.ts';
import { declaredParameters } from '../template/parameters.ts';

/** A stack, as far as it takes parameters. */
interface Declaring {
  readonly id: string;
  readonly stackName: string;
  readonly displayName?: string;
  readonly template: TemplateDocument;
}

/**
 * Gives each of several stacks the parameters that it declares; one that no stack declares is a problem.
 *
 * @param values by `Name`, or by `Stack:Name` for one stack only
 */
export function parametersByStack(
  stacks: readonly Declaring[],
  values: Readonly<Record<string, string>>,
): {
  readonly given: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly problems: readonly Problem[];
} {
  const given = new Map<string, Record<string, string>>();
  const problems: Problem[] = [];
  for (const [written, value] of Object.entries(values)) {
    const takers = stacks.filter((stack) => takenBy(stack, written) !== undefined);
    for (const stack of takers)
      given.set(stack.id, { ...given.get(stack.id), [takenBy(stack, written) ?? '']: value });
    if (takers.length > 0) continue;
    problems.push({
      subject: 'input parameters',
      message: `no stack that is meant declares a parameter ${written}`,
      next: 'Correct the name; Stack:Name is the parameter of one stack.',
    });
  }
  return { given, problems };
}

/** What of the values is meant for one stack. */
export const parametersFor = (
  stack: Declaring,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([written, value]) => {
      const name = takenBy(stack, written);
      return name === undefined ? [] : [[name, value]];
    }),
  );

/** The parameter of the stack that `Name` or `Stack:Name` means; `undefined`: none. */
function takenBy({ id, stackName, displayName, template }: Declaring, written: string): string | undefined {
  const [, scope, name = ''] = /^(?:([^:]+):)?([^:]+)$/.exec(written) ?? [];
  const isMeant = scope === undefined || [id, stackName, displayName].includes(scope);
  return isMeant && Object.hasOwn(declaredParameters(template.template), name) ? name : undefined;
}
