import { expect, it } from '@jest/globals';
import { renderHtml } from '../../src/report/html.ts';
import type { TimelineRow } from '../../src/report/model.ts';
import { report, stackReport } from './sample.ts';

const row = (logicalId: string, start: number, end: number | undefined, more = {}): TimelineRow => ({
  ...{ logicalId, type: 'AWS::SQS::Queue', action: 'create', start, end, failed: false },
  ...more,
});
const page = (rest: Parameters<typeof stackReport>[2]) =>
  renderHtml(report([stackReport({}, {}, { state: 'deployed', ...rest })], { state: 'deployed' }));

it('shows what took long as a waterfall', () => {
  const text = page({
    timeline: [
      row('<Table>', 0, 80_000),
      row('Queue', 40_000, 44_200, { failed: true }),
      row('Role', 70_000, undefined),
    ],
  });
  expect(text).toContain(
    '<summary>What CloudFormation did: 1 min 20 s, longest &lt;Table&gt; 1 min 20 s, Queue 4.2 s</summary>',
  );
  expect(text).toContain('<rect class="stopped" x="100.0" y="0" width="10.5" height="10"/>');
  expect(text).toContain('<td class="number">not ended</td>');
  // The policy of the page lets no element have a style.
  expect(text).not.toMatch(/ style=/);
});

it('shows the code of all functions by size, with what it was at the base', () => {
  const text = page({
    codeSizes: { Small: 1000, Large: 4000 },
    codeFiles: { Large: { sizeBefore: 2000, changes: [], more: 0 } },
  });
  expect(text).toContain('<summary>Code: 5.0 kB, +2.0 kB</summary>');
  expect(text.indexOf('<code>Large</code>')).toBeLessThan(text.indexOf('<code>Small</code>'));
  expect(text).toContain('+2.0 kB (+100 %)');
  expect(text).toContain('<rect class="former" x="0.0" y="0" width="100.0" height="10"/><rect class="grown"');
});

it('has neither where there is nothing', () => {
  expect(page({})).not.toMatch(/What CloudFormation did|Code sizes/);
});
