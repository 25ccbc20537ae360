/**
 * What the host and its own runtimes say to each other, at a socket that the process inherits: a kind (one byte), the lengths
 * of a text and of a body (four bytes each, the highest first), the text (UTF-8), the body. `bootstrap/node-api.cjs` and
 * `bootstrap/sparta_runtime.py` have the other end.
 */
export interface ChannelFrame {
  readonly kind: FrameKind;
  /** Of an event its fields, a JSON array; of a response its media type, of an error its own type. */
  readonly text: string;
  /** Undefined when it is longer than what is taken. */
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

/** Bytes of the longest text that is read: types of media and of errors are far shorter. */
const LONGEST_TEXT = 64 * 1024;

/**
 * Reads frames from the pieces that they come in. What is too long to be kept is left out as it comes.
 *
 * @param limit bytes of the longest body that is kept
 * @returns what takes the next piece. @throws {Error} on a head that is none: something else was written
 */
export function frameReader(limit: number, take: (frame: ChannelFrame) => void): (piece: Buffer) => void {
  /** Of a frame that has not come as a whole. */
  let pieces: Buffer[] = [];
  let size = 0;
  let wanted = HEAD;
  /** Bytes of a body that is too long which have not come yet. */
  let skipped = 0;

  /** @returns where the first frame begins that is not whole; sets how much of it must have come */
  function takeWhole(data: Buffer): number {
    let at = 0;
    while (at + HEAD <= data.length) {
      const { kind, textLength, bodyLength } = headOf(data, at);
      const textEnd = at + HEAD + textLength;
      const end = textEnd + bodyLength;
      const isTooLong = bodyLength > limit;
      wanted = (isTooLong ? textEnd : end) - at;
      if (at + wanted > data.length) return at;
      take({
        kind,
        text: textLength === 0 ? '' : data.toString('utf8', at + HEAD, textEnd),
        body: isTooLong ? undefined : bodyLength === 0 ? NOTHING : data.subarray(textEnd, end),
      });
      skipped = Math.max(0, end - data.length);
      at = end - skipped;
    }
    wanted = HEAD;
    return at;
  }

  function keepRest(data: Buffer): void {
    const at = takeWhole(data);
    size = data.length - at;
    if (size > 0) pieces = [data.subarray(at)];
    else if (pieces.length > 0) pieces = [];
  }

  return (piece) => {
    const next = skipped === 0 ? piece : piece.subarray(skipped);
    skipped -= piece.length - next.length;
    // Nearly all answers come as one piece.
    if (size === 0 && next.length >= wanted) return keepRest(next);
    pieces.push(next);
    size += next.length;
    if (size >= wanted) keepRest(Buffer.concat(pieces));
  };
}

const NOTHING = Buffer.alloc(0);

function headOf(
  data: Buffer,
  at: number,
): {
  readonly kind: FrameKind;
  readonly textLength: number;
  readonly bodyLength: number;
} {
  const kind = KINDS.get(data[at] ?? 0);
  if (!kind) throw new Error(`there is no kind ${data[at]} of frames`);
  const textLength = data.readUInt32BE(at + 1);
  if (textLength > LONGEST_TEXT) throw new Error(`a text of ${textLength} bytes is too long`);
  return { kind, textLength, bodyLength: data.readUInt32BE(at + 5) };
}
