import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Server-sent events to all pages that are open. */
export interface PageStream {
  open(response: ServerResponse, headers: OutgoingHttpHeaders): void;
  /** What a page gets that has just been opened, or that lost its connection: everything. */
  first(response: ServerResponse, all: unknown): void;
  send(event: string, data: unknown): void;
  close(): void;
}

/** Bytes that wait for a page that does not read: it is cut off, and gets everything when it comes back. */
const MOST_WAITING = 16 * 1024 * 1024;

export function createStream(): PageStream {
  const pages = new Set<ServerResponse>();
  return {
    open(response, headers) {
      response.writeHead(200, headers);
      response.on('close', () => pages.delete(response));
      pages.add(response);
    },
    first: (response, all) => void response.write(message('all', all)),
    send(event, data) {
      if (pages.size === 0) return;
      const text = message(event, data);
      for (const page of pages) {
        if (page.writableLength > MOST_WAITING) page.destroy();
        else page.write(text);
      }
    },
    close() {
      for (const page of pages) page.end();
    },
  };
}

/** JSON has no line breaks of its own. */
const message = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
