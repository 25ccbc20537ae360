/** The documentation's site: its list has pages that are there, and every link of a page leads to one or to GitHub. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { onSite, rewritten } from '../site/links.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);

it('lists pages that are there; others it finds itself', () => {
  const listed = [...read('site/.vitepress/config.ts').matchAll(/page\((?:'[^']*'|"[^"]*"), '([^']*)'\)/g)];
  const names = listed.map(([, name]) => `${name || 'index'}.md`);
  expect(names.length).toBeGreaterThan(25);
  const all = pages.map((path) => onSite(path));
  expect(names.filter((name) => !all.includes(name))).toEqual([]);
});

it('has links to its own pages and to GitHub alone', () => {
  const dead = pages.flatMap((path) => {
    const text = rewritten(path, read(path), 'https://github.com/acme/action');
    expect(text).not.toContain('\0');
    return [...text.matchAll(/\]\((\.[^)#\s]*)/g)]
      .map(([, target = '']) => posix.normalize(posix.join(posix.dirname(onSite(path) ?? ''), target)))
      .filter((to) => to !== 'index.md' && !existsSync(join(root, 'docs', to)));
  });
  expect(dead).toEqual([]);
});

it('turns links that lead out of docs/ to GitHub, and leaves code alone', () => {
  const text = '[a](sam.md#x) [b](../README.md) [c](../examples/site) `[d](../e.md)` [e](https://f.g)';
  expect(rewritten('docs/page.md', text, 'https://github.com/acme/action')).toBe(
    '[a](./sam.md#x) [b](./index.md) [c](https://github.com/acme/action/blob/main/examples/site) `[d](../e.md)` [e](https://f.g)',
  );
  expect(rewritten('README.md', '![p](docs/images/comment.svg)', 'https://x')).toBe(
    '![p](./images/comment.svg)',
  );
  // The site's builder takes `images/dark.png` for a package.
  expect(
    rewritten('docs/page.md', '<source srcset="images/a.png"><img src="images/b.png">', 'https://x'),
  ).toBe('<source srcset="./images/a.png"><img src="./images/b.png">');
});
