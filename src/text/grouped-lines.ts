/** How groups look where the lines go. */
interface Output {
  write(line: string): void;
  open(title: string): string;
  readonly close: string | undefined;
}

/** Lines in groups that run side by side and do not interleave. */
export interface GroupedLines {
  line(text: string): void;
  group<T>(title: string, body: (line: (text: string) => void) => Promise<T>): Promise<T>;
}

interface Group {
  readonly held: string[];
  closed: boolean;
}

/** The first open group streams; the others are held back until it is closed, and follow in the order they began. */
export function groupedLines(output: Output): GroupedLines {
  const groups: Group[] = [];

  const showNext = (): void => {
    for (let first = groups[0]; first; first = groups[0]) {
      for (const held of first.held.splice(0)) output.write(held);
      if (!first.closed) return;
      if (output.close !== undefined) output.write(output.close);
      groups.shift();
    }
  };

  return {
    line: (text) => output.write(text),
    async group(title, body) {
      const group: Group = { held: [output.open(title)], closed: false };
      groups.push(group);
      showNext();
      try {
        return await body((text) => {
          group.held.push(text);
          showNext();
        });
      } finally {
        group.closed = true;
        showNext();
      }
    },
  };
}
