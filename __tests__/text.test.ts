import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defuseCommands, harmless, redactor, singleLine } from '../src/text.ts';

describe('harmless', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['titles of windows', '\u001b]0;title\u0007text', 'text'],
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

it('defuses what a runner would obey', () => {
  const hostile = '::error::x\n  ::set-output name=a::b\nfine :: here\nx ##[command]y';
  const text = defuseCommands(hostile);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toContain('##[');
  expect(text.replaceAll('\u200b', '')).toBe(hostile);
});

describe('redactor', () => {
  it('hides a secret in every way of writing it', () => {
    const { add, redact } = redactor();
    add('p"ss word');
    const forms = [
      'p"ss word',
      JSON.stringify('p"ss word'),
      encodeURIComponent('p"ss word'),
      Buffer.from('p"ss word').toString('base64'),
    ];
    for (const form of forms) expect(redact(`x ${form} y`)).not.toContain(form);
  });

  it('hides the longest first, and each line of a key', () => {
    const { add, redact } = redactor();
    add('secret');
    add('secret-and-more');
    add('-----BEGIN-----\nabcdef\n-----END-----');
    expect(redact('secret-and-more')).toBe('***');
    expect(redact('the line abcdef alone')).toBe('the line *** alone');
  });

  it('does not hide what is too short to be one', () => {
    const { add, redact } = redactor();
    add('a');
    add('');
    expect(redact('a banana')).toBe('a banana');
  });
});
