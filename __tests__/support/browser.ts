/** Chromium for tests of pages. The package that drives it is none of the project's own. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pinnedModules } from '../../scripts/pinned-modules.ts';

/** As far as these tests use it. */
export interface Page {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  setContent(content: string): Promise<void>;
  on(event: string, listener: (value: { text?(): string; message?: string; url?(): string }) => void): void;
  fill(selector: string, text: string): Promise<void>;
  press(selector: string, key: string): Promise<void>;
  focus(selector: string): Promise<void>;
  click(selector: string): Promise<void>;
  selectOption(selector: string, option: { readonly label: string }): Promise<unknown>;
  waitForSelector(selector: string, options?: { readonly state?: string }): Promise<unknown>;
  textContent(selector: string): Promise<string | null>;
  inputValue(selector: string): Promise<string>;
  getAttribute(selector: string, name: string): Promise<string | null>;
  isVisible(selector: string): Promise<boolean>;
  evaluate<T>(script: string): Promise<T>;
  addScriptTag(options: { readonly path: string }): Promise<unknown>;
  screenshot(options: { readonly path: string; readonly fullPage?: boolean }): Promise<unknown>;
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  readonly mouse: {
    move(x: number, y: number): Promise<void>;
    down(): Promise<void>;
    up(): Promise<void>;
  };
  close(): Promise<void>;
}

export interface Browser {
  newPage(options: object): Promise<Page>;
  close(): Promise<void>;
}

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/** Starts the Chromium of this machine. @returns also where the packages for tests of pages are */
export async function startBrowser(): Promise<{ readonly browser: Browser; readonly modules: string }> {
  const found = await pinnedModules('browser');
  if ('missing' in found) throw new Error(found.missing);
  const { modules } = found;
  const program = PROGRAMS.find((each) => existsSync(each));
  if (program === undefined) throw new Error('There is no Chromium: apt-get install chromium');
  const { chromium } = createRequire(join(modules, 'of-tests.js'))('playwright-core') as {
    chromium: { launch(options: object): Promise<Browser> };
  };
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  return { browser, modules };
}

/** What axe-core has against a page, into which it is put. */
export async function violationsOf(page: Page, modules: string): Promise<unknown[]> {
  if (!(await page.evaluate<boolean>('"axe" in window')))
    await page.addScriptTag({ path: join(modules, 'axe-core', 'axe.min.js') });
  return page.evaluate<unknown[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
  );
}
