import { connect } from 'node:net';

/** What one server did under load. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

/**
 * Posts to a server from one pool of kept connections, for some seconds, each connection with one request at a time.
 * Raw sockets: the client shares the processors with the server, and should cost as little as possible.
 */
export async function load(url: URL, body: string, seconds: number, connections = 10): Promise<Load> {
  const head = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const request = Buffer.from(head + body);
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, () => keepAsking(url, request, end, times)));
  const elapsed = performance.now() - started;
  times.sort((a, b) => a - b);
  return {
    perSecond: (times.length / elapsed) * 1000,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY,
  };
}

/** Bytes. Longer answers come in pieces. */
const READ_AT_ONCE = 16 * 1024;

function keepAsking(url: URL, request: Buffer, end: number, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    /** The socket reads to here, where a stream would make a buffer for each read. */
    const buffer = Buffer.allocUnsafeSlow(READ_AT_ONCE);
    let received = '';
    let sentAt = 0;
    const socket = connect({
      ...{ host: url.hostname, port: Number(url.port), noDelay: true },
      onread: { buffer, callback: take },
    });
    const ask = (): void => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.once('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => resolve());

    function take(length: number): boolean {
      const piece = buffer.toString('latin1', 0, length);
      const answer = received === '' ? piece : received + piece;
      received = isWhole(answer) ? '' : answer;
      if (received !== '') return true;
      if (answer.startsWith('HTTP/1.1 200 ')) {
        const now = performance.now();
        times.push(now - sentAt);
        if (now < end) ask();
        else socket.end();
      } else {
        reject(new Error(`${url.href} answered ${answer.slice(0, 300)}`));
        socket.destroy();
      }
      return true;
    }
  });
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + Number(length);
}
