import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Problem, ProblemError, problemLine } from '../../src/problem.ts';
import { normaliseMetadata } from '../../src/template/assets/normalise.ts';
import { diffTemplates, isEmptyDiff } from '../../src/template/diff/index.ts';
import type { TemplateDocument } from '../../src/template/document.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';
import type { Template } from '../../src/template/types.ts';
import { validateTemplate } from '../../src/template/validate/index.ts';
import { hostileJson, hostileTemplate, hostileText, promptly, RUNS } from './hostile.ts';

/** The template, or the problems that it has; any other error fails the test. */
function parsed(text: string, format: 'json' | 'yaml'): TemplateDocument | undefined {
  try {
    return parseTemplate(text, 'template', format);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const problem of error.problems) told(problem);
    return undefined;
  }
}

function told(problem: Problem): void {
  expect(problem.message).not.toBe('');
  expect(problemLine(problem)).not.toContain('\n');
}

const untouched = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));

it('any text is a template or has problems', () =>
  fc.assert(
    fc.asyncProperty(hostileText, fc.constantFrom('json', 'yaml'), (text, format) =>
      promptly(() => {
        parsed(text, format);
      }),
    ),
    RUNS,
  ));

it('any JSON in the place of a template is checked, and its metadata read', () =>
  fc.assert(
    fc.asyncProperty(fc.oneof(hostileTemplate, hostileJson), (template) =>
      promptly(() => {
        const document = parsed(JSON.stringify(template) ?? 'null', 'json');
        if (!document) return;
        for (const problem of validateTemplate(document)) told(problem);
        normaliseMetadata(document.template);
        expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(untouched);
        expect(({} as Record<string, unknown>).Type).toBeUndefined();
      }),
    ),
    RUNS,
  ));

it('any two templates are compared; one with itself is unchanged', () =>
  fc.assert(
    fc.asyncProperty(hostileTemplate, hostileTemplate, (before, after) =>
      promptly(() => {
        const documents = [before, after].map((each) => parsed(JSON.stringify(each), 'json')?.template);
        const [first, second] = documents;
        if (!first || !second) return;
        diffTemplates(first, second);
        diffTemplates(undefined, second);
        // V8's JSON.parse mixes up keys that are written with escapes, as a lone surrogate and a backslash are.
        const again: Template = structuredClone(first);
        expect(isEmptyDiff(diffTemplates(first, again))).toBe(true);
      }),
    ),
    RUNS,
  ));
