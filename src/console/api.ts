import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../local/server/read-body.ts';
import { type Problem, ProblemError, problemLine } from '../problem.ts';
import { isObject, type JsonObject } from '../template/types.ts';
import { PROTECTION } from './guard.ts';
import type { History } from './history.ts';
import { callOf, routeCallOf, testOf } from './read-call.ts';
import type { ConsoleService, Tell } from './types.ts';

/** What the page asks, and who answers. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

export interface PageContext {
  readonly service: ConsoleService;
  readonly history: History;
  readonly builds: number;
  readonly tell: Tell;
  readonly redact: (text: string) => string;
}

/** Bytes: an event of Lambda's largest size, as text in JSON. */
const LARGEST = 16 * 1024 * 1024;

type Answer = (body: JsonObject, context: PageContext, query: URLSearchParams) => Promise<unknown> | unknown;

const ANSWERS: Readonly<Record<string, Answer>> = {
  'GET /api/service': async (_, { service, builds }) => ({
    title: service.title,
    place: service.place,
    builds,
    targets: service.targets,
    examples: service.examples,
    files: await service.files(),
    canSave: service.save !== undefined,
    canRequest: service.request !== undefined,
    hasMetrics: service.metrics !== undefined,
  }),
  'GET /api/example': async (_, { service }, query) => service.example(query.get('source') ?? ''),
  'GET /api/metrics': async (_, { service }) => (await service.metrics?.()) ?? [],
  'GET /api/machine': async (_, { service }, query) => ({
    svg: (await service.drawMachine?.(query.get('id') ?? '')) ?? refused('there is no such state machine'),
  }),
  'GET /api/profile': (_, { history }, query) =>
    history.profileOf(query.get('id') ?? '') ?? refused('there is no such profile any more'),
  'POST /api/call': (body, { service, tell }) => ({
    id: service.call(callOf(body, service.targets), tell),
  }),
  'POST /api/request': (body, { service, tell }) =>
    service.request ? { id: service.request(routeCallOf(body), tell) } : refused('no routes are served here'),
  'POST /api/test': async (body, { service }) => {
    if (!service.save) return refused('tests are saved where the sources of the service are');
    return { file: await service.save(testOf(body)) };
  },
};

/** Texts that are no JSON: parts of the page that are made for the service. */
const PARTS: Readonly<Record<string, { readonly type: string; readonly part: 'html' | 'style' | 'script' }>> =
  {
    'GET /api/map': { type: 'text/html; charset=utf-8', part: 'html' },
    'GET /api/map.css': { type: 'text/css; charset=utf-8', part: 'style' },
    'GET /api/map.js': { type: 'text/javascript; charset=utf-8', part: 'script' },
  };

const refused = (message: string): never => {
  throw new ProblemError({ message });
};

/** Answers what the script of the page asks. */
export async function answerApi({ request, response, url }: Exchange, context: PageContext): Promise<void> {
  const asked = `${request.method} ${url.pathname}`;
  try {
    const body = await readBody(request, LARGEST);
    if (body === undefined) return refused(`more than the ${LARGEST / 1024 / 1024} MB that are taken`);
    const part = Object.hasOwn(PARTS, asked) ? PARTS[asked] : undefined;
    if (part) {
      const drawn = await context.service.draw();
      response.writeHead(200, { ...PROTECTION, 'Content-Type': part.type });
      response.end(drawn[part.part]);
      return;
    }
    const answer = Object.hasOwn(ANSWERS, asked) ? ANSWERS[asked] : undefined;
    if (!answer) return send(response, 404, { problems: ['there is no such call'] });
    send(response, 200, await answer(parsed(body), context, url.searchParams));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    send(response, 400, {
      problems: error.problems.map((each: Problem) => context.redact(problemLine(each))),
    });
  }
}

function parsed(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  try {
    const value = JSON.parse(body.toString());
    return isObject(value) ? value : refused('the request is no map');
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    return refused('the request is no JSON');
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...PROTECTION, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}
