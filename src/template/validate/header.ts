import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { scalarText } from '../types.ts';

/** The only one there is. Source: CloudFormation template reference, "Template format version". */
const FORMAT_VERSION = '2010-09-09';
/** Source: CloudFormation User Guide, "CloudFormation quotas". */
const DESCRIPTION_BYTES = 1024;

/** What is wrong with what a template says of itself. */
export function* headerProblems({ template, locate }: TemplateDocument): Generator<Problem> {
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
  if (bytes > DESCRIPTION_BYTES) {
    const message = `Description has ${bytes} bytes; CloudFormation takes ${DESCRIPTION_BYTES}`;
    yield { message, place: place(), next: 'Shorten it.' };
  }
}
