import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Sends a request on to the service behind a stand-in, as it came, and its answer back. */
export function passOn(
  target: string,
  { incoming, body }: { readonly incoming: IncomingMessage; readonly body: Buffer },
  outgoing: ServerResponse,
): void {
  // The body is here already: nothing to announce, and its length is known.
  const { expect: _, 'transfer-encoding': __, ...headers } = incoming.headers;
  const forward = request(
    new URL(incoming.url ?? '/', target),
    { method: incoming.method, headers: { ...headers, 'content-length': body.length } },
    (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    },
  );
  forward.once('error', () => outgoing.destroy());
  forward.end(body);
}

/** The whole body of a request. */
export async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
