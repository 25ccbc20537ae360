import { createHash, createHmac } from 'node:crypto';

const hash = (data: string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** What is asked of a service: JSON with the name of the operation, or a form. */
export type AwsRequest =
  | { readonly target: string; readonly json: unknown; readonly version?: '1.0' | '1.1' }
  | { readonly form: Readonly<Record<string, string>> };

/**
 * Asks a service of the emulator for which no client is installed.
 * Signed as the IAM User Guide says, "Create a signed AWS API request".
 */
export async function awsRequest(
  endpoint: string,
  service: string,
  request: AwsRequest,
  region = 'us-east-1',
): Promise<unknown> {
  const { host } = new URL(endpoint);
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const body =
    'form' in request ? new URLSearchParams(request.form).toString() : JSON.stringify(request.json);
  const type =
    'form' in request
      ? 'application/x-www-form-urlencoded'
      : `application/x-amz-json-${request.version ?? '1.0'}`;
  const headers: Record<string, string> = {
    'content-type': type,
    host,
    'x-amz-date': date,
    ...('target' in request && { 'x-amz-target': request.target }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash(body),
  ];
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), 'AWS4test');
  const signature = hmac(
    key,
    ['AWS4-HMAC-SHA256', date, scope, hash(canonical.join('\n'))].join('\n'),
  ).toString('hex');
  const response = await fetch(endpoint, {
    method: 'POST',
    body,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=test/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service}: ${response.status} ${text}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}
