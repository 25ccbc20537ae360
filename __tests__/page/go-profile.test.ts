/** The profile of a function in Go in the console, in Chromium. */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type Browser, type Page, startBrowser, violationsOf } from '../support/browser.ts';
import { type ConsoleCommand, openConsole } from '../support/console-service.ts';
import { describeWithGo, GO_SETTINGS } from '../support/go.ts';
import { GO_FILES } from '../support/go-service.ts';

describeWithGo('a profile of a function in Go', () => {
  let browser: Browser;
  let modules: string;
  let command: ConsoleCommand;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    [{ browser, modules }, command] = await Promise.all([
      startBrowser(),
      openConsole(['start-lambda', '--stack-name', 'orders'], GO_SETTINGS, GO_FILES),
    ]);
    // Only the test puts anything into the page.
    page = await browser.newPage({ viewport: { width: 1300, height: 950 }, bypassCSP: true });
    page.on('console', (message) => complaints.push(message.text?.() ?? ''));
    page.on('pageerror', (error) => complaints.push(error.message ?? ''));
    await page.goto(command.link);
    await page.waitForSelector('#connection.live');
  });
  afterEach(() => expect(complaints.splice(0)).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await command?.stop();
  });

  const text = async (selector: string) => (await page.textContent(selector)) ?? '';
  async function profile(event: object): Promise<void> {
    await page.selectOption('#to', { label: 'TakeOrder' });
    await page.fill('#event', JSON.stringify(event));
    await page.click('#send-profile');
  }

  it('has its functions, how exact it is, and can be read by everybody', async () => {
    await profile({ spend: 600 });
    await page.waitForSelector('#flame svg g[role=button]');
    expect(await text('#detail dl')).toContain('Startcold');
    expect(await text('#flame')).toContain('main.priceOf');
    expect(await text('#profile')).toMatch(/Go took \d+ samples, one for each 10 ms of CPU time/);
    await page.click('#profile summary');
    // The first row has the most time of its own.
    expect(await text('#profile tbody tr')).toMatch(/^main\.priceOf/);
    expect(await text('#profile tbody')).toMatch(/main\.priceOfsparta-action\/fixture\/main\.go:\d+/);
    expect(await violationsOf(page, modules)).toEqual([]);
  });

  it('is no empty picture where there was nothing to sample', async () => {
    await profile({ spend: 0 });
    await page.waitForSelector('#profile:has(.hint):not(:has(#flame))');
    expect(await text('#profile')).toMatch(/Go took no sample: it takes one for each 10 ms of CPU time/);
    expect(await violationsOf(page, modules)).toEqual([]);
  });

  it('is not offered for a program that others have compiled, which is explained', async () => {
    expect(await text('#no-profile')).toBe('');
    await page.selectOption('#to', { label: 'Ready' });
    expect(await page.isVisible('#send-profile')).toBe(false);
    expect(await text('#no-profile')).toContain('its program was not compiled here from Go');
    expect(await violationsOf(page, modules)).toEqual([]);
  });
});
