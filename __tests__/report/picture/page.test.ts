import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { draw } from '../../../src/picture/svg/draw.ts';
import { renderSvg } from '../../../src/picture/svg/index.ts';
import type { Sketch } from '../../../src/picture/svg/sketch.ts';
import type { StackReport } from '../../../src/report/model.ts';
import { html } from '../../../src/text/html.ts';
import { HOSTILE, largeReport, pageOf } from '../../support/picture-page.ts';
import { pictureOfResources } from '../../support/pictures.ts';
import { stackReport } from '../sample.ts';

const script = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../../dist/page', name), 'utf8');
/** What draws further views, and what brings all of them to life. */
const [DRAWING, SCRIPT] = [script('drawing.js'), script('picture.mjs')];

let stack: StackReport;
let page: string;
/** Without what runs and what is no markup. */
let markup: string;
/** With the views in it that the page draws once they are opened. */
let drawn: string;
beforeAll(async () => {
  stack = largeReport();
  page = await pageOf(stack);
  markup = page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<script>[\s\S]*?<\/script>/g, '');
  drawn = markup.replace(LATER, (_, kept: string) => {
    const { sketch, attributes } = JSON.parse(kept) as { sketch: Sketch; attributes: string };
    return draw(sketch, attributes);
  });
});

const LATER = /<template data-view="\d+">(.*?)<\/template>/g;

const all = (pattern: RegExp): readonly string[] => [...drawn.matchAll(pattern)].map(([, text = '']) => text);

describe('the page', () => {
  it('runs its own script and nothing else, and loads nothing', () => {
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(page).toContain(
      `content="default-src 'none'; style-src ${digest(style)}; script-src ${digest(DRAWING + SCRIPT)}; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.split('<script>')).toHaveLength(2);
    expect(page).toContain(`<script>${DRAWING}${SCRIPT}</script>`);
    const tags = drawn.match(/<[a-z][^>]*>/gi) ?? [];
    expect(tags.length).toBeGreaterThan(1_000);
    expect(
      tags.filter((tag) => /\s(on\w+|style|src|xlink:href)\s*=/i.test(tag.replace(/"[^"]*"/g, '""'))),
    ).toEqual([]);
    expect(tags.filter((tag) => /^<(img|iframe|object|embed|link|base|form|use|image)\b/i.test(tag))).toEqual(
      [],
    );
  });

  it('has hostile texts as texts', () => {
    for (const text of [markup, drawn]) {
      expect(text).not.toContain('<script');
      expect(text).not.toContain('<img');
      expect(text).toContain(html(HOSTILE));
    }
    for (const [, kept = ''] of markup.matchAll(LATER)) expect(kept).not.toMatch(/[<>&]/);
  });

  it('leads from every node and every group to what is there', () => {
    const cards = new Set(all(/<template id="([^"]*)"/g));
    const views = new Set(all(/<svg [^>]*data-view="(\d+)"/g));
    expect(cards.size).toBe(stack.picture?.nodes.length);
    expect(views.size).toBeGreaterThan(10);
    const shown = all(/data-node="([^"]*)"/g);
    expect(new Set(shown)).toEqual(cards);
    expect(new Set(all(/data-show="([^"]*)"/g))).toEqual(cards);
    expect(all(/data-open="([^"]*)"/g).filter((each) => !views.has(each))).toEqual([]);
    expect(all(/<template [^>]*data-view="([^"]*)"/g).filter((each) => !views.has(each))).toEqual([]);
  });

  it('has of a node what changes, and its template', () => {
    const card =
      /<template id="[^"]*" data-name="Domain5\/Service2\/Table"[\s\S]*?<\/template>/.exec(markup)?.[0] ?? '';
    expect(card).toContain('KeySchema');
    expect(card).toContain('class="at"');
    expect(card).toContain('Type: AWS::DynamoDB::Table');
    expect(card).toContain('Take may read and write it');
  });

  it('has of a new one its template, once', async () => {
    const after = { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } };
    const added = pictureOfResources(after);
    const resourceTexts = { Jobs: 'Type: AWS::SQS::Queue\nProperties:\n  QueueName: jobs' };
    const one = await pageOf(stackReport({}, after, { stackName: 'jobs', picture: added, resourceTexts }));
    const card = /<template id="[^"]*" data-name="Jobs"[\s\S]*?<\/template>/.exec(one)?.[0] ?? '';
    expect(card.match(/QueueName: jobs/g)).toHaveLength(1);
    expect(card).toContain('<span class="plus">Type: AWS::SQS::Queue\n');
  });

  it('has where everything goes in one view, and leaves the others to the browser', () => {
    expect(markup.match(/<svg role="group"/g)).toHaveLength(1);
    expect(markup.match(LATER)?.length).toBeGreaterThan(10);
  });

  it('can be reached by the keyboard in one place for each view', () => {
    for (const view of drawn.split('<svg ').slice(1))
      expect(view.slice(0, view.indexOf('</svg>')).match(/class="leaf[^>]*tabindex="0"/g)).toHaveLength(1);
  });
});

it('a page without pictures has no script', async () => {
  const without = await pageOf(stackReport({}, {}));
  expect(without).toContain("script-src 'none'");
  expect(without).not.toContain('<script');
});

it('a page of one view has nothing to draw others with', async () => {
  const resources = { Jobs: { Type: 'AWS::SQS::Queue', Properties: {} } };
  const picture = pictureOfResources(resources);
  const one = await pageOf(stackReport({}, resources, { stackName: 'jobs', picture }));
  expect(one).toContain(`<script>${SCRIPT}</script>`);
});

it('a file of SVG is one element, in both themes', () => {
  const picture = pictureOfResources({ Jobs: { Type: 'AWS::SQS::Queue', Properties: {} } });
  const text = renderSvg(picture, HOSTILE);
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [\s\S]*<\/svg>\n$/);
  expect(text).toContain(html(HOSTILE));
  expect(text).toContain('prefers-color-scheme: dark');
  expect(text).toContain('>Jobs</text>');
});
