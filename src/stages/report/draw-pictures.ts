import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PagePictures } from '../../report/html.ts';
import type { StackReport } from '../../report/model.ts';

/** Scripts of pages lie beside the bundle: `dist/page/`. */
const FOLDER = join(import.meta.dirname, 'page');

/**
 * What a page shows of the pictures of stacks; `undefined` where there are none. What draws them is loaded then only.
 *
 * @param level of the headings below those of the page
 * @param folder of the scripts
 */
export async function drawPictures(
  stacks: readonly StackReport[],
  level: 2 | 3 = stacks.length === 1 ? 2 : 3,
  folder: string = FOLDER,
): Promise<PagePictures | undefined> {
  if (!stacks.some(({ picture }) => picture && picture.nodes.length > 0)) return undefined;
  const [{ renderPicture }, { PICTURE_STYLE }] = await Promise.all([
    import('../../report/picture/page.ts'),
    import('../../report/picture/style.ts'),
  ]);
  const rendered = stacks.map((stack, index) => renderPicture(stack, `p${index}`, level));
  const files = [
    // It is forty times as large as the other, and most services have one view.
    ...(rendered.some(({ hasMoreViews }) => hasMoreViews) ? ['drawing.js'] : []),
    'picture.mjs',
  ];
  const scripts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return {
    drawn: new Map(stacks.map(({ stackName }, index) => [stackName, rendered[index]?.html ?? ''])),
    style: PICTURE_STYLE,
    script: scripts.join(''),
  };
}
