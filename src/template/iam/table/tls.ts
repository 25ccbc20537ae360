/** Versions in the way that CloudFront writes the oldest ones. */
const PLAIN: Readonly<Record<string, number>> = { SSLv3: 0.3, TLSv1: 1 };

/** What counts beside the version that clients get away with: each weighs more than those after it. */
const WEIGHTS = { variant: 0.03, newer: 0.01, month: 1e-6 };

/**
 * How strong a version of TLS, or a policy that is named after one, is.
 *
 * Source: the names of the policies of API Gateway, CloudFront, Cognito, Elastic Load Balancing, IoT Core, Lightsail,
 * OpenSearch and Transfer Family. A name has the lowest version that is accepted, whether TLS 1.3 is, `Res` or `Ext` for
 * fewer or more ciphers, and a date. Without a version TLS 1.0 is accepted.
 */
export function tlsRank(name: string): number {
  const plain = PLAIN[name];
  if (plain !== undefined) return plain;
  const [, rest = '', year = '0', month = '0'] = /^(.*?)(?:(20\d\d)(?:[-_](\d\d))?)?$/.exec(name) ?? [];
  const [, minor = '0'] =
    /(?:^|[^\d])1[-_.]([0-3])(?=$|[^\d])/.exec(rest.replace(/TLS1\d[-_]|TLSv/, '-')) ?? [];
  const [, more] = /[-_]Ext(\d?)/.exec(rest) ?? [];
  const variant = /[-_]Res(?=[-_])/.test(rest) ? 1 : more === undefined ? 0 : -(Number(more) || 1);
  return (
    1 +
    Number(minor) / 10 +
    variant * WEIGHTS.variant +
    (rest.includes('TLS13') ? WEIGHTS.newer : 0) +
    (Number(year) * 12 + Number(month)) * WEIGHTS.month
  );
}
