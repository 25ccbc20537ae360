import { expect, it } from '@jest/globals';
import { COMMENT_LIMIT, renderMarkdown } from '../../../src/report/markdown.ts';
import { redactReport } from '../../../src/report/redact.ts';
import { parseStoredReport, storeReport } from '../../../src/report/stored.ts';
import { largeService } from '../../support/large-service.ts';
import { pictureOfResources } from '../../support/pictures.ts';
import { queues, report, stackReport } from '../sample.ts';

const picture = pictureOfResources(largeService(true));
const drawn = (rest = {}) => stackReport({}, queues(2, 10), { picture, ...rest });

it('a comment has the picture folded, at its end, in a fifth of its room', () => {
  const text = renderMarkdown(report([drawn()]), { limit: COMMENT_LIMIT });
  const [before = '', after = ''] = text.split('<details><summary>Picture of the service</summary>');
  expect(before).toContain('Queue1');
  expect(after).toMatch(/^\n\n```mermaid\nflowchart LR\n[^`]*\n```\n\n<\/details>\n\n<sub>/);
  expect(Buffer.byteLength(after)).toBeLessThan(COMMENT_LIMIT / 5 + 500);
});

it('says whose picture it is where there are several, and shares the room', () => {
  const text = renderMarkdown(report([drawn(), drawn({ stackName: 'bills' })]), { limit: COMMENT_LIMIT });
  expect(text).toContain('Picture of orders');
  expect(text).toContain('Picture of bills');
  expect(Buffer.byteLength(text)).toBeLessThan(COMMENT_LIMIT / 4);
});

it('leaves the picture out before any difference', () => {
  const large = { ...drawn(), ...stackReport({}, queues(51, 950), {}), picture };
  const text = renderMarkdown(report([large]), { limit: COMMENT_LIMIT });
  expect(text).not.toContain('mermaid');
  expect(text).toContain('<summary>Queue50 · added');
});

it('shows no picture of what failed', () => {
  const failed = drawn({ state: 'failed', failure: { message: 'no' } });
  expect(renderMarkdown(report([failed], { state: 'failed' }), { limit: COMMENT_LIMIT })).not.toContain(
    'mermaid',
  );
});

it('hides secrets in a picture and in the texts of resources', () => {
  const named = pictureOfResources({
    Jobs: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'canary' } },
  });
  const given = report([stackReport({}, {}, { picture: named, resourceTexts: { Jobs: 'Value: canary' } })]);
  expect(JSON.stringify(redactReport(given, (text) => text.replaceAll('canary', '***')))).not.toContain(
    'canary',
  );
});

it('goes from one workflow to another without the texts, and only as a picture', () => {
  const given = report([drawn({ resourceTexts: { A: 'text' } })]);
  const about = { commit: 'c', runUrl: undefined };
  const { stacks } = parseStoredReport(storeReport(given), about);
  expect(stacks[0]?.picture).toEqual(picture);
  expect(stacks[0]?.resourceTexts).toBeUndefined();
  const other = storeReport(given).replace('"kind":"table"', '"kind":"script"');
  expect(() => parseStoredReport(other, about)).toThrow(/kind has to be one of function, api/);
});
