import { LIMITS } from '../../../limits.ts';
import type { Problem } from '../../../problem.ts';
import { scalarText } from '../../types.ts';
import type { Judged } from '../judged.ts';

/** The only one there is. Source: CloudFormation template reference, "Template format version". */
const FORMAT_VERSION = '2010-09-09';

/** What is wrong with what a template says of itself. */
export function* headerProblems({ template, locate }: Judged): Generator<Problem> {
  const { AWSTemplateFormatVersion: version, Description: description } = template;
  // YAML may have it as a date, which may go on with a time.
  if (version !== undefined && version !== null && !scalarText(version).trim().startsWith(FORMAT_VERSION)) {
    yield {
      message: `unknown AWSTemplateFormatVersion ${JSON.stringify(version)}`,
      place: locate(['AWSTemplateFormatVersion']),
      next: `Write '${FORMAT_VERSION}'.`,
    };
  }
  const place = () => locate(['Description']);
  if (typeof description === 'object' && description !== null)
    yield { message: 'Description has to be a text', place: place(), next: 'Write it without functions.' };
  const bytes = Buffer.byteLength(scalarText(description));
  if (bytes > LIMITS.template.description) {
    const message = `Description has ${bytes} bytes; CloudFormation takes ${LIMITS.template.description}`;
    yield { message, place: place(), next: 'Shorten it.' };
  }
}
