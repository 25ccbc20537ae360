/** Lines that say whose they are. */
export interface TaggedLines {
  add(text: string): void;
  /** What is left without a line break is a line, too. */
  end(): void;
}

/** Characters of a line that has not ended; longer ones are passed on in pieces. */
const LONGEST = 64 * 1024;

/** Passes whole lines on with a name before each: several servers write at the same time. */
export function taggedLines(tag: string, output: (text: string) => void): TaggedLines {
  let rest = '';
  const flush = (): void => {
    if (rest !== '') output(`${tag}: ${rest}\n`);
    rest = '';
  };
  return {
    add(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length > 0) output(lines.map((line) => `${tag}: ${line}\n`).join(''));
      if (rest.length > LONGEST) flush();
    },
    end: flush,
  };
}
