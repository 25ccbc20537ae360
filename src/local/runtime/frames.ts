/**
 * What the host and its own runtimes say to each other, at a socket that the process inherits: a kind (one byte), the lengths
 * of a text and of a body (four bytes each, the highest first), the text (UTF-8), the body. `bootstrap/node-api.mjs` and
 * `bootstrap/python.py` have the other end.
 */
export interface ChannelFrame {
  readonly kind: FrameKind;
  /** Of an event its fields, a JSON array; of a response its media type, of an error its own type. */
  readonly text: string;
  /** Undefined when it is longer than what is taken: no frame comes after it. */
  readonly body: Buffer | undefined;
}

/** Kinds from the host: an event. From a runtime: it wants the next event, a response, an error of an event or of the start. */
export type FrameKind = 'event' | 'next' | 'response' | 'error' | 'init-error';

const CODES: Readonly<Record<FrameKind, number>> = {
  event: 1,
  next: 2,
  response: 3,
  error: 4,
  'init-error': 5,
};
const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code, kind as FrameKind]));
const HEAD = 9;
/** Bytes of the longest text: those of events, answers and errors are far shorter. */
const TEXT_LIMIT = 64 * 1024;
const NOTHING = Buffer.alloc(0);

export function encodeFrame(kind: FrameKind, text: string, body: Uint8Array | string): Buffer {
  const textLength = Buffer.byteLength(text);
  const bodyLength = Buffer.byteLength(body);
  const frame = Buffer.allocUnsafe(HEAD + textLength + bodyLength);
  frame[0] = CODES[kind];
  frame.writeUInt32BE(textLength, 1);
  frame.writeUInt32BE(bodyLength, 5);
  frame.write(text, HEAD);
  if (typeof body === 'string') frame.write(body, HEAD + textLength);
  else frame.set(body, HEAD + textLength);
  return frame;
}

/**
 * Reads frames from the pieces that they come in.
 *
 * @param limit bytes of the longest body that is kept
 * @returns what takes the next piece. @throws {Error} on what is no frame
 */
export function frameReader(limit: number, take: (frame: ChannelFrame) => void): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  let wanted = HEAD;
  let ended = false;

  /** @returns what is left once every whole frame is taken; sets how much of the next one must have come */
  function takeWhole(data: Buffer): Buffer {
    let rest = data;
    while (rest.length >= HEAD) {
      const kind = KINDS.get(rest[0] ?? 0);
      const textLength = rest.readUInt32BE(1);
      // Known before the lengths are waited for: whoever writes something else must not be waited for.
      if (!kind || textLength > TEXT_LIMIT) throw new Error('this is no frame');
      const textEnd = HEAD + textLength;
      const end = textEnd + rest.readUInt32BE(5);
      const isTooLong = end - textEnd > limit;
      wanted = isTooLong ? textEnd : end;
      if (rest.length < wanted) return rest;
      ended = isTooLong;
      take({
        kind,
        text: rest.toString('utf8', HEAD, textEnd),
        body: isTooLong ? undefined : rest.subarray(textEnd, end),
      });
      if (ended) return NOTHING;
      rest = rest.subarray(end);
    }
    wanted = HEAD;
    return rest;
  }

  return (piece) => {
    if (ended) return;
    pieces.push(piece);
    size += piece.length;
    if (size < wanted) return;
    const rest = takeWhole(pieces.length === 1 ? piece : Buffer.concat(pieces));
    pieces = rest.length === 0 ? [] : [rest];
    size = rest.length;
  };
}
