import { LIMITS } from '../../../limits.ts';
import type { Problem } from '../../../problem.ts';
import { closest } from '../../../text/closest.ts';
import { isObject, own } from '../../types.ts';
import type { Judged } from '../judged.ts';

/** Entries that a section may have. */
const MOST: Readonly<Record<string, number>> = {
  Resources: LIMITS.template.resources,
  Outputs: LIMITS.template.outputs,
  Parameters: LIMITS.template.parameters,
  Mappings: LIMITS.template.mappings,
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

/** What is wrong with the sections of a template as such. */
export function* sectionProblems({ template, locate, expansion }: Judged): Generator<Problem> {
  for (const [name, section] of Object.entries(template)) {
    if (!SECTIONS.has(name)) {
      const meant = closest(name, SECTIONS);
      yield {
        message: `unknown section ${name}`,
        place: locate([name]),
        next: meant ? `Write ${meant} if that is meant.` : `Sections are ${[...SECTIONS].join(', ')}.`,
      };
    }
    const limit = own(MOST, name);
    // A transform may leave out what is empty.
    if (limit === undefined || (section === null && expansion !== 'nothing')) continue;
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
