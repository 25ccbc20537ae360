import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a request; undefined when it is longer than `limit` bytes (the rest is read and thrown away, so
 * that the sender gets to see the answer).
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let ended = false;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => {
      ended = true;
      const [only] = chunks;
      if (size > limit) resolve(undefined);
      else resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('close', () => {
      // An error costs as much as all the rest here.
      if (!ended) reject(new Error('the connection was closed before the whole request had come'));
    });
  });
}
