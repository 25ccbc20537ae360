import { LIMITS } from '../../limits.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import type { Template } from '../types.ts';

/**
 * A generated template: JSON, two spaces, in the order of its keys. The same value gives the same text everywhere.
 *
 * @param file what people are told the template came from
 */
export function templateDocument(template: Template, file: string): TemplateDocument {
  const text = `${JSON.stringify(template, undefined, 2)}\n`;
  return { file, format: 'json', text, template, locate: () => ({ file }) };
}

/** What is wrong with the length of the text, if anything. */
export function sizeProblem(document: TemplateDocument): Problem | undefined {
  const bytes = Buffer.byteLength(document.text);
  if (bytes <= LIMITS.template.bytes) return undefined;
  return {
    message: `the template has ${bytes.toLocaleString('en')} bytes; CloudFormation takes ${LIMITS.template.bytes.toLocaleString('en')}`,
    place: { file: document.file },
    next: 'Split it into nested stacks.',
  };
}

/**
 * Checks the text that is about to be sent.
 *
 * @throws ProblemError when it is longer than CloudFormation takes
 */
export function checkTemplateSize(document: TemplateDocument): void {
  const problem = sizeProblem(document);
  if (problem) throw new ProblemError(problem);
}
