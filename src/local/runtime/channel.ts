import { writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { type Exchange, errorTypeOf, respondWhole, responseLimit } from './exchange.ts';
import { type ChannelFrame, encodeFrame, frameReader } from './frames.ts';
import type { Invocation } from './invocation.ts';

/** What is known of a channel besides what comes of it. */
export interface Channel {
  /**
   * Whether the last event was never read to its end, as the system tells once the other end is closed: the function cannot
   * have begun with it. False says nothing.
   */
  isUnread(): boolean;
}

/**
 * Leads an exchange over a socket to one of our own runtimes: fewer system calls and less to parse than HTTP.
 *
 * @param tell told why the socket is closed, which ends the runtime
 */
export function connectChannel(socket: Duplex, exchange: Exchange, tell: (why: string) => void): Channel {
  /** The system has taken the whole of the last event, whether or not anybody reads it. */
  let isTaken = true;
  /** The other end was closed with something of the last event in it. No event is sent before the one before it was read. */
  let wasLeft = false;

  const send = (invocation: Invocation): void => {
    const frame = encodeFrame('event', fieldsOf(invocation), invocation.payload);
    const sent = writeNow(socket, frame);
    isTaken = sent === frame.length;
    if (isTaken) return;
    socket.write(frame.subarray(sent), (error) => {
      isTaken = !error;
    });
  };

  function respond(contentType: string, body: Buffer | undefined): void {
    const answering = exchange.answering();
    if (!answering) return;
    if (body === undefined) answering.done({ kind: 'too-large' });
    // A sink that takes nothing more leaves the rest to the time limit, as with a runtime that waits.
    else respondWhole(answering, contentType, body).catch(() => socket.destroy());
  }

  function take({ kind, text, body }: ChannelFrame): void {
    const payload = body ?? Buffer.from('{}');
    switch (kind) {
      case 'next':
        exchange.ask(send);
        break;
      case 'response':
        respond(text, body);
        break;
      case 'error':
        exchange.answering()?.done({ kind: 'error', errorType: errorTypeOf(text, payload), payload });
        break;
      case 'init-error':
        exchange.failInit(errorTypeOf(text, payload), payload);
        break;
      case 'event':
        throw new Error('a runtime has no events to send');
    }
  }

  const read = frameReader(responseLimit, take);
  socket.on('data', (piece: Buffer) => {
    try {
      read(piece);
    } catch {
      tell(
        'The function wrote to descriptor 3, at which its runtime gets events and answers: it is ended.\n',
      );
      socket.destroy();
    }
  });
  // The process is gone, which its exit tells.
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'ECONNRESET') wasLeft = true;
    socket.destroy();
  });
  return { isUnread: () => wasLeft || !isTaken };
}

/**
 * Past the stream, which costs as much as the call of the system. Node.js does not document where the descriptor is: without
 * one, the stream writes everything.
 *
 * @returns how many bytes the system has taken
 */
function writeNow(socket: Duplex & { readonly _handle?: { readonly fd?: number } }, data: Buffer): number {
  const fd = socket._handle?.fd ?? -1;
  if (fd < 0 || socket.writableLength > 0) return 0;
  try {
    return writeSync(fd, data);
  } catch {
    // It is full, or closed, as the stream finds out.
    return 0;
  }
}

/** The order is that of the bootstraps. */
const fieldsOf = (invocation: Invocation): string =>
  JSON.stringify([
    invocation.requestId,
    String(invocation.deadline),
    invocation.arn,
    invocation.traceId,
    invocation.clientContext || null,
    invocation.cognitoIdentity || null,
    invocation.tenantId || null,
  ]);
