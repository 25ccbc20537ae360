import { describe, expect, it } from '@jest/globals';
import { cookieOf, hasCookie, isToken, newToken, refusal } from '../../src/console/guard.ts';

const own = { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', 'content-type': 'application/json' };

describe('who is answered', () => {
  it.each([
    ['GET', { host: '127.0.0.1:4000' }],
    ['GET', { host: 'localhost:4000' }],
    ['POST', own],
    ['POST', { ...own, 'sec-fetch-site': 'same-origin' }],
  ])('%s %j', (method, headers) => {
    expect(refusal({ method, headers }, 4000)).toBeUndefined();
  });

  it.each([
    ['GET', {}, 'the host is not this console'],
    ['GET', { host: 'evil.example:4000' }, 'the host is not this console'],
    ['GET', { host: '127.0.0.1:4001' }, 'the host is not this console'],
    ['GET', { host: '127.0.0.1:4000', origin: 'https://evil.example' }, 'the origin is another page'],
    ['GET', { host: '127.0.0.1:4000', origin: 'http://localhost:4000' }, 'the origin is another page'],
    ['POST', { ...own, origin: undefined }, 'the origin is not told'],
    ['POST', { ...own, origin: 'null' }, 'the origin is another page'],
    ['POST', { ...own, 'sec-fetch-site': 'cross-site' }, 'the request comes from another page'],
    ['POST', { ...own, 'content-type': 'text/plain' }, 'the content is no JSON'],
    ['DELETE', { host: '127.0.0.1:4000' }, 'the origin is not told'],
  ])('not %s %j', (method, headers, why) => {
    expect(refusal({ method, headers }, 4000)).toBe(why);
  });
});

it('a cookie is that of its own port', () => {
  const token = newToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(newToken()).not.toBe(token);
  const [cookie = ''] = cookieOf(4000, token).split(';');
  expect(hasCookie({ headers: { cookie: `a=b; ${cookie}` } }, 4000, token)).toBe(true);
  expect(hasCookie({ headers: { cookie } }, 4001, token)).toBe(false);
  expect(hasCookie({ headers: { cookie: `${cookie}x` } }, 4000, token)).toBe(false);
  expect(hasCookie({ headers: {} }, 4000, token)).toBe(false);
  expect(isToken(undefined, token)).toBe(false);
  expect(cookieOf(4000, token)).toContain('HttpOnly; SameSite=Strict');
});
