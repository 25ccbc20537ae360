import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { blocksOf } from '../../scripts/picture/blocks.ts';
import { pictureOf } from '../../scripts/picture/svg.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { report, stackReport } from '../report/sample.ts';

const queue = (name: string, timeout: number) => ({
  [name]: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: timeout, QueueName: `<${name}&>` } },
});
const comment = renderMarkdown(
  report([stackReport(queue('Jobs', 10), { ...queue('Jobs', 20), ...queue('More', 1) })]),
  {
    limit: 60_000,
    marker: '<!-- hidden -->',
  },
);

test('has every part of a comment, and nothing that is hidden', () => {
  expect(blocksOf(comment).map(({ kind }) => kind)).toEqual(['title', 'table', 'details', 'details', 'text']);
  const picture = pictureOf(comment);
  for (const part of ['Jobs', 'AWS::SQS::Queue', '+ VisibilityTimeout: 20', '&lt;More&amp;&gt;'])
    expect(picture).toContain(part);
  expect(picture).not.toContain('hidden');
});

test('is drawn in the colours of both themes, within its borders', () => {
  const picture = pictureOf(comment);
  expect(picture).toContain('prefers-color-scheme: dark');
  const height = Number(/height="(\d+)"/.exec(picture)?.[1]);
  const lowest = Math.max(...[...picture.matchAll(/<text x="\d+" y="(\d+)"/g)].map(([, y]) => Number(y)));
  expect(lowest).toBeLessThan(height);
  for (const [, style = ''] of picture.matchAll(/class="(\w+)/g)) expect(picture).toContain(`.${style} {`);
});

test('refuses what it does not know', () => {
  expect(() => pictureOf('first\nsecond')).toThrow('no picture can be made of: first');
});

test('docs/images/comment.svg is such a picture, and loads nothing', () => {
  const picture = readFileSync(resolve(import.meta.dirname, '../../docs/images/comment.svg'), 'utf8');
  expect(picture).toMatch(/^<svg .*\n<style>/);
  expect(picture).toContain('its data is lost');
  expect(picture).not.toMatch(/href|<script|<image|url\(/);
});
