import type { Colours } from './colours.ts';

/** How far a stack's change has come. */
export interface Progress {
  /** Counts a resource that came to rest, and draws the bar again. */
  seen(event: { readonly logicalId: string; readonly status: string; readonly type: string }): void;
  /** Takes the bar away, to make room for a line or because it is over. */
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
  if (!stream.isTTY || total === 0) return { seen: () => undefined, end: () => undefined };
  return {
    seen({ logicalId, status, type }) {
      if (status.endsWith('_COMPLETE') && type !== 'AWS::CloudFormation::Stack') finished.add(logicalId);
      const done = Math.min(total, finished.size);
      const filled = Math.round((done / total) * WIDTH);
      const bar = colours.green('━'.repeat(filled)) + colours.dim('━'.repeat(WIDTH - filled));
      stream.write(`\r${bar} ${done}/${total} resources\u001b[K`);
    },
    end: () => stream.write('\r\u001b[K'),
  };
}
