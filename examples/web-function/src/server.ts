import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

// Lambda says where to listen; on a machine of one's own it is any port.
const [host = '127.0.0.1', port = '3000'] = (process.env.AWS_LAMBDA_HTTP_ENDPOINT ?? '')
  .split(':')
  .filter(Boolean);
const greeting = process.env.GREETING ?? 'Hi';

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(Number(port), host, () => console.log(`listening on ${host}:${port}`));

// Lambda gives a second for what has to be put away.
process.once('SIGTERM', () => server.close(() => process.exit(0)));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
  if (pathname === '/')
    return json(response, 200, { message: `${greeting}, ${searchParams.get('name') ?? 'world'}` });
  if (pathname === '/count') return count(response);
  if (pathname === '/orders' && request.method === 'POST') {
    const order: unknown = JSON.parse((await request.toArray()).join(''));
    return json(response, 201, { order });
  }
  return json(response, 404, { message: 'Not found' });
}

/** Each number as soon as it is there. */
async function count(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const number of [1, 2, 3]) {
    response.write(`data: ${number}\n\n`);
    await pause(100);
  }
  response.end();
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
