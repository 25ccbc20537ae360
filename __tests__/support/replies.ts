import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An endpoint that answers in CloudFormation's protocol. */
export interface Replies {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * @param reply what stands in the result of an operation, as XML in the form of the API reference; `undefined`: the call is
 * refused
 */
export async function startReplies(
  reply: (action: string, body: string) => string | undefined,
): Promise<Replies> {
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const action = new URLSearchParams(body).get('Action') ?? '';
    const result = reply(action, body);
    outgoing.writeHead(result === undefined ? 400 : 200, { 'content-type': 'text/xml' });
    outgoing.end(
      `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result ?? ''}</${action}Result></${action}Response>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
