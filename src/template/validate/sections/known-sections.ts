import { LIMITS } from '../../../limits.ts';
import type { Problem } from '../../../problem.ts';
import { closest } from '../../../text/closest.ts';
import { isObject, type JsonObject, own } from '../../types.ts';
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
    const problem = tooMany(name, section);
    if (problem) yield { ...problem, place: locate([name]) };
  }
  if (isObject(template.Resources) && Object.keys(template.Resources).length === 0) {
    yield {
      message: 'Resources is empty',
      place: locate(['Resources']),
      next: 'Declare at least one resource.',
    };
  }
}

function tooMany(name: string, section: JsonObject): Problem | undefined {
  const count = Object.keys(section).length;
  const limit = own(MOST, name);
  if (limit === undefined || count <= limit) return undefined;
  return {
    message: `${count} ${name.toLowerCase()}; CloudFormation takes ${limit} in a template`,
    next: name === 'Resources' ? 'Split it into nested stacks.' : 'Remove some.',
  };
}

/** Sections that transforms have made longer than CloudFormation takes: it counts what they make. */
export function* madeCountProblems({ template, locate }: Judged): Generator<Problem> {
  for (const name of Object.keys(MOST)) {
    const section = own(template, name);
    const problem = isObject(section) ? tooMany(name, section) : undefined;
    if (problem) yield { ...problem, message: `transforms make ${problem.message}`, place: locate([name]) };
  }
}
