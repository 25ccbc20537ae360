/** Text that comes in pieces, handed on in whole lines. */
export interface WholeLines {
  add(text: string): void;
  /** What is left without a line break is a line, too. */
  end(): void;
}

/** Characters of a line that has not ended; longer ones are handed on in pieces. */
const LONGEST = 64 * 1024;

/**
 * For several writers of one log: what one of them writes bit by bit, as Python's `print` does, is not torn apart by others.
 *
 * @param output takes one or more lines, each with its end
 */
export function wholeLines(output: (lines: string) => void): WholeLines {
  let rest = '';
  const end = (): void => {
    if (rest !== '') output(`${rest}\n`);
    rest = '';
  };
  return {
    add(text) {
      const last = text.lastIndexOf('\n') + 1;
      if (last > 0) {
        const lines = rest + text.slice(0, last);
        rest = '';
        output(lines);
      }
      rest += text.slice(last);
      if (rest.length > LONGEST) end();
    },
    end,
  };
}
