import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { redactor, showable } from '../../src/text/secrets.ts';

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
