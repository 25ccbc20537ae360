import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { persist } from './patience.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Milliseconds after which a silent server counts as failed. */
const TIMEOUT = 15_000;

/** Whether GitHub gives this job tokens: it has `permissions: id-token: write`, and is not about a fork. */
export const givesIdentityToken = (env: Env): boolean =>
  Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);

/**
 * A token (JWT) that says which repository and job this is; it lasts for minutes.
 * Source: GitHub's documentation, "OpenID Connect reference", "Methods for requesting the OIDC token".
 *
 * @param audience whom it is for
 * @throws GitHubError when GitHub gives none, after several tries
 */
export function identityToken(env: Env, audience: string, signal: AbortSignal): Promise<string> {
  const url = new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '');
  url.searchParams.set('audience', audience);
  return persist(
    async () => {
      const { status, text } = await get(url, env, signal);
      if (status !== 200) throw Object.assign(new Error(`status ${status}`), { status });
      const { value } = JSON.parse(text) as { value?: unknown };
      if (typeof value === 'string' && value !== '') return value;
      throw Object.assign(new Error('the answer has no token'), { status: 502 });
    },
    { repeatable: true, signal },
  );
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Node's `fetch` takes no proxy from an environment that is not that of the process's start. */
function get(url: URL, env: Env, signal: AbortSignal): Promise<Answer> {
  const isPlain = url.protocol === 'http:';
  const agent = isPlain ? new HttpAgent({ proxyEnv: env }) : new Agent({ proxyEnv: env });
  return new Promise<Answer>((resolve, reject) => {
    const failed = (error: Error) => reject(Object.assign(error, { status: 500 }));
    const options = {
      agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
      headers: {
        accept: 'application/json',
        authorization: `bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`,
        'user-agent': 'sparta-action',
      },
    };
    const sent = (isPlain ? httpRequest : request)(url, options, async (response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      } catch (error) {
        failed(error as Error);
      }
    });
    sent.once('error', failed);
    sent.end();
  });
}
