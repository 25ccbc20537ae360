import { type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { request as sendSecureRequest } from 'node:https';
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
        for (const change of changes) tell(change);
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
  { url }: RemoteEndpoint,
): Promise<readonly ObjectChange[]> {
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
  return changesOf({ target, incoming, answer, body: body?.toString() ?? '' });
}
