/** Links of the pages lead to something: a file of this repository, or a heading of one. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '..');
const pages = ['.', 'docs', 'examples', 'bench', 'findings'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder === 'examples' })
    .map((name) => join(root, folder, String(name)))
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules')),
);

/** Blocks of code and code in a line have no links. */
const withoutCode = (text: string): string =>
  text.replace(/^( *)(`{3,}).*?^\1\2/gms, '').replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '');

/** As GitHub makes them: letters, digits, hyphens and low lines; the second one of a name gets a number. */
function anchorsOf(path: string): Set<string> {
  const seen = new Map<string, number>();
  const text = readFileSync(path, 'utf8').replace(/^( *)(`{3,}).*?^\1\2/gms, '');
  return new Set(
    [...text.matchAll(/^#{1,6} +(.*?) *#*$/gm)].map(([, title = '']) => {
      const name = title
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
        .replaceAll(' ', '-');
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return count === 0 ? name : `${name}-${count}`;
    }),
  );
}

function deadLinks(path: string, page = readFileSync(path, 'utf8')): string[] {
  const text = withoutCode(page);
  const targets = [...text.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)|(?:href|src)="([^"]+)"/g)];
  return targets.flatMap(([, written, attribute]) => {
    const target = written ?? attribute ?? '';
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? path : resolve(dirname(path), decodeURIComponent(file));
    const shown = `${relative(root, path)}: ${target}`;
    if (!to.startsWith(root) || !existsSync(to)) return [`${shown} is not there`];
    if (anchor === undefined) return [];
    return statSync(to).isFile() && anchorsOf(to).has(anchor) ? [] : [`${shown} has no such heading`];
  });
}

it('lead to files and headings of this repository', () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.flatMap((path) => deadLinks(path))).toEqual([]);
});

it('every page of docs/ can be reached from README.md', () => {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path) || !path.endsWith('.md') || !existsSync(path)) return;
    reached.add(path);
    for (const [, file = ''] of readFileSync(path, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g))
      if (!/^[a-z]+:/.test(file)) visit(resolve(dirname(path), file));
  };
  visit(join(root, 'README.md'));
  const docs = pages.filter((path) => path.startsWith(join(root, 'docs')));
  expect(docs.filter((path) => !reached.has(path)).map((path) => relative(root, path))).toEqual([]);
});

it('are found where they are dead', () => {
  const page =
    '[a](sam.md) [b](none.md) [c](sam.md#nowhere) [d](../README.md#start) `[e](code.md)` [f](https://x.y/z)';
  expect(deadLinks(join(root, 'docs', 'page.md'), page)).toEqual([
    'docs/page.md: none.md is not there',
    'docs/page.md: sam.md#nowhere has no such heading',
  ]);
});
