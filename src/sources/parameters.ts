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
    const [, scope, name = ''] = /^(?:([^:]+):)?([^:]+)$/.exec(written) ?? [];
    const takers = stacks.filter(
      ({ id, stackName, displayName, template }) =>
        (scope === undefined || [id, stackName, displayName].includes(scope)) &&
        Object.hasOwn(declaredParameters(template.template), name),
    );
    for (const { id } of takers) given.set(id, { ...given.get(id), [name]: value });
    if (takers.length > 0) continue;
    problems.push({
      subject: 'input parameters',
      message: `no stack that is meant declares a parameter ${written}`,
      next: 'Correct the name; Stack:Name is the parameter of one stack.',
    });
  }
  return { given, problems };
}
