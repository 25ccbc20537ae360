import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A secret that only the terminal's link and the page's cookie know. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Cookies know no ports: each console on this machine has its own name. */
const cookieName = (port: number): string => `sparta-console-${port}`;

export const cookieOf = (port: number, token: string): string =>
  `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;

/** Compares without telling by its time how much was right. */
export function isToken(given: string | null | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** What a request says of itself. */
export interface Asking {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Why a request is not answered, or `undefined`. Pages of other origins can send requests to this machine, and names of
 * theirs can lead to it: the name must be this machine's own, and what changes something must come from the page itself.
 */
export function refusal({ method, headers }: Asking, port: number): string | undefined {
  const host = headers.host ?? '';
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'the host is not this console';
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && origin !== `http://${host}`) return 'the origin is another page';
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (origin === undefined) return 'the origin is not told';
  if (site !== undefined && site !== 'same-origin') return 'the request comes from another page';
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return 'the content is no JSON';
  return undefined;
}

/** Whether a request carries the cookie of this console. */
export function hasCookie({ headers }: Pick<Asking, 'headers'>, port: number, token: string): boolean {
  const name = `${cookieName(port)}=`;
  const found = (headers.cookie ?? '').split(/;\s*/).find((each) => each.startsWith(name));
  return isToken(found?.slice(name.length), token);
}

/** Of every answer: nothing from elsewhere is loaded or may load it, and nothing is kept. */
export const PROTECTION: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
};
