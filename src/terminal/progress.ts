import type { Colours } from './colours.ts';

/** How far a stack's change has come. */
export interface Progress {
  /** A resource came to rest. */
  done(logicalId: string): void;
  /** Takes the bar away. */
  end(): void;
}

const WIDTH = 30;

/** A bar of resources done, drawn over itself on a terminal; nothing elsewhere, as the events are lines there. */
export function progressBar(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  total: number,
  colours: Colours,
): Progress {
  const finished = new Set<string>();
  if (!stream.isTTY || total === 0) return { done: () => undefined, end: () => undefined };
  const draw = () => {
    const share = Math.min(1, finished.size / total);
    const filled = Math.round(share * WIDTH);
    const bar = colours.green('━'.repeat(filled)) + colours.dim('━'.repeat(WIDTH - filled));
    stream.write(`\r${bar} ${finished.size}/${total} resources\u001b[K`);
  };
  draw();
  return {
    done(logicalId) {
      finished.add(logicalId);
      draw();
    },
    end: () => stream.write('\r\u001b[K'),
  };
}
