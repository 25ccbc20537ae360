/**
 * `node scripts/console-pictures.ts`: the screenshots of docs/console.md, of a service that runs here, in both themes. Needs
 * Chromium and a built dist/.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startBrowser } from '../__tests__/support/browser.ts';
import { openConsole } from '../__tests__/support/console-service.ts';

const folder = resolve(import.meta.dirname, '..', 'docs', 'images');
mkdirSync(folder, { recursive: true });

const { browser } = await startBrowser();
const command = await openConsole(['start', '--stack-name', 'orders']);
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 900 } });
    await page.goto(command.link);
    await page.waitForSelector('#map svg .leaf');
    await page.selectOption('#to', { label: 'TakeOrder' });
    await page.fill('#event', JSON.stringify({ customer: 'ada', queued: true }, undefined, 2));
    await page.click('#send button.main');
    await page.waitForSelector('#detail ol.path li:nth-child(3) .success');
    await page.screenshot({ path: join(folder, `console-${colorScheme}.png`), fullPage: true });
    await page.fill('#event', '{"customer": "ada"}');
    await page.click('#send-profile');
    await page.waitForSelector('#flame svg g[role=button]');
    // The graph is drawn bit by bit.
    await page.evaluate('new Promise((done) => setTimeout(done, 1000))');
    await page.evaluate("document.querySelector('#detail').scrollIntoView()");
    await page.screenshot({ path: join(folder, `console-profile-${colorScheme}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  await command.stop();
}
