import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, nat, property, record, string, uint8Array } from 'fast-check';
import {
  type ChannelFrame,
  encodeFrame,
  type FrameKind,
  frameReader,
} from '../../../src/local/runtime/frames.ts';

const LIMIT = 1000;
const kinds: readonly FrameKind[] = ['event', 'next', 'response', 'error', 'init-error'];

/** What is read of bytes that come in pieces of so many bytes. */
function read(data: Buffer, size: number): ChannelFrame[] {
  const frames: ChannelFrame[] = [];
  const take = frameReader(LIMIT, (frame) => frames.push(frame));
  for (let at = 0; at < data.length; at += size) take(data.subarray(at, at + size));
  return frames;
}

describe('frames', () => {
  it('are read as they were written, whatever the pieces', () => {
    const frame = record({
      kind: constantFrom(...kinds),
      text: string({ unit: 'grapheme' }),
      body: uint8Array({ maxLength: 300 }),
    });
    assert(
      property(array(frame, { maxLength: 5 }), nat(400), (frames, size) => {
        const written = Buffer.concat(frames.map(({ kind, text, body }) => encodeFrame(kind, text, body)));
        expect(read(written, size + 1)).toEqual(
          frames.map(({ kind, text, body }) => ({ kind, text, body: Buffer.from(body) })),
        );
      }),
    );
  });

  it('have bodies of text, too', () => {
    expect(read(encodeFrame('response', 'text/plain', 'grün'), 3)).toEqual([
      { kind: 'response', text: 'text/plain', body: Buffer.from('grün') },
    ]);
  });

  it.each([1, 50, 5000])('end with a body that is too long, in pieces of %d bytes', (size) => {
    const long = encodeFrame('response', 'a', Buffer.alloc(LIMIT + 1));
    const written = Buffer.concat([encodeFrame('next', '', ''), long, encodeFrame('next', '', '')]);
    expect(read(written, size)).toEqual([
      { kind: 'next', text: '', body: Buffer.alloc(0) },
      { kind: 'response', text: 'a', body: undefined },
    ]);
  });

  it.each([
    ['of a kind that there is not', Buffer.from('GET / HTTP/1.1')],
    ['with a text that none of them has', Buffer.from([3, 255, 255, 255, 255, 0, 0, 0, 0])],
  ])('%s are refused before their end', (_, written) => {
    expect(() => read(written, 50)).toThrow('this is no frame');
  });
});
