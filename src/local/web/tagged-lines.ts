import { type WholeLines, wholeLines } from '../../text/whole-lines.ts';

/** Whole lines with a name before each: several servers write at the same time. */
export const taggedLines = (tag: string, output: (text: string) => void): WholeLines =>
  wholeLines((lines) =>
    output(
      lines
        .split('\n')
        .slice(0, -1)
        .map((line) => `${tag}: ${line}\n`)
        .join(''),
    ),
  );
