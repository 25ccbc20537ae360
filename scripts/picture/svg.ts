import { type Block, blocksOf } from './blocks.ts';

const WIDTH = 880;
const MARGIN = 20;
const LINE = 22;
/** Width of a letter, in parts of its height; of a fixed-width one. */
const LETTER = { text: 0.56, code: 0.602 } as const;
const SIZE = { title: 18, text: 14, code: 12 } as const;

const STYLE = `
  .page { fill: #ffffff; stroke: #d1d9e0; } .words { fill: #1f2328; } .quiet { fill: #59636e; }
  .line { stroke: #d1d9e0; } .caution { fill: #cf222e; } .code { fill: #f6f8fa; }
  .plus { fill: #dafbe1; } .minus { fill: #ffebe9; } .at { fill: #ddf4ff; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; stroke: #3d444d; } .words { fill: #f0f6fc; } .quiet { fill: #9198a1; }
    .line { stroke: #3d444d; } .caution { fill: #f85149; } .code { fill: #151b23; }
    .plus { fill: #12261e; } .minus { fill: #25171c; } .at { fill: #121d2f; }
  }
  text { font-family: -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif; white-space: pre; }
  .mono { font-family: ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, monospace; }`;

/** Differences that are open; further ones are drawn folded, as a reader may leave them. */
const OPEN = 3;

/** What is drawn, and how far down it reaches. */
interface Drawn {
  readonly parts: string[];
  y: number;
}

/** A comment's Markdown as SVG: texts are texts, so that it stays small and sharp, and can be searched. */
export function pictureOf(markdown: string): string {
  const drawn: Drawn = { parts: [], y: MARGIN };
  let open = OPEN;
  for (const block of blocksOf(markdown)) {
    if (block.kind === 'details' && block.lines.length > 0 && open-- <= 0)
      draw({ ...block, lines: [] }, drawn);
    else draw(block, drawn);
  }
  const height = drawn.y + MARGIN - LINE / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="A pull request comment of this action">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>`,
    ...drawn.parts,
    '</svg>\n',
  ].join('\n');
}

function draw(block: Block, drawn: Drawn): void {
  if (block.kind === 'title') write(drawn, block.text, { size: SIZE.title, bold: true });
  else if (block.kind === 'text') write(drawn, block.text, { size: SIZE.code, style: 'quiet' });
  else if (block.kind === 'caution') caution(block.lines, drawn);
  else if (block.kind === 'table') table(block.rows, drawn);
  else if (block.kind === 'details') details(block, drawn);
  drawn.y += LINE / 2;
}

interface Look {
  readonly size: number;
  readonly style?: string;
  readonly bold?: boolean;
  readonly indent?: number;
}

/** A text, in as many lines as it needs. */
function write(drawn: Drawn, text: string, { size, style = 'words', bold = false, indent = 0 }: Look): void {
  const most = Math.floor((WIDTH - 2 * MARGIN - indent) / (size * LETTER.text));
  for (const line of wrapped(text, most)) {
    drawn.y += LINE;
    drawn.parts.push(
      textAt(
        MARGIN + indent,
        drawn.y,
        line,
        `class="${style}" font-size="${size}"${bold ? ' font-weight="600"' : ''}`,
      ),
    );
  }
}

function caution(lines: readonly string[], drawn: Drawn): void {
  const top = drawn.y + 4;
  write(drawn, '⊗ Caution', { size: SIZE.text, style: 'caution', bold: true, indent: 16 });
  for (const line of lines) write(drawn, `• ${line}`, { size: SIZE.text, indent: 16 });
  drawn.parts.push(
    `<rect class="caution" x="${MARGIN}" y="${top}" width="4" height="${drawn.y + 8 - top}"/>`,
  );
  drawn.y += 8;
}

/** Columns are as wide as what is in them, but for the widest where there is no room. */
function table(rows: readonly (readonly string[])[], drawn: Drawn): void {
  const columns = Math.max(...rows.map((row) => row.length));
  const letters = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length), 1),
  );
  const widths = letters.map((count) => 16 + count * SIZE.text * LETTER.text);
  const over = widths.reduce((sum, width) => sum + width, 0) - (WIDTH - 2 * MARGIN);
  const widest = widths.indexOf(Math.max(...widths));
  if (over > 0) widths[widest] = (widths[widest] ?? 0) - over;
  const right = MARGIN + widths.reduce((sum, width) => sum + width, 0);
  const rule = (): void => {
    drawn.parts.push(`<path class="line" d="M${MARGIN} ${drawn.y + 7}H${right.toFixed(0)}"/>`);
  };
  rows.forEach((row, index) => {
    drawn.y += LINE + 4;
    let x = MARGIN + 8;
    row.forEach((cell, column) => {
      const width = widths[column] ?? 0;
      const most = Math.max(4, Math.floor((width - 8) / (SIZE.text * 0.48)));
      const bold = index === 0 ? ' font-weight="600"' : '';
      drawn.parts.push(
        textAt(x, drawn.y, cut(cell, most), `class="words" font-size="${SIZE.text - 1}"${bold}`),
      );
      x += width;
    });
    rule();
  });
  drawn.y += 4;
}

const TINTS: Readonly<Record<string, string>> = { '+': 'plus', '-': 'minus', '@': 'at', '!': 'at' };

function details({ title, lines }: Extract<Block, { kind: 'details' }>, drawn: Drawn): void {
  write(drawn, `${lines.length > 0 ? '▾' : '▸'} ${title}`, { size: SIZE.text });
  if (lines.length === 0) return;
  drawn.y += 10;
  const width = WIDTH - 2 * MARGIN;
  const top = drawn.y;
  const height = lines.length * (LINE - 4) + 14;
  drawn.parts.push(
    `<rect class="code" x="${MARGIN}" y="${top}" width="${width}" height="${height}" rx="6"/>`,
  );
  const most = Math.floor((width - 24) / (SIZE.code * LETTER.code));
  lines.forEach((line, index) => {
    const y = top + 8 + index * (LINE - 4);
    const tint = TINTS[line[0] ?? ''];
    if (tint)
      drawn.parts.push(
        `<rect class="${tint}" x="${MARGIN + 6}" y="${y}" width="${width - 12}" height="${LINE - 4}"/>`,
      );
    drawn.parts.push(
      textAt(MARGIN + 12, y + 13, cut(line, most), `class="words mono" font-size="${SIZE.code}"`),
    );
  });
  drawn.y = top + height;
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const cut = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
};

const textAt = (x: number, y: number, text: string, look: string): string =>
  `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}" ${look}>${escaped(text)}</text>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
