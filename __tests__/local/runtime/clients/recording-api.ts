import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ChannelFrame, encodeFrame, frameReader } from '../../../../src/local/runtime/frames.ts';

/** What a client posted, byte for byte. */
export interface Post {
  /** Behind `/2018-06-01/runtime/`, without the id of the request: `response`, `error` or `init/error`. */
  readonly path: string;
  readonly contentType: string;
  /** The header that names the type of an error. */
  readonly errorType?: string;
  readonly streamed: boolean;
  readonly body: Buffer;
  /** Of a stream that failed midway. */
  readonly trailers: Readonly<Record<string, string>>;
}

export interface Event {
  readonly payload: string;
  /** Headers beside the ones that every invocation has. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RecordingApi {
  readonly address: string;
  /** Serves a client of ours, which speaks in frames, the same events. */
  connect(channel: Duplex): void;
  stop(): void;
}

export const requestIdOf = (index: number): string =>
  `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** In the order in which our bootstraps take them. */
const FIELDS = [
  'aws-request-id',
  'deadline-ms',
  'invoked-function-arn',
  'trace-id',
  'client-context',
  'cognito-identity',
  'aws-tenant-id',
];

export const DEADLINE = 4_102_444_800_000;

/**
 * A Runtime API that hands out events in order and records what is posted. It does not take a side: what a reply means is
 * for the reader. Once all events are handed out it tells, and lets the client wait.
 */
export async function recordingApi(listener: {
  /** The next event, and the number in its id; undefined when there is none. */
  next(): { readonly event: Event; readonly index: number } | undefined;
  posted(post: Post): void;
  /** How much the client wrote so far, as far as it is read. */
  written(): number;
  done(): void;
}): Promise<RecordingApi> {
  /** As Lambda does, the first reply to a request counts. */
  const replied = new Set<string>();
  const refuse = (response: ServerResponse): void => {
    response.writeHead(400, { 'Content-Length': 0 });
    response.end();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').replace(/^\/2018-06-01\/runtime\//, '');
    if (path === 'invocation/next') {
      return hand((headers, payload) => {
        response.writeHead(200, {
          ...headers,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(payload),
        });
        response.end(payload);
      });
    }
    const body = await buffer(request);
    const { trailers } = request;
    if (replied.has(path.split('/')[1] ?? '')) return refuse(response);
    if (path.startsWith('invocation/')) replied.add(path.split('/')[1] ?? '');
    listener.posted({
      path: path.replace(/^invocation\/[^/]*\//, ''),
      contentType: request.headers['content-type'] ?? '',
      ...(typeof request.headers['lambda-runtime-function-error-type'] === 'string' && {
        errorType: request.headers['lambda-runtime-function-error-type'],
      }),
      streamed: request.headers['lambda-runtime-function-response-mode'] === 'streaming',
      body,
      trailers: Object.fromEntries(Object.entries(trailers).map(([name, value]) => [name, value ?? ''])),
    });
    const text = '{"status":"OK"}\n';
    response.writeHead(202, { 'Content-Type': 'application/json', 'Content-Length': text.length });
    response.end(text);
  };
  /** The id of the request that was handed out last. */
  let handed = '';
  const hand = async (send: (headers: Record<string, string>, payload: string) => void): Promise<void> => {
    // What the client wrote before it asked is in the pipes by now, and read within a few turns of the loop.
    for (let before = -1; before < listener.written(); ) {
      before = listener.written();
      for (let turn = 0; turn < 8; turn++) await new Promise((done) => setImmediate(done));
    }
    const next = listener.next();
    if (!next) return listener.done();
    const { event, index } = next;
    handed = requestIdOf(index);
    const headers = {
      'Lambda-Runtime-Aws-Request-Id': handed,
      'Lambda-Runtime-Deadline-Ms': String(DEADLINE),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:123456789012:function:Hello',
      'Lambda-Runtime-Trace-Id': 'Root=1-2-3',
      ...event.headers,
    };
    send(headers, event.payload);
  };
  const connect = (channel: Duplex): void => {
    const take = ({ kind, text, body = Buffer.alloc(0) }: ChannelFrame): void => {
      if (kind === 'next') {
        void hand((headers, payload) => {
          const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
          const fields = FIELDS.map((name) => byName.get(`lambda-runtime-${name}`) ?? null);
          channel.write(encodeFrame('event', JSON.stringify(fields), payload));
        });
        return;
      }
      if (kind !== 'init-error') {
        if (replied.has(handed)) return;
        replied.add(handed);
      }
      const plain = { streamed: false, body, trailers: {} };
      if (kind === 'response') listener.posted({ ...plain, path: kind, contentType: text });
      // Errors are always JSON.
      else {
        const path = kind === 'error' ? kind : 'init/error';
        listener.posted({ ...plain, path, contentType: 'application/json', errorType: text });
      }
    };
    channel.on('data', frameReader(Number.POSITIVE_INFINITY, take)).on('error', () => channel.destroy());
  };
  // AWS's clients tell X-Ray of an error in a header, with its whole trace.
  const server = createServer({ maxHeaderSize: 4 * 1024 * 1024 }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connect,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
