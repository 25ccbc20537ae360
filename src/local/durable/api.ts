import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { FunctionHost } from '../function-host.ts';
import { functionArn } from '../functions/function.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import { readBody } from '../server/read-body.ts';
import { sendError, sendJson } from '../server/respond.ts';
import type { Executions } from './executions.ts';
import { DurableApiError, type ErrorObject, invalid, type OperationUpdate } from './types.ts';
import { eventsAnswer, operationsAnswer, pageOf } from './wire.ts';

/** What paths of the durable execution API begin with. */
export const DURABLE_API = '/2025-12-01/';

/** Bytes of a request. */
const REQUEST_LIMIT = 8 * 1024 * 1024;

interface Asked {
  readonly executions: Executions;
  readonly host: FunctionHost;
  /** What the path names: an execution, a callback, a function. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

type Handler = (asked: Asked) => unknown;

/** Source: AWS Lambda API reference, and the paths of the SDK's model. */
const ROUTES: readonly (readonly [method: string, path: RegExp, handler: Handler])[] = [
  ['POST', /^durable-executions\/(.+)\/checkpoint$/, checkpoint],
  ['GET', /^durable-executions\/(.+)\/state$/, state],
  ['GET', /^durable-executions\/(.+)\/history$/, history],
  ['POST', /^durable-executions\/(.+)\/stop$/, stop],
  ['GET', /^durable-executions\/(.+)$/, describe],
  ['GET', /^functions\/([^/]+)\/durable-executions$/, list],
  ['POST', /^durable-execution-callbacks\/(.+)\/succeed$/, succeed],
  ['POST', /^durable-execution-callbacks\/(.+)\/fail$/, fail],
  ['POST', /^durable-execution-callbacks\/(.+)\/heartbeat$/, heartbeat],
];

/** Answers a request of the durable execution API. */
export async function answerDurable(
  host: FunctionHost,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '', 'http://localhost');
  const path = url.pathname.slice(DURABLE_API.length);
  const body = (await readBody(request, REQUEST_LIMIT)) ?? Buffer.alloc(0);
  try {
    for (const [method, pattern, handler] of ROUTES) {
      const [, name] = request.method === method ? (pattern.exec(path) ?? []) : [];
      if (name === undefined) continue;
      const executions = await host.executions();
      const asked = { executions, host, name: decodeURIComponent(name), query: url.searchParams, body };
      return sendJson(response, 200, handler(asked));
    }
    throw new DurableApiError(
      'UnknownOperationException',
      `There is no ${request.method} ${url.pathname} here`,
      404,
    );
  } catch (error) {
    const known = error instanceof RangeError ? invalid(error.message) : error;
    if (!(known instanceof DurableApiError)) throw known;
    sendError(response, { status: known.status, code: known.code, message: known.message, fault: 'User' });
  }
}

function checkpoint({ executions, name, body }: Asked): unknown {
  const live = executions.find(name);
  const { CheckpointToken: given, Updates: updates = [] } = objectOf(body);
  if (!Array.isArray(updates) || !updates.every(isObject)) throw invalid('Updates is no list of updates.');
  const { token, operations } = live.checkpoint(
    typeof given === 'string' ? given : '',
    updates as unknown as readonly OperationUpdate[],
  );
  return {
    ...(token !== undefined && { CheckpointToken: token }),
    NewExecutionState: { Operations: operationsAnswer(operations, live.clock.ahead) },
  };
}

function state({ executions, name, query }: Asked): unknown {
  const live = executions.find(name);
  const { items, next } = pageOf(live.state(query.get('CheckpointToken') ?? ''), query);
  return { Operations: operationsAnswer(items, live.clock.ahead), ...(next && { NextMarker: next }) };
}

function history({ executions, name, query }: Asked): unknown {
  const { events } = executions.find(name).record;
  const ordered = query.get('ReverseOrder') === 'true' ? events.toReversed() : events;
  const { items, next } = pageOf(ordered, query);
  return {
    Events: eventsAnswer(items, query.get('IncludeExecutionData') !== 'false'),
    ...(next && { NextMarker: next }),
  };
}

function describe({ executions, name, query }: Asked): unknown {
  const { record, fn } = executions.find(name);
  const withData = query.get('IncludeExecutionData') !== 'false';
  return {
    ...summaryOf(record),
    Version: record.version,
    ...(withData && {
      InputPayload: record.input,
      ...(record.result !== undefined && { Result: record.result }),
      ...(record.error && { Error: record.error }),
    }),
    DurableConfig: {
      ExecutionTimeout: record.timeout,
      ...(fn.durable?.retention !== undefined && { RetentionPeriodInDays: fn.durable.retention }),
    },
  };
}

const summaryOf = (record: ReturnType<Executions['find']>['record']): JsonObject => ({
  DurableExecutionArn: record.arn,
  DurableExecutionName: record.name,
  FunctionArn: record.functionArn,
  Status: record.status,
  StartTimestamp: record.startedAt / 1000,
  ...(record.endedAt !== undefined && { EndTimestamp: record.endedAt / 1000 }),
});

function list({ executions, host, name, query }: Asked): unknown {
  const found = findByReference(host.functions, name, query.get('Qualifier'));
  if (isMissing(found)) throw new DurableApiError(found.code, found.message, found.status);
  const { fn, qualifier } = found;
  const [after, before] = ['StartedAfter', 'StartedBefore'].map((key) => timeOf(query.get(key)));
  const statuses = query.getAll('Statuses');
  const wanted = query.get('DurableExecutionName');
  const records = executions
    .all()
    .map(({ record }) => record)
    .filter(
      (record) =>
        record.functionArn === functionArn(fn) &&
        (qualifier === undefined || record.qualifier === qualifier || record.version === qualifier) &&
        (statuses.length === 0 || statuses.includes(record.status)) &&
        (wanted === null || record.name === wanted) &&
        (after === undefined || record.startedAt > after) &&
        (before === undefined || record.startedAt < before),
    )
    .toSorted((a, b) => b.startedAt - a.startedAt);
  const { items, next } = pageOf(
    query.get('ReverseOrder') === 'true' ? records.toReversed() : records,
    query,
  );
  return { DurableExecutions: items.map(summaryOf), ...(next && { NextMarker: next }) };
}

const timeOf = (text: string | null): number | undefined =>
  text === null ? undefined : /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);

function stop({ executions, name, body }: Asked): unknown {
  return { StopTimestamp: executions.stop(name, errorOf(body)) / 1000 };
}

function succeed({ executions, name, body }: Asked): unknown {
  const result = body.toString();
  executions.answer(name, { status: 'SUCCEEDED', ...(result !== '' && { result }) });
  return {};
}

function fail({ executions, name, body }: Asked): unknown {
  executions.answer(name, { status: 'FAILED', error: errorOf(body) });
  return {};
}

function heartbeat({ executions, name }: Asked): unknown {
  executions.heartbeat(name);
  return {};
}

/** An error is the whole body; some clients wrap it. */
function errorOf(body: Buffer): ErrorObject {
  const given = objectOf(body);
  return (isObject(given.Error) ? given.Error : given) as ErrorObject;
}

function objectOf(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  try {
    const content: Json = JSON.parse(body.toString());
    if (isObject(content)) return content;
  } catch {
    // Told below.
  }
  throw invalid('The request is no JSON object.');
}
