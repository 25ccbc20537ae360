import type { Problem } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import type { TemplateDocument } from '../document.ts';
import { declaredResources } from '../resources.ts';
import {
  type Expansion,
  expansionOf,
  LANGUAGE_EXTENSIONS,
  missingTransforms,
  SAM,
  transformsOf,
} from '../transforms.ts';
import { isObject, own } from '../types.ts';
import { sizeProblem } from '../write/from-value.ts';
import { conditionCycleProblems, cycleProblems } from './cycles.ts';
import { danglingProblems } from './dangling.ts';
import { headerProblems } from './header.ts';
import { shapeProblems } from './intrinsic-shapes.ts';
import { mappingProblems } from './mappings.ts';
import { outputProblems } from './outputs.ts';
import { declarationProblems } from './parameters.ts';
import { attributeProblems } from './resource-attributes.ts';

/** Source: AWS CloudFormation User Guide, "CloudFormation quotas". */
const LIMITS: Readonly<Record<string, number>> = {
  Resources: 500,
  Outputs: 200,
  Parameters: 200,
  Mappings: 200,
};

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Globals',
  'Hooks',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
]);

/**
 * Everything that CloudFormation would refuse the template for and that can be seen without asking it, at once.
 * What transforms may add is not judged.
 */
export function validateTemplate(document: TemplateDocument): Problem[] {
  const size = sizeProblem(document);
  const missing = [...transformProblems(document)];
  // Without its transform, SAM's references to what it makes would all be reported, too.
  const expansion = missing.length > 0 ? 'anything' : expansionOf(document.template);
  return [
    ...(size ? [size] : []),
    ...sectionProblems(document),
    ...missing,
    ...resourceProblems(document, expansion),
    ...danglingProblems(document, expansion),
    ...(expansion === 'nothing' ? cycleProblems(document) : []),
    ...(isAsWritten(document, expansion) ? writtenProblems(document) : []),
  ];
}

/** Whether nothing but resources is rewritten, by transforms that are known to leave the rest alone. */
const isAsWritten = ({ template }: TemplateDocument, expansion: Expansion): boolean =>
  expansion !== 'anything' &&
  transformsOf(template).every((each) => each === SAM || each === LANGUAGE_EXTENSIONS);

/** What is wrong with what no transform rewrites. */
function* writtenProblems(document: TemplateDocument): Generator<Problem> {
  yield* headerProblems(document);
  yield* declarationProblems(document);
  yield* mappingProblems(document);
  const { template, locate } = document;
  if (template.Conditions !== undefined && !isObject(template.Conditions))
    yield { message: 'Conditions has to be a map', place: locate(['Conditions']) };
  yield* conditionCycleProblems(document);
  yield* attributeProblems(document);
  yield* shapeProblems(document);
  yield* outputProblems(document);
}

function* transformProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  for (const { what, transform, path } of missingTransforms(template)) {
    yield {
      message: `${what} needs the transform ${transform}, which the template does not declare`,
      place: locate(path),
      next: `Add Transform: ${transform} at the top.`,
    };
  }
}

function* sectionProblems({ template, locate }: TemplateDocument): Generator<Problem> {
  for (const [name, section] of Object.entries(template)) {
    if (!SECTIONS.has(name)) {
      const meant = closest(name, SECTIONS);
      yield {
        message: `unknown section ${name}`,
        place: locate([name]),
        next: meant ? `Write ${meant} if that is meant.` : `Sections are ${[...SECTIONS].join(', ')}.`,
      };
    }
    const limit = own(LIMITS, name);
    if (limit === undefined) continue;
    if (!isObject(section)) {
      yield { message: `${name} has to be a map`, place: locate([name]) };
      continue;
    }
    const count = Object.keys(section).length;
    if (count > limit) {
      yield {
        message: `${count} ${name.toLowerCase()}; CloudFormation takes ${limit} in a template`,
        place: locate([name]),
        next: name === 'Resources' ? 'Split it into nested stacks.' : 'Remove some.',
      };
    }
  }
  if (isObject(template.Resources) && Object.keys(template.Resources).length === 0) {
    yield {
      message: 'Resources is empty',
      place: locate(['Resources']),
      next: 'Declare at least one resource.',
    };
  }
}

function* resourceProblems({ template, locate }: TemplateDocument, expansion: Expansion): Generator<Problem> {
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) && !id.startsWith('Fn::'))
      yield { subject: id, message: 'a resource has to be a map', place: locate(['Resources', id]) };
  }
  for (const { id, path, resource, looped } of declaredResources(template)) {
    if (id.startsWith('Fn::')) continue;
    const { Type, Properties } = resource;
    if (!looped && !/^[A-Za-z0-9]{1,255}$/.test(id)) {
      const message = 'a logical ID has letters and digits only, up to 255';
      yield { subject: id, message, place: locate(path) };
    }
    if (typeof Type !== 'string' && expansion !== 'anything') {
      const next = 'Add one, such as AWS::Lambda::Function.';
      yield { subject: id, message: 'the resource has no Type', place: locate(path), next };
    } else if (Properties !== undefined && Properties !== null && !isObject(Properties)) {
      yield { subject: id, message: 'Properties has to be a map', place: locate([...path, 'Properties']) };
    }
  }
}
