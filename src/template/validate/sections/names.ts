import { LIMITS } from '../../../limits.ts';
import type { Problem } from '../../../problem.ts';
import { isObject } from '../../types.ts';
import type { Judged } from '../judged.ts';

const ALPHANUMERIC = new RegExp(`^[A-Za-z0-9]{1,${LIMITS.template.name}}$`);
const SAYS = `has letters and digits only, up to ${LIMITS.template.name}`;

/** Sections whose entries have names of letters and digits, and what such a name is called. */
const SECTIONS = {
  Parameters: 'the name of a parameter',
  Mappings: 'the name of a mapping',
  Rules: 'the name of a rule',
};

/**
 * Names that CloudFormation does not take.
 *
 * It answers "Parameter name my-name is non alphanumeric.", "Resource name my-queue is non alphanumeric." and "all
 * resources and parameters must have unique names. Common name(s):[Name]".
 * Sources: CloudFormation template reference, "Resources", "Parameters", "Mappings"; the first two answers as LocalStack's
 * tests recorded them, the third, https://github.com/aws-cloudformation/cfn-lint/issues/1689.
 */
export function* nameProblems({ template, locate, isExtended }: Judged): Generator<Problem> {
  for (const [section, what] of Object.entries(SECTIONS)) {
    const entries = template[section];
    for (const name of Object.keys(isObject(entries) ? entries : {})) {
      if (name.startsWith('Fn::') || ALPHANUMERIC.test(name)) continue;
      // Loops complete names.
      if (isExtended && /[$&]\{/.test(name)) continue;
      yield {
        subject: name,
        message: `${what} ${SAYS}`,
        place: locate([section, name]),
        next: 'Rename it.',
      };
    }
  }
  const { Parameters, Resources } = template;
  for (const name of Object.keys(isObject(Parameters) ? Parameters : {})) {
    if (!Object.hasOwn(Resources, name)) continue;
    yield {
      subject: name,
      message: 'a parameter and a resource have this name',
      place: locate(['Parameters', name]),
      next: 'Rename one of them.',
    };
  }
}

/** Logical IDs of resources and outputs. */
export function idProblem(id: string): string | undefined {
  return ALPHANUMERIC.test(id) ? undefined : `a logical ID ${SAYS}`;
}
