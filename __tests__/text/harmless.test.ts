import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defuseCommands, harmless, redactor, showable, singleLine } from '../../src/text/harmless.ts';

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
  'takes no time over much of %j',
  (part) => {
    const text = part.repeat(200_000);
    const start = performance.now();
    defuseCommands(harmless(text));
    singleLine(text);
    expect(performance.now() - start).toBeLessThan(1000);
  },
);

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

  it('hides secrets that overlap, or follow one another, as one', () => {
    const { add, redact } = redactor();
    add('abcd');
    add('cdef');
    expect(redact('x abcdef y')).toBe('x *** y');
    expect(redact('abcdabcd')).toBe('******');
  });

  it('hides a secret wherever it stands in what base64 encodes', () => {
    const secret = 'correct horse battery';
    const { add, redact } = redactor();
    add(secret);
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${before}${secret}${before}`).toString(encoding);
        const left = redact(encoded).split('***');
        expect(left).toHaveLength(2);
        for (const rest of left) {
          expect(Buffer.from(rest, encoding).toString()).not.toMatch(/orrec|atter/);
          expect(rest.length).toBeLessThanOrEqual(10);
        }
      }
    }
  });

  it('hides every form of any secret in any text', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 20 });
    const secrets = fc.string({ unit: 'grapheme', minLength: 3, maxLength: 20 });
    const forms = [
      (secret: string) => secret,
      (secret: string) => JSON.stringify(secret).slice(1, -1),
      encodeURIComponent,
      (secret: string) => new URLSearchParams({ a: secret }).toString().slice(2),
      (secret: string) => Buffer.from(secret).toString('base64'),
    ];
    fc.assert(
      fc.property(texts, secrets, texts, fc.constantFrom(...forms), (before, secret, after, form) => {
        const { add, redact } = redactor();
        add(secret);
        const shown = redact(before + form(secret) + after);
        expect(shown).toContain('***');
        if (!'***'.includes(secret) && !secret.includes('*')) expect(shown).not.toContain(form(secret));
      }),
    );
  });

  it('shows nothing of a secret that a terminal escape runs into', () => {
    const secrets = redactor();
    secrets.add('hunter2');
    for (const cut of ['\u001b[', '\u001b', '\u001b]', '\u009b', '\0', '\u202e']) {
      expect(showable(`x${cut}hunter2`, secrets)).not.toMatch(/unter2/);
      expect(showable(`xhun${cut}\u0007ter2`, secrets)).not.toContain('hunter2');
    }
  });

  it('does not hide what is too short to be one', () => {
    const { add, redact } = redactor();
    add('a');
    add('');
    add('{\n}');
    expect(redact('a {banana} ew==')).toBe('a {banana} ew==');
  });
});
