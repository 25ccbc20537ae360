/**
 * The page in Chromium: what can be seen, searched and chosen in it, with a mouse and without, by whoever cannot see it, and
 * what Mermaid makes of hostile names. `PICTURES=FOLDER npm run test:page` keeps screenshots of both themes.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { renderMermaid } from '../../src/picture/mermaid.ts';
import type { Picture } from '../../src/picture/types.ts';
import { type Browser, type Page, startBrowser, violationsOf } from '../support/browser.ts';
import { HOSTILE, largeReport, pageOf } from '../support/picture-page.ts';

let browser: Browser;
let modules: string;
let folder: string;
let file: string;
beforeAll(async () => {
  ({ browser, modules } = await startBrowser());
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  file = join(folder, 'report.html');
  await writeFile(file, await pageOf(largeReport()));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

const THEMES = ['light', 'dark'] as const;

let page: Page;
let complaints: string[];
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

async function open(options: object, url = pathToFileURL(file).href): Promise<void> {
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1300, height: 950 }, ...options });
  page.on('console', (message) => complaints.push(message.text?.() ?? ''));
  page.on('pageerror', (error) => complaints.push(error.message ?? ''));
  page.on('dialog', () => complaints.push('a dialog'));
  page.on('request', (request) => {
    if (request.url?.() !== url) complaints.push(`asked for ${request.url?.()}`);
  });
  await page.goto(url);
}

async function keep(name: string): Promise<void> {
  const { PICTURES } = process.env;
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

const focused = () =>
  page.evaluate<string>(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.className",
  );
const viewBox = () =>
  page.evaluate<string>("document.querySelector('svg:not([hidden])').getAttribute('viewBox')");
const shownView = () =>
  page.evaluate<string>("document.querySelector('.stage svg:not([hidden])').dataset.view");

describe('the page', () => {
  beforeEach(() => open({}));

  it('finds by name, type and logical ID of any part, and leads to what it found', async () => {
    await page.fill('input', 'D3S1TakeRole');
    expect(await page.textContent('output')).toBe('1 of 290');
    expect(await page.textContent('.results')).toBe('Domain3/Service1/Take · function');
    await page.press('input', 'Enter');
    expect(await page.textContent('.panel')).toContain('+ Timeout: 20');
    expect(await page.textContent('.panel')).toContain('D3S1TakeRole');
    await page.fill('input', 'aws::sqs domain11');
    expect(await page.textContent('output')).toBe('4 of 290');
    await page.fill('input', 'nothing of the kind');
    expect(await page.textContent('output')).toBe('0 of 290');
  });

  it('leads to what is in a folded group, which is a picture of its own', async () => {
    await page.fill('input', 'D9S2Work');
    await page.press('input', 'Enter');
    expect(await shownView()).not.toBe('0');
    expect(await page.textContent('.panel')).toContain('nodejs24.x');
    await page.click('[data-do=back]');
    expect(await shownView()).toBe('0');
  });

  it('shows what is clicked on: the difference, and the template text', async () => {
    const id = await page.evaluate<string>(
      'document.querySelector(\'template[data-name="Domain5/Service2/Table"]\').id',
    );
    await page.click(`.stage [data-node="${id}"]`);
    const text = await page.textContent('.panel');
    expect(text).toContain('KeySchema replaces the resource');
    expect(text).toContain('Type: AWS::DynamoDB::Table');
    await page.click('.panel button');
    expect(await page.isVisible('.panel')).toBe(false);
  });

  it('can be used by the keyboard alone', async () => {
    await page.press('[data-do=fit]', 'Tab');
    const first = await focused();
    expect(first).toMatch(/^\S/);
    await page.keyboard.press('ArrowRight');
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    const before = await viewBox();
    await page.keyboard.press('+');
    expect(await viewBox()).not.toBe(before);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('0');
    expect(await viewBox()).toBe(before);
    await page.fill('input', 'D5S2Table');
    await page.press('input', 'Enter');
    expect(await focused()).toBe('The resource that was chosen');
    await page.keyboard.press('Escape');
    expect(await focused()).toMatch(/^Table table order replaced/);
    await page.keyboard.press('Enter');
    expect(await page.isVisible('.panel')).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await focused()).not.toMatch(/replaced/);
  });

  it('opens a folded group by the keyboard, and closes it', async () => {
    await page.evaluate("document.querySelector('.stage svg:not([hidden]) [data-open]').focus()");
    await page.keyboard.press('Enter');
    expect(await shownView()).not.toBe('0');
    await page.keyboard.press('Escape');
    expect(await shownView()).toBe('0');
  });

  it('marks what was chosen in a view that is drawn later as well', async () => {
    // Something that a group of the first view leads to.
    const [id, view] = await page.evaluate<string[]>(`(() => {
      for (const { dataset } of document.querySelectorAll('.stage svg [data-open]')) {
        const kept = document.querySelector('.stage template[data-view="' + dataset.open + '"]').content.textContent;
        const guest = JSON.parse(kept).sketch.items.find(({ isGuest }) => isGuest);
        const id = guest && /data-node="(.*?)"/.exec(guest.attributes)[1];
        if (id) return [id, dataset.open];
      }
      return [];
    })()`);
    await page.click('.list summary');
    await page.click(`[data-show="${id}"]`);
    await page.click('[data-do=back]');
    await page.click(`.stage [data-open="${view}"]`);
    expect(await shownView()).toBe(view);
    const chosen = "document.querySelector('.stage svg:not([hidden]) .chosen')?.dataset.node";
    expect(await page.evaluate<string>(chosen)).toBe(id);
  });

  it('moves when it is dragged, which chooses nothing', async () => {
    const before = await viewBox();
    const [x = 0, y = 0] = await page.evaluate<number[]>(
      "(() => { const { x, y, width, height } = document.querySelector('.stage .leaf').getBoundingClientRect(); return [x + width / 2, y + height / 2]; })()",
    );
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 80, y + 40);
    await page.mouse.up();
    expect(await viewBox()).not.toBe(before);
    expect(await page.isVisible('.panel')).toBe(false);
    expect(await shownView()).toBe('0');
  });

  it('has hostile names as texts', async () => {
    await page.fill('input', 'evil');
    await page.press('input', 'Enter');
    expect(await page.textContent('.panel')).toContain(HOSTILE);
    expect(await page.evaluate<number>("document.querySelectorAll('img, script').length")).toBe(1);
  });

  it('leads from its list to the picture', async () => {
    await page.click('.list summary');
    await page.click('.list tbody tr:nth-child(3) button');
    expect(await page.isVisible('.panel')).toBe(true);
  });
});

describe.each(THEMES)('in %s', (colorScheme) => {
  it('can be read by everybody, as axe-core can tell', async () => {
    // Only the test puts anything into the page.
    await open({ colorScheme, bypassCSP: true });
    const violations = () => violationsOf(page, modules);
    expect(await violations()).toEqual([]);
    await keep(`picture-${colorScheme}`);
    await page.fill('input', 'D3S1Take');
    await page.press('input', 'Enter');
    await page.click('.list summary');
    expect(await violations()).toEqual([]);
    await keep(`panel-${colorScheme}`);
  });
});

it('without scripts, the picture and the list are there', async () => {
  await open({ javaScriptEnabled: false });
  expect(await page.isVisible('.stage svg')).toBe(true);
  expect(await page.isVisible('.tools')).toBe(false);
  expect(await page.isVisible('.list')).toBe(true);
});

const NAMES = [
  '"]; click n0 "https://example.com"',
  '1. one',
  '- two',
  '`**bold**` _it_',
  HOSTILE,
  '%%{init: {"theme":"forest"}}%%',
  'end',
  'a #quot; #35; b',
  '```\n</details> @team #12',
  '$$x^2$$',
  'fa:fa-car',
  '[link](https://example.com)',
  '| a | b |',
  'one\\ntwo',
  '\u{1F7E2} added',
];

it('Mermaid draws hostile names as texts', async () => {
  const picture: Picture = {
    nodes: NAMES.map((name, index) => ({
      id: `${index}`,
      kind: index % 2 === 0 ? 'table' : 'other',
      type: name,
      name,
      path: index % 3 === 0 ? [name, name] : [],
      details: [],
      parts: [],
    })),
    edges: NAMES.map((label, index) => ({
      from: `${index}`,
      to: `${(index + 1) % NAMES.length}`,
      kind: 'event',
      label,
    })),
    left: [],
  };
  const blank = join(folder, 'blank.html');
  await writeFile(blank, '<!doctype html><title>Mermaid</title><body></body>');
  await open({}, pathToFileURL(blank).href);
  await page.addScriptTag({ path: join(modules, 'mermaid', 'dist', 'mermaid.min.js') });
  const text = JSON.stringify(renderMermaid(picture, 40_000));
  await page.evaluate(
    `mermaid.render('m', ${text}, undefined).then(({ svg }) => { document.body.innerHTML = svg; })`,
  );
  expect(
    await page.evaluate<number>(
      "document.body.querySelectorAll('a, script, img, ul, ol, math, i, strong').length",
    ),
  ).toBe(0);
  const shown = (await page.evaluate<string>('document.body.textContent')).replaceAll('\u200b', '');
  for (const name of NAMES) expect(shown).toContain(name.replace(/\s+/g, ' ').slice(0, 40));
});
