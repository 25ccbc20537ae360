import { renderMermaid } from '../../picture/mermaid.ts';
import { codeBlock, inHtmlBlock } from '../escape.ts';
import type { Section } from '../fit.ts';
import type { Report } from '../model.ts';

/** Of the bytes that there are, what pictures may take: the differences come first. */
const SHARE = 1 / 5;
/** Mermaid draws no text of more than 50,000 characters. */
const MOST = 40_000;

/** The pictures of all stacks, folded, which GitHub draws; below everything else, so that they are the first to go. */
export function pictureSections({ stacks }: Report, limit: number): Section[] {
  const drawn = stacks.filter(({ picture, failure }) => picture && !failure);
  const each = Math.min(MOST, Math.floor((limit * SHARE) / drawn.length));
  return drawn.flatMap(({ stackName, picture }) => {
    const text = picture ? renderMermaid(picture, each) : '';
    if (text === '') return [];
    const title = stacks.length === 1 ? 'Picture of the service' : `Picture of ${stackName}`;
    return [
      {
        text: `<details><summary>${inHtmlBlock(title)}</summary>\n\n${codeBlock('mermaid', text)}\n\n</details>`,
      },
    ];
  });
}
