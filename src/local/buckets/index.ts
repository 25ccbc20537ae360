import { type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { request as sendSecureRequest } from 'node:https';
import { signedHeaders } from '../mappings/remote-call.ts';
import { readBody } from '../server/read-body.ts';
import type { RemoteEndpoint, ServiceContext } from '../service/part.ts';
import { changesOf, type ObjectChange } from './changes.ts';
import { tellOf } from './tell.ts';

/** Bytes of the largest request that names objects to delete. */
const LIST_LIMIT = 2 * 1024 * 1024;

/** Passes requests on to S3 at another endpoint, and tells of the objects that they changed. */
export function bucketsProxy(
  context: ServiceContext,
  remote: RemoteEndpoint,
): (request: IncomingMessage, response: ServerResponse) => void {
  const tell = tellOf(context);
  return (incoming, response) => {
    pass(incoming, response, remote)
      .then((changes) => {
        for (const change of changes) if (change) tell(change);
      })
      .catch((error: unknown) => {
        context.warn(`S3: ${error instanceof Error ? error.message : String(error)}`);
        response.destroy();
      });
  };
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  remote: RemoteEndpoint,
): Promise<readonly (ObjectChange | undefined)[]> {
  const { url } = remote;
  const target = new URL(incoming.url ?? '/', url);
  // Signatures are of the host that the client knows, so it stays.
  const options = { method: incoming.method, headers: incoming.headers };
  const isList = incoming.method === 'POST' && target.searchParams.has('delete');
  const body = isList ? ((await readBody(incoming, LIST_LIMIT)) ?? Buffer.alloc(0)) : undefined;
  const send = target.protocol === 'https:' ? sendSecureRequest : sendRequest;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = send(target, options, resolve);
  outgoing.on('error', reject);
  if (body) outgoing.end(body);
  else incoming.pipe(outgoing);
  const answer = await promise;
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
  const status = answer.statusCode ?? 502;
  if (status >= 300) return [];
  const changes = changesOf({ target, incoming, answer, body: body?.toString() ?? '' });
  return Promise.all(changes.map((change) => (change.unseen ? looked(change, target, remote) : change)));
}

/** With what the object says of itself; nothing where it is not there: S3 answers some failures with status 200. */
async function looked(
  change: ObjectChange,
  { origin, pathname }: URL,
  remote: RemoteEndpoint,
): Promise<ObjectChange | undefined> {
  const url = new URL(pathname, origin);
  const headers = signedHeaders(remote, { service: 's3', method: 'HEAD', url, body: '', headers: {} });
  const response = await fetch(url, { method: 'HEAD', headers });
  if (!response.ok) return undefined;
  return {
    ...change,
    size: Number(response.headers.get('content-length') ?? 0),
    tag: (response.headers.get('etag') ?? '').replaceAll('"', ''),
  };
}
