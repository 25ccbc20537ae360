import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PagePictures } from '../../report/html.ts';
import type { StackReport } from '../../report/model.ts';

/** It lies beside this file, in the bundle as in the sources. */
const SCRIPT = join(import.meta.dirname, 'page', 'picture.mjs');

/**
 * What a page shows of the pictures of stacks; `undefined` where there are none. What draws them is loaded then only.
 *
 * @param level of the headings below those of the page
 */
export async function drawPictures(
  stacks: readonly StackReport[],
  level: 2 | 3 = stacks.length === 1 ? 2 : 3,
): Promise<PagePictures | undefined> {
  if (!stacks.some(({ picture }) => picture && picture.nodes.length > 0)) return undefined;
  const [{ renderPicture }, { PICTURE_STYLE }, script] = await Promise.all([
    import('../../report/picture/page.ts'),
    import('../../report/picture/style.ts'),
    readFile(SCRIPT, 'utf8'),
  ]);
  const drawn = new Map(
    stacks.map((stack, index) => [stack.stackName, renderPicture(stack, `p${index}`, level)]),
  );
  return { drawn, style: PICTURE_STYLE, script };
}
