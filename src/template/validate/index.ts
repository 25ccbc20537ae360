import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { templateReferences } from '../resource-references.ts';
import { missingTransforms } from '../transforms.ts';
import { sizeProblem } from '../write/from-value.ts';
import { conditionCycleProblems, cycleProblems } from './cycles.ts';
import { danglingProblems } from './dangling.ts';
import { type Judged, judged } from './judged.ts';
import { literalLookupProblems } from './lookups.ts';
import { conditionProblems } from './sections/conditions.ts';
import { headerProblems } from './sections/header.ts';
import { keyProblems } from './sections/keys.ts';
import { sectionProblems } from './sections/known-sections.ts';
import { mappingProblems } from './sections/mappings.ts';
import { nameProblems } from './sections/names.ts';
import { outputProblems } from './sections/outputs.ts';
import { declarationProblems } from './sections/parameters.ts';
import { attributeProblems } from './sections/resource-attributes.ts';
import { resourceProblems } from './sections/resources.ts';
import { ruleProblems } from './sections/rules.ts';
import { valueProblems } from './values.ts';

/**
 * Everything that CloudFormation would refuse the template for and that can be seen without asking it, at once.
 * What transforms may add, or make right, is not judged.
 */
export function validateTemplate(document: TemplateDocument): Problem[] {
  const size = sizeProblem(document);
  const subject = judged(document);
  const missing = [...transformProblems(subject)];
  // Without its transform, SAM's references to what it makes would all be reported, too.
  const known: Judged =
    missing.length > 0 ? { ...subject, expansion: 'anything', isAsWritten: false } : subject;
  const references = known.expansion === 'anything' ? [] : templateReferences(known.template);
  return [
    ...(size ? [size] : []),
    ...sectionProblems(known),
    ...missing,
    ...resourceProblems(known),
    ...danglingProblems(known, references),
    ...(known.expansion === 'nothing' ? cycleProblems(known, references) : []),
    ...(known.isAsWritten ? writtenProblems(known) : []),
  ];
}

/** What is wrong with what no transform rewrites. */
function* writtenProblems(subject: Judged): Generator<Problem> {
  yield* headerProblems(subject);
  yield* nameProblems(subject);
  yield* keyProblems(subject);
  yield* declarationProblems(subject);
  yield* mappingProblems(subject);
  yield* conditionProblems(subject);
  yield* conditionCycleProblems(subject);
  yield* ruleProblems(subject);
  yield* attributeProblems(subject);
  yield* valueProblems(subject);
  yield* literalLookupProblems(subject);
  yield* outputProblems(subject);
}

function* transformProblems({ template, locate, functions }: Judged): Generator<Problem> {
  for (const { what, transform, path } of missingTransforms(template, functions)) {
    yield {
      message: `${what} needs the transform ${transform}, which the template does not declare`,
      place: locate(path),
      next: `Add Transform: ${transform} at the top.`,
    };
  }
}
