import { expect, test } from '@jest/globals';
import { renderDiffJson } from '../../src/report/diff-json.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { CodeFiles } from '../../src/report/model.ts';
import { functionRows } from '../../src/report/sections.ts';
import { parseStoredReport, storeReport } from '../../src/report/stored.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { report, stackReport } from './sample.ts';

const lambda = (hash: string) => ({
  Orders: {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { S3Bucket: 'bucket', S3Key: `code/${hash.repeat(64)}.zip` } },
  },
});

const withFiles = (files: CodeFiles | undefined, size: number | undefined) =>
  stackReport(lambda('a'), lambda('b'), {
    codeSizes: size === undefined ? {} : { Orders: size },
    ...(files && { codeFiles: { Orders: files } }),
  });

const files: CodeFiles = {
  sizeBefore: 1000,
  changes: [
    { kind: 'added', name: 'lib/new.mjs' },
    { kind: 'changed', name: 'index.mjs' },
    { kind: 'removed', name: 'old.mjs' },
  ],
  more: 2,
  packages: [
    {
      kind: 'updated',
      ecosystem: 'npm',
      name: 'express',
      before: '4.21.2',
      after: '5.1.0',
      licence: 'MIT',
      sizeBefore: 210_000,
      sizeAfter: 180_000,
    },
    { kind: 'added', ecosystem: 'npm', name: 'native', after: '3.0.0', sizeAfter: 5, installs: true },
    { kind: 'removed', ecosystem: 'Go', name: 'example.com/lib', before: 'v1.0.0' },
  ],
};
const packageLines = [
  '! express 4.21.2 → 5.1.0 · MIT · 210.0 kB → 180.0 kB',
  '+ native 3.0.0 · 5 B · runs a program when it is installed',
  '- example.com/lib v1.0.0',
];
const lines = ['+ lib/new.mjs', '! index.mjs', '- old.mjs', '# 2 more'];

test.each([
  ['both archives', files, 2000, '1.0 kB → 2.0 kB', lines],
  ['the new archive alone', undefined, 2000, '2.0 kB', []],
  ['neither', undefined, undefined, '', []],
  ['the same files in other bytes', { ...files, changes: [], more: 0 }, 1000, '1.0 kB → 1.0 kB', []],
])('shows the code of a function by %s', (_what, given, size, shown, expected) => {
  expect(functionRows(withFiles(given, size))).toMatchObject([{ size: shown, files: expected }]);
});

const plainly = {
  colours: { bold: String, dim: String, red: String, green: String, yellow: String },
  words: String,
};

test.each([
  ['comment', (text: ReturnType<typeof report>) => renderMarkdown(text, { limit: 60_000 })],
  ['page', renderHtml],
  ['terminal', (text: ReturnType<typeof report>) => renderTerminal(text, plainly)],
])('lists the files in the %s', (_what, render) => {
  const text = render(report([withFiles(files, 2000)]));
  const unescaped = text.replaceAll('&gt;', '>');
  for (const line of [...packageLines, ...lines]) expect(unescaped).toContain(line);
});

test('says nothing of packages that are the same', () => {
  const { packages: _, ...same } = files;
  expect(functionRows(withFiles(same, 1))).toMatchObject([{ packages: [] }]);
  expect(renderMarkdown(report([withFiles(same, 1)]), { limit: 60_000 })).not.toContain(
    'packages in its code',
  );
});

test('has them in the file for programs', () => {
  const { stacks } = JSON.parse(renderDiffJson(report([withFiles(files, 2000)]))) as {
    stacks: { code: unknown }[];
  };
  expect(stacks[0]?.code).toEqual({ Orders: files });
});

test('names of files stay on their line and in their block', () => {
  const name = '```\n</details>@everyone\n::error::x';
  const text = renderMarkdown(
    report([withFiles({ ...files, changes: [{ kind: 'added', name }], more: 0 }, 1)]),
    {
      limit: 60_000,
    },
  );
  const block = /^(`{4,})diff\n(.*)\n\1$/ms.exec(text)?.[2];
  expect(block).toMatch(/^\+ .*<\/details>@everyone.*::error::x$/);
  expect(text).not.toMatch(/^::/m);
});

test('goes through a stored report', () => {
  const given = report([withFiles(files, 2000)]);
  expect(parseStoredReport(storeReport(given), given).stacks[0]?.codeFiles).toEqual({ Orders: files });
});
