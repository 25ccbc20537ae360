/** Every command line of the documentation is one that this program takes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { parseFlags } from '../../src/terminal/flags.ts';

const root = resolve(import.meta.dirname, '../..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`),
].filter((path) => path.endsWith('.md'));

/** What stands behind `sparta-action` in blocks of code, up to a comment, a pipe or a redirection. */
function commandLines(path: string): string[] {
  let text = '';
  try {
    text = readFileSync(join(root, path), 'utf8');
  } catch {
    return [];
  }
  return [...text.matchAll(/^ *```(?:console|sh|bash)\n(.*?)^ *```/gms)]
    .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => /(?:^|[ /])sparta-action (.*)$/.exec(line)?.slice(1) ?? []);
}

function words(line: string): string[] {
  const found = [...line.replace(/ ?--help/, '').matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([all, single, double]) => single ?? double ?? all,
  );
  const end = found.findIndex((word) => /^[#|>]/.test(word));
  return end < 0 ? found : found.slice(0, end);
}

const all = pages.flatMap((path) => commandLines(path).map((line) => [path, line] as const));

it('has some', () => expect(all.length).toBeGreaterThan(40));

it.each(all)('%s: sparta-action %s', (_, line) => {
  expect(() => parseFlags(words(line))).not.toThrow();
});
