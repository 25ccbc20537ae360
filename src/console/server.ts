import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Endpoint } from '../local/server/endpoint.ts';
import { listen } from '../local/server/listen.ts';
import { answerApi } from './api.ts';
import { cookieOf, hasCookie, isToken, newToken, PROTECTION, refusal } from './guard.ts';
import { createHistory } from './history.ts';
import { pageFile } from './page-files.ts';
import { createStream } from './stream.ts';
import type { ConsoleEvent, ConsoleService } from './types.ts';

/** A page for one service, on 127.0.0.1. */
export interface Console extends Endpoint {
  /** What to open: with the token, which the page's cookie has from then on. */
  readonly link: string;
  /** Tells the page what happened. */
  tell(happening: ConsoleEvent): void;
  /** The service was built anew; what happened before is kept, and can be sent again. */
  renew(service: ConsoleService): void;
}

/**
 * Serves the page of a service.
 *
 * @param redact hides secrets in what the page is told of the service's own making: problems
 */
export async function startConsole(
  first: ConsoleService,
  redact: (text: string) => string,
): Promise<Console> {
  let service = first;
  let builds = 1;
  const token = newToken();
  const history = createHistory();
  const stream = createStream();

  function tell(happening: ConsoleEvent): void {
    const entry = history.add(happening);
    if (!entry) return;
    if (happening.kind === 'log') stream.send('log', { id: entry.id, text: happening.text });
    else stream.send('entry', entry);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const port = request.socket.localPort ?? 0;
    const { method = 'GET', headers } = request;
    // A path of two slashes is no address of somebody else.
    const url = new URL(`http://console/${(request.url ?? '').replace(/^\//, '')}`);
    const why = refusal({ method, headers }, port);
    if (why !== undefined) return deny(response, `Refused: ${why}.`);
    const given = url.searchParams.get('token');
    if (url.pathname === '/' && given !== null) {
      if (!isToken(given, token)) return deny(response, WRONG_LINK);
      response.writeHead(303, { ...PROTECTION, Location: '/', 'Set-Cookie': cookieOf(port, token) });
      response.end();
      return;
    }
    if (!hasCookie({ headers }, port, token)) return deny(response, WRONG_LINK);
    if (url.pathname === '/api/stream') {
      stream.open(response, { ...PROTECTION, 'Content-Type': 'text/event-stream' });
      return stream.first(response, { builds, entries: history.entries() });
    }
    if (url.pathname.startsWith('/api/'))
      return answerApi({ request, response, url }, { service, history, builds, tell, redact });
    const file = await pageFile(url.pathname);
    if (!file) return deny(response, 'There is no such page.', 404);
    response.writeHead(200, { ...PROTECTION, 'Content-Type': file.type });
    response.end(file.content);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else deny(response, redact(error instanceof Error ? error.message : String(error)), 500);
    });
  });
  const endpoint = await listen(server);
  return {
    ...endpoint,
    link: `${endpoint.url}/?token=${token}`,
    tell,
    renew(next) {
      service = next;
      builds++;
      stream.send('renewed', { builds });
    },
    stop() {
      stream.close();
      return endpoint.stop();
    },
  };
}

const WRONG_LINK = 'Open the link that the terminal shows: it has the token of this console.';

function deny(response: ServerResponse, why: string, status = 403): void {
  response.writeHead(status, { ...PROTECTION, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${why}\n`);
}
