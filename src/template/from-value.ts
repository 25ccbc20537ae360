import { ProblemError } from '../problem.ts';
import type { TemplateDocument } from './document.ts';
import type { Template } from './types.ts';

/**
 * A generated template: JSON, two spaces, in the order of its keys. The same value gives the same text everywhere.
 *
 * @param file what people are told the template came from
 */
export function templateDocument(template: Template, file: string): TemplateDocument {
  const text = `${JSON.stringify(template, undefined, 2)}\n`;
  return { file, format: 'json', text, template, locate: () => ({ file }) };
}

/** The template as CloudFormation limits it: at most 1 MB of text (1,000,000 bytes). */
export function checkTemplateSize(document: TemplateDocument): void {
  const bytes = Buffer.byteLength(document.text);
  if (bytes > 1_000_000) {
    throw new ProblemError({
      message: `the template has ${bytes.toLocaleString('en')} bytes; CloudFormation takes 1,000,000`,
      place: { file: document.file },
      next: 'Split it into nested stacks.',
    });
  }
}
