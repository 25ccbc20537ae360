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

  it.each([1, 50, 5000])('go on after a body that is too long, in pieces of %d bytes', (size) => {
    const long = encodeFrame('error', 'a', Buffer.alloc(LIMIT + 1, 2));
    const next = encodeFrame('next', '', '');
    const wanted = { kind: 'next', text: '', body: Buffer.alloc(0) };
    expect(read(Buffer.concat([next, long, long, next]), size)).toEqual([
      wanted,
      { kind: 'error', text: 'a', body: undefined },
      { kind: 'error', text: 'a', body: undefined },
      wanted,
    ]);
  });

  it.each([
    ['there is no kind 71 of frames', 'GET / HTTP/1.1\r\n\r\n'],
    ['a text of 1701210467 bytes is too long', '\x03eficious text'],
  ])('are refused at their head: %s', (why, written) => {
    expect(() => read(Buffer.from(written), 3)).toThrow(why);
  });
});
