import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { templateReferences } from '../resource-references.ts';
import { own, type Template } from '../types.ts';
import { cycleProblems } from './cycles.ts';
import { danglingProblems } from './dangling.ts';
import { type Judged, judged } from './judged.ts';
import { lookupProblems } from './lookups.ts';
import { madeCountProblems } from './sections/known-sections.ts';
import { attributeProblems } from './sections/resource-attributes.ts';
import { unmadeProblems } from './unmade.ts';
import { madeValueProblems } from './values.ts';

/** What SAM makes of a template. */
export interface MadeTemplate {
  readonly template: Template;
  /** The resource of the author's template, by the logical IDs of those that it is made into. */
  readonly madeBy: Readonly<Record<string, string>>;
}

/**
 * What CloudFormation would refuse in what SAM makes of the author's template: references to what is not there, functions
 * with wrong arguments, policies that a type does not have, circles, more than fits. What SAM takes over as it is can be seen only there, also what `Globals` say.
 *
 * @param document the author's, where the problems are told
 * @param known values of parameters and pseudo parameters, by name
 */
export function madeProblems(
  { template, madeBy }: MadeTemplate,
  document: TemplateDocument,
  known: Readonly<Record<string, string>>,
): Problem[] {
  const written = judged(document);
  const maker = (id: string): string => own(madeBy, id) ?? id;
  const made = Object.entries(template.Resources).filter(([id]) => Object.hasOwn(madeBy, id));
  const subject: Judged = {
    ...judged({ ...document, template }),
    // What the extensions leave to CloudFormation is more than other templates may say.
    isExtended: written.isExtended,
    locate: ([section = '', id = '', ...rest]) =>
      document.locate(
        section === 'Resources' ? [section, maker(String(id)), ...rest] : [section, id, ...rest],
      ),
  };
  const onlyMade: Judged = { ...subject, template: { ...template, Resources: Object.fromEntries(made) } };
  const references = templateReferences(template);
  const problems = [
    ...madeCountProblems(subject),
    ...danglingProblems(subject, references),
    ...cycleProblems(subject, references),
    ...unmadeProblems(subject, known),
    ...lookupProblems(subject, known),
    ...madeValueProblems(onlyMade),
    ...attributeProblems(onlyMade),
  ];
  // One word of the author may stand in several places of what is made of it.
  const told = problems.map((problem) => ({
    ...problem,
    ...(problem.subject !== undefined && { subject: maker(problem.subject) }),
  }));
  return [...new Map(told.map((problem) => [JSON.stringify(problem), problem])).values()];
}
