/** A part of a comment, as far as the comments of this action have parts. */
export type Block =
  | { readonly kind: 'title' | 'text'; readonly text: string }
  | { readonly kind: 'caution'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** A folded part: its heading, and its lines where it is open. */
  | { readonly kind: 'details'; readonly title: string; readonly lines: readonly string[] };

/**
 * Reads a comment's Markdown.
 *
 * @throws Error at a part that is none of those that are known: a picture has to show all of it
 */
export function blocksOf(markdown: string): Block[] {
  const parts = markdown
    .replace(/^\s*<!--.*?-->\n/s, '')
    .matchAll(/<details.*?<\/details>|[^\n]+(?:\n[^\n]+)*/gs);
  return [...parts].map(([part]) => blockOf(part.trim()));
}

function blockOf(part: string): Block {
  const lines = part.split('\n');
  const title = /^#{3,4} (.*)$/.exec(part)?.[1];
  if (title !== undefined) return { kind: 'title', text: plain(title) };
  if (part.startsWith('<details')) return detailsOf(part);
  if (lines[0] === '> [!CAUTION]')
    return { kind: 'caution', lines: lines.slice(1).map((line) => plain(line.replace(/^> - /, ''))) };
  if (lines.every((line) => line.startsWith('|')))
    return { kind: 'table', rows: lines.filter((_, index) => index !== 1).map(cellsOf) };
  if (lines.length === 1) return { kind: 'text', text: plain(part) };
  throw new Error(`no picture can be made of: ${part.slice(0, 100)}`);
}

function detailsOf(part: string): Block {
  const [, open, title = '', body = ''] =
    /^<details( open)?><summary>(.*?)<\/summary>(.*)<\/details>$/s.exec(part) ?? [];
  const lines = /^(`{3,})diff\n(.*?)\n\1$/ms.exec(body)?.[2]?.split('\n') ?? [];
  return { kind: 'details', title: plain(title), lines: open === undefined ? [] : lines };
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => plain(cell.trim()));

/** Without marks: the picture has one style for each place. */
const plain = (text: string): string =>
  text
    .replace(/<\/?sub>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|`|_(?=↳)|_$)/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
