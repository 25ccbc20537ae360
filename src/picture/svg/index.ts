import { html } from '../../text/html.ts';
import type { Picture } from '../types.ts';
import { MOST_SEEN } from '../view/all.ts';
import { viewOf } from '../view/index.ts';
import { treeOf } from '../view/tree.ts';
import { draw } from './draw.ts';
import { sketchOf } from './sketch.ts';
import { SVG_STYLE } from './style.ts';

/** The picture as an SVG file of its own, in the colours that its reader prefers. */
export function renderSvg(picture: Picture, title: string): string {
  const sketch = sketchOf(viewOf(picture, treeOf(picture), MOST_SEEN));
  const attributes = 'xmlns="http://www.w3.org/2000/svg" class="picture" role="img"';
  const before = (width: number, height: number): string =>
    [
      `<title>${html(title)}</title>`,
      `<style>${SVG_STYLE}</style>`,
      `<rect class="paper" width="${width}" height="${height}"/>`,
    ].join('\n');
  return `${draw(sketch, attributes, before)}\n`;
}
