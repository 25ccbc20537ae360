import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { ProblemError } from '../../problem.ts';
import type { Architecture } from '../toolchains/spec.ts';
import { type Descriptor, MANIFEST, openImage } from './oci-archive.ts';

/** Where images go. */
export interface Registry {
  /** `https://123456789012.dkr.ecr.eu-west-1.amazonaws.com` */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

export interface PushRequest {
  /** An OCI archive. */
  readonly archive: string;
  /** Of an archive with several images; `undefined`: the first that is one. */
  readonly architecture: Architecture | undefined;
  readonly registry: Registry;
  readonly repository: string;
  /** Set in addition to the digest. */
  readonly tag?: string;
  /** The tag is a hash of the sources (CDK): whatever is there under it stays. */
  readonly keepTag?: boolean;
  readonly signal: AbortSignal;
}

export interface Pushed {
  /** `<host>/<repository>@<digest>` */
  readonly uri: string;
  readonly digest: string;
  /** Whether anything had to be sent. */
  readonly sent: boolean;
}

const ATTEMPTS = 4;

/** What other tools may have pushed. Source: OCI image specification, "Compatibility matrix". */
const ANY_MANIFEST = [
  MANIFEST,
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');

/**
 * Pushes an image from its archive, blob by blob; what the registry has already is not sent again. Needs no container
 * tool and leaves no credentials behind. Source: OCI distribution specification, "Pushing manifests" and "Pushing blobs".
 *
 * @throws ProblemError when the registry refuses
 */
export async function pushImage(push: PushRequest): Promise<Pushed> {
  const { archive, architecture, registry, repository, tag, keepTag, signal } = push;
  const image = await openImage(archive, architecture);
  const { digest, mediaType } = image.descriptor;
  const base = new URL(`/v2/${repository}/`, registry.url);
  const call = caller(registry, signal);
  const result = { uri: `${base.host}/${repository}@${digest}`, digest };

  const reference = tag ?? digest;
  const there = await call('HEAD', new URL(`manifests/${reference}`, base), {
    headers: { accept: keepTag ? ANY_MANIFEST : mediaType },
  });
  if (there.status === 200 && (keepTag || there.headers['docker-content-digest'] === digest))
    return { ...result, sent: false };

  const blobs = new Map([image.manifest.config, ...image.manifest.layers].map((blob) => [blob.digest, blob]));
  await forEachOf([...blobs.values()], AT_ONCE.imageLayers, async (blob) => {
    const known = await call('HEAD', new URL(`blobs/${blob.digest}`, base));
    if (known.status === 200) return;
    const sent = await retrying(signal, () => sendBlob(blob));
    if (sent.status !== 201) throw refused(`a layer of ${repository}`, sent);
  });
  const put = await retrying(signal, () =>
    call('PUT', new URL(`manifests/${reference}`, base), {
      headers: { 'content-type': mediaType || MANIFEST, 'content-length': image.bytes.length },
      body: () => Readable.from([image.bytes]),
    }),
  );
  if (put.status !== 201) throw refused(`the manifest of ${repository}`, put);
  return { ...result, sent: true };

  /** The answer that ended it: the first that was not as expected, or 201. */
  async function sendBlob(blob: Descriptor): Promise<Answer> {
    const started = await call('POST', new URL('blobs/uploads/', base), { headers: { 'content-length': 0 } });
    if (started.status !== 202) return started;
    const sent = await call('PATCH', new URL(started.headers.location ?? '', base), {
      headers: { 'content-type': 'application/octet-stream', 'content-length': blob.size },
      body: () => checked(image.stream(blob), blob),
    });
    if (sent.status !== 202) return sent;
    const end = new URL(sent.headers.location ?? '', base);
    end.searchParams.set('digest', blob.digest);
    return call('PUT', end, { headers: { 'content-length': 0 } });
  }
}

/** Passes on what is read, and fails at its end if it is not what its digest says. */
function checked(stream: Readable, { digest }: Descriptor): Readable {
  return Readable.from(
    (async function* () {
      const hash = createHash('sha256');
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
      if (`sha256:${hash.digest('hex')}` !== digest)
        throw new ProblemError({ message: `the archive is damaged: ${digest} is not what it holds` });
    })(),
  );
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

interface Call {
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: () => Readable;
}

function caller({ url, username, password }: Registry, signal: AbortSignal) {
  const { origin } = new URL(url);
  return async (method: string, target: URL, { headers, body }: Call = {}): Promise<Answer> => {
    const credentials =
      username === undefined ? undefined : Buffer.from(`${username}:${password ?? ''}`).toString('base64');
    const authorization =
      credentials && target.origin === origin ? { authorization: `Basic ${credentials}` } : {};
    const send = target.protocol === 'http:' ? plainRequest : secureRequest;
    const asked = send(target, { method, headers: { ...headers, ...authorization }, signal });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      asked.once('response', resolve);
      asked.once('error', reject);
    });
    // An early answer ends the connection under a body that is still being sent: the answer counts.
    const sending = body ? pipeline(body(), asked) : Promise.resolve(asked.end());
    const [sent, response] = await Promise.allSettled([sending, answered]);
    if (response.status === 'rejected') throw sent.status === 'rejected' ? sent.reason : response.reason;
    let text = '';
    for await (const chunk of response.value.setEncoding('utf8')) text = (text + chunk).slice(0, 2000);
    return { status: response.value.statusCode ?? 0, headers: response.value.headers, text };
  };
}

function refused(what: string, { status, text }: Answer): ProblemError {
  const denied = status === 401 || status === 403;
  return new ProblemError({
    message: `the registry refused ${what}: HTTP ${status} ${text.replaceAll(/\s+/g, ' ')}`.trim(),
    ...(denied && { next: 'Check the permissions of the credentials for this repository.' }),
  });
}

/** Blobs and manifests are named by their content: sending one twice does no harm. */
async function retrying(signal: AbortSignal, send: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send();
      if (attempt === ATTEMPTS || (answer.status !== 429 && answer.status < 500)) return answer;
    } catch (error) {
      if (attempt === ATTEMPTS || error instanceof ProblemError || signal.aborted) throw error;
    }
    await pause(Math.random() * 500 * 2 ** attempt, undefined, { signal });
  }
}
