import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderDiffJson } from '../../src/report/diff-json.ts';
import { renderHtml } from '../../src/report/html.ts';
import { COMMENT_LIMIT, renderMarkdown } from '../../src/report/markdown.ts';
import { markerOf, renderMarker } from '../../src/report/marker.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { coloursFor } from '../../src/terminal/colours.ts';
import { terminalWords } from '../../src/terminal/wording.ts';
import { AUTHOR, report, stackReport } from '../report/sample.ts';
import { hostileJson, hostileText, promptly, RUNS } from './hostile.ts';

const resources = fc
  .array(fc.tuple(hostileText, hostileText, hostileJson), { maxLength: 3 })
  .map((entries) =>
    Object.fromEntries(
      entries.map(([id, Type, Properties]) => [id, { Type, Properties: Properties as object }]),
    ),
  );
const hostileReport = fc
  .tuple(resources, resources, hostileText, hostileText, fc.constantFrom('preview', 'deployed', 'failed'))
  .map(([before, after, name, text, state]) =>
    report(
      [
        stackReport(before as never, after as never, {
          // CloudFormation takes 128 characters.
          stackName: name.slice(0, 128),
          state,
          outputs: { [text]: text },
          changedParameters: [text],
          failure: { subject: text, message: text, next: text, place: { file: name, line: 1 } },
        }),
      ],
      { state, problems: [{ message: text }], warnings: [text], runUrl: text, commit: text },
    ),
  );

/** Controls but for line ends, marks that turn text around, halves of characters. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const OUR_TAGS =
  /<\/?(details|summary|sub|sup|b|code|br|pre|a|table|thead|tbody|tr|td|th)( open| href="https:[^"<>]*")?\s*\/?>/g;

const plainly = { colours: coloursFor({ isTTY: false }, {}), words: terminalWords };

it('a comment stays a comment', () =>
  fc.assert(
    fc.asyncProperty(hostileReport, (given) =>
      promptly(() => {
        const marker = renderMarker(markerOf(given, AUTHOR));
        const text = renderMarkdown(given, { limit: COMMENT_LIMIT, marker });
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMIT);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(HIDDEN);
        expect(text).not.toMatch(/^\s*::|##\[/m);
        expect(text.split('\n')[0]).toBe(marker);
        const prose = text
          .slice(marker.length)
          .replace(/^(`{3,})[^`\n]*\n[\s\S]*?^\1$/gm, '')
          .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
          .replace(OUR_TAGS, '')
          .replace(/<!-- plan -->/g, '');
        expect(prose).not.toMatch(/<[a-z!/]/i);
      }),
    ),
    RUNS,
  ));

it('a page runs nothing', () =>
  fc.assert(
    fc.asyncProperty(hostileReport, (given) =>
      promptly(() => {
        const page = renderHtml(given);
        expect(page).not.toMatch(HIDDEN);
        expect(page).not.toMatch(
          /<(script|img|svg|iframe|object)|javascript:alert\(1\)["']|\son\w+=(?!x)["']/i,
        );
        expect(page.match(/<\/html>/g)).toHaveLength(1);
      }),
    ),
    RUNS,
  ));

it('a terminal and a program get plain text', () =>
  fc.assert(
    fc.asyncProperty(hostileReport, (given) =>
      promptly(() => {
        expect(renderTerminal(given, plainly)).not.toMatch(HIDDEN);
        expect(() => JSON.parse(renderDiffJson(given))).not.toThrow();
      }),
    ),
    RUNS,
  ));
