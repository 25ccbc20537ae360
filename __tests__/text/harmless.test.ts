import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defuseCommands, harmless, singleLine } from '../../src/text/harmless.ts';
import { growth, LINEAR } from '../support/growth.ts';

describe('harmless', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['titles of windows', '\u001b]0;title\u0007text', 'text'],
    ['titles that never end', '\u001b]0;title\ntext', ']0;title\ntext'],
    ['8-bit escapes', '\u009b31mred\u009b0m \u009d0;title\u009ctext', 'red text'],
    ['character sets and keypad modes', '\u001b(Ba\u001b=b\u001b7c', 'abc'],
    ['text that nobody sees', 'a\u{e0041}\u{e007f}b\ufff9c', 'abc'],
    ['joined emoji stay', '👩\u200d💻 é', '👩\u200d💻 é'],
    ['carriage returns', 'a\r\nb\rc', 'a\nb\nc'],
    ['NUL and other controls', 'a\0b\u0007c\u0090d', 'abcd'],
    ['marks that turn text around', 'abc\u202edcba\u2066', 'abcdcba'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['tabs and newlines stay', 'a\tb\nc', 'a\tb\nc'],
  ])('%s', (_, text, plain) => {
    expect(harmless(text)).toBe(plain);
  });

  it('leaves nothing that a terminal would act upon, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(singleLine(text)).not.toContain('\n');
      }),
    );
  });
});

it.each(['\u001b[', '\u001b]', '\u009d', '\u009b0;', '\u001b ', '::', '\u001b[1;'])(
  'takes no more time than it has to over much of %j',
  (part) => {
    const work = (size: number) => {
      const text = part.repeat(size);
      defuseCommands(harmless(text));
      singleLine(text);
    };
    expect(growth(work, 5_000)).toBeLessThan(LINEAR);
  },
);

it('defuses what a runner would obey', () => {
  const hostile = '::error::x\n  ::set-output name=a::b\nfine :: here\nx ##[command]y';
  const text = defuseCommands(hostile);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toContain('##[');
  expect(text.replaceAll('\u200b', '')).toBe(hostile);
});
