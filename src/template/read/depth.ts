import { type Place, ProblemError } from '../../problem.ts';

/** Deeper than any template; the limit keeps hostile input from exhausting the stack. */
export const MAX_DEPTH = 200;
/** What a text may look like before it is parsed: brackets inside of strings count too, so it is generous. */
export const MAX_TEXT_DEPTH = 1000;

/** The error for what is nested deeper than {@link MAX_DEPTH}. */
export const tooDeep = (place: Place): ProblemError =>
  new ProblemError({ message: `nested deeper than ${MAX_DEPTH} levels`, place });

/** Deepest run of open flow brackets; an upper bound, cheap enough to ask before parsing recursively. */
export function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x5b || char === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x5d || char === 0x7d) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
