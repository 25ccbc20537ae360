import { ProblemError } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { isObject, type Json, type Template } from '../types.ts';
import { parseJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedText } from './parsed.ts';

/** CloudFormation takes at most 1 MB; nothing that a template could become fits once its source is this large. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads a CloudFormation or SAM template, YAML with all short-form tags or JSON. As CloudFormation reads them,
 * `0123456789012` and `1.10` stay as text, dates stay strings, `yes` and `off` are truths, and of keys that stand in a map
 * twice, the last one is taken.
 *
 * @param source the file's bytes, or its text
 * @param file path for people
 * @param known its format, where that cannot be seen from the text and the file's name
 * @throws ProblemError with every syntax problem, each with its line and column
 */
export function parseTemplate(
  source: Uint8Array | string,
  file: string,
  known?: 'yaml' | 'json',
): TemplateDocument {
  const text = (typeof source === 'string' ? source : decode(source, file)).replace(/^\uFEFF/, '');
  if (text.length > MAX_BYTES) {
    throw new ProblemError({
      message: `the template has ${Math.ceil(text.length / 1024 / 1024)} MB; CloudFormation takes 1 MB`,
      place: { file },
      next: 'Split it into nested stacks.',
    });
  }
  if (text.includes('\0')) throw new ProblemError(binary(file));
  if (text.trim() === '') {
    throw new ProblemError({
      message: 'the template is empty',
      place: { file },
      next: 'Add a Resources section.',
    });
  }
  const format =
    known ?? (/^\s*[{[]/.test(text) && !file.endsWith('.yaml') && !file.endsWith('.yml') ? 'json' : 'yaml');
  const parsed = (format === 'json' ? parseJson : parseYaml)(text, file, AS_CLOUDFORMATION);
  const { duplicates: warnings, locate } = parsed;
  return { file, format, text, template: templateOf(parsed, file), warnings, locate };
}

/** As CloudFormation reads templates. */
const AS_CLOUDFORMATION = { duplicateKeys: 'last', scalars: 'template' } as const;

/**
 * Reads the template of a stack that is deployed: CloudFormation has taken it, whoever wrote it, so as little as possible
 * of it is refused.
 *
 * @param file what people are told it is
 * @throws ProblemError when it cannot be read for sure: rather no comparison than a wrong one
 */
export function parseDeployed(text: string, file: string): Template {
  const options = { ...AS_CLOUDFORMATION, isDeployed: true };
  const content = text.replace(/^\uFEFF/, '');
  if (/^\s*\{/.test(content)) {
    try {
      return templateOf(parseJson(content, file, options), file);
    } catch {
      // YAML may have braces, too.
    }
  }
  return templateOf(parseYaml(content, file, options), file);
}

/**
 * Reads a part of a template that is a file of its own, as templates are read.
 *
 * @throws ProblemError with every syntax problem
 */
export const parseSnippet = (text: string, file: string): Json =>
  (/^\s*[{[]/.test(text) ? parseJson : parseYaml)(text.replace(/^\uFEFF/, ''), file, AS_CLOUDFORMATION).value;

function templateOf({ value, locate }: ParsedText, file: string): Template {
  if (!isObject(value)) {
    throw new ProblemError({
      message: `a template is a map with a Resources section, but this is ${kindOf(value)}`,
      place: { file, line: 1, column: 1 },
    });
  }
  if (!isObject(value.Resources)) {
    throw new ProblemError({
      message: Object.hasOwn(value, 'Resources')
        ? `Resources has to be a map, but it is ${kindOf(value.Resources)}`
        : 'the template has no Resources section',
      place: Object.hasOwn(value, 'Resources') ? locate(['Resources']) : { file, line: 1, column: 1 },
      next: 'Declare at least one resource.',
    });
  }
  return value as Template;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError(binary(file));
  }
}

const binary = (file: string) => ({
  message: 'this is a binary file, not a template in UTF-8',
  place: { file },
  next: 'Point the input source to a YAML or JSON file.',
});

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
