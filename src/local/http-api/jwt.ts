import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { mapOf } from '../functions/resolve.ts';
import type { RouteJwtAuthorizer } from './route.ts';

export type JwtResult =
  | { readonly kind: 'valid'; readonly claims: JsonObject; readonly scopes: readonly string[] | null }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'missing-scope' };

/** API Gateway takes algorithms based on RSA only. */
const algorithms: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };
const keyLifetimeMs = 2 * 60 * 60 * 1000;

/** Checks tokens as JWT authorizers do: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
export type JwtCheck = (authorizer: RouteJwtAuthorizer, token: string) => Promise<JwtResult>;

/** Remembers the keys of issuers for two hours, as API Gateway does. */
export function createJwtCheck(): JwtCheck {
  const known = new Map<string, { readonly keys: Promise<readonly JsonObject[]>; readonly until: number }>();
  const keysOf = (issuer: string): Promise<readonly JsonObject[]> => {
    const cached = known.get(issuer);
    if (cached && cached.until > Date.now()) return cached.keys;
    const keys = fetchKeys(issuer);
    known.set(issuer, { keys, until: Date.now() + keyLifetimeMs });
    keys.catch(() => known.delete(issuer));
    return keys;
  };
  return async (authorizer, token) => {
    try {
      return await check(authorizer, token, keysOf);
    } catch (error) {
      return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) };
    }
  };
}

async function check(
  authorizer: RouteJwtAuthorizer,
  token: string,
  keysOf: (issuer: string) => Promise<readonly JsonObject[]>,
): Promise<JwtResult> {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || signature === '') return invalid('it is no signed JSON web token');
  const header = part(head);
  const claims = part(body);
  const hash = algorithms[String(header.alg)];
  if (!hash || !Object.hasOwn(algorithms, String(header.alg)))
    return invalid(`its algorithm ${header.alg} is not accepted`);
  if (authorizer.issuer === '' || claims.iss !== authorizer.issuer)
    return invalid(`its issuer is ${claims.iss}`);
  const jwk = (await keysOf(authorizer.issuer)).find(
    (key) => key.kid === header.kid && header.kid !== undefined,
  );
  if (!jwk) return invalid(`its issuer has no key ${header.kid}`);
  const key: KeyObject = createPublicKey({ key: jwk, format: 'jwk' });
  if (key.asymmetricKeyType !== 'rsa') return invalid('its key is no RSA key');
  if (!verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')))
    return invalid('its signature is wrong');
  const now = Date.now() / 1000;
  if (typeof claims.exp !== 'number' || claims.exp <= now) return invalid('it has expired');
  if (claims.nbf !== undefined && !(Number(claims.nbf) <= now)) return invalid('it is not valid yet');
  if (claims.iat !== undefined && !(Number(claims.iat) <= now)) return invalid('it was issued in the future');
  const audiences = [claims.aud ?? claims.client_id ?? []].flat().map(String);
  if (!audiences.some((audience) => authorizer.audience.includes(audience)))
    return invalid('it is for another audience');
  const granted = scopesOf(claims.scope ?? claims.scp);
  if (authorizer.scopes.length === 0) return { kind: 'valid', claims, scopes: null };
  const matching = authorizer.scopes.filter((scope) => granted.includes(scope));
  return matching.length > 0 ? { kind: 'valid', claims, scopes: matching } : { kind: 'missing-scope' };
}

const invalid = (reason: string): JwtResult => ({ kind: 'invalid', reason });
const scopesOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.map(String) : String(value ?? '').split(' ');
const part = (encoded: string): JsonObject => mapOf(JSON.parse(Buffer.from(encoded, 'base64url').toString()));

async function fetchKeys(issuer: string): Promise<readonly JsonObject[]> {
  const configuration = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { keys } = await fetchJson(String(configuration.jwks_uri));
  return Array.isArray(keys) ? keys.filter((key) => isObject(key)) : [];
}

async function fetchJson(url: string): Promise<JsonObject> {
  const response = await fetch(url, { signal: AbortSignal.timeout(1500) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return mapOf(await response.json());
}
