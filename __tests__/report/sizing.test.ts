import { expect, test } from '@jest/globals';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { SmokeTestReport, Usage } from '../../src/report/model.ts';
import { sizingRows } from '../../src/report/sizing.ts';
import { parseStoredReport, storeReport } from '../../src/report/stored.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { report, stackReport } from './sample.ts';

const usage: Usage = { memoryMb: 1024, usedMb: 80, architecture: 'x86_64' };
const tried = (name: string, durationMs: number, more: Partial<SmokeTestReport> = {}): SmokeTestReport => ({
  file: 'events/a.json',
  function: name,
  passed: true,
  durationMs,
  failures: [],
  ...more,
});
const stackWith = (...smokeTests: SmokeTestReport[]) => stackReport({}, {}, { smokeTests });

test('takes the longest call and the most memory of each function', () => {
  const stack = stackWith(
    tried('Slow', 99.2, { usage }),
    tried('Slow', 12, { usage: { ...usage, usedMb: 120 } }),
    tried('Quick', 0.4, { usage: { ...usage, memoryMb: 512, architecture: 'arm64', usedMb: 0 } }),
    tried('Failed', 30, { passed: false }),
  );
  expect(sizingRows(stack)).toEqual([
    // 0.5 GB x 0.001 s x 0.0000133334 x 1,000,000 + 0.20
    { function: 'Quick', memory: '512 MB', used: '', longest: '1 ms', cost: '$0.21' },
    // 1 GB x 0.1 s x 0.0000166667 x 1,000,000 + 0.20
    { function: 'Slow', memory: '1024 MB', used: '120 MB', longest: '100 ms', cost: '$1.87' },
  ]);
});

test('gives no price where calls are not what is billed', () => {
  const stack = stackWith(tried('Managed', 10, { usage: { ...usage, managed: true } }));
  expect(sizingRows(stack)).toMatchObject([{ cost: '', used: '80 MB' }]);
});

const plainly = {
  colours: { bold: String, dim: String, red: String, green: String, yellow: String },
  words: String,
};

test.each([
  ['comment', (text: ReturnType<typeof report>) => renderMarkdown(text, { limit: 60_000 })],
  ['page', renderHtml],
  ['terminal', (text: ReturnType<typeof report>) => renderTerminal(text, plainly)],
])('is shown in the %s, with the day of its prices, where functions were run', (_what, render) => {
  const text = render(report([stackWith(tried('Slow', 100, { usage }))]));
  for (const part of ['80 MB', '1024 MB', '$1.87', 'prices of us-east-1, 2026-'])
    expect(text).toContain(part);
  const without = render(report([stackWith(tried('Slow', 100))]));
  expect(without).not.toContain('Memory and cost');
});

test('goes through a stored report', () => {
  const given = report([stackWith(tried('Slow', 100, { usage }))]);
  expect(parseStoredReport(storeReport(given), given).stacks[0]?.smokeTests).toEqual([
    tried('Slow', 100, { usage }),
  ]);
});
