import { ProblemError } from '../problem.ts';
import { isObject, type Json, type JsonObject } from '../template/types.ts';
import type { Call, CallTarget, RouteCall, TestToSave } from './types.ts';

/** @throws ProblemError when the event is no JSON, and is for what takes nothing else */
export function callOf(body: JsonObject, targets: readonly CallTarget[]): Call {
  const event = textOf(body, 'event');
  const to = textOf(body, 'to');
  if (!targets.some(({ id, takesText }) => id === to && takesText)) jsonOf(event, 'the event');
  const { tenant } = body;
  return {
    to,
    event,
    profile: body.profile === true,
    ...(typeof tenant === 'string' && tenant !== '' && { tenant }),
  };
}

/** @throws ProblemError when the path or a header is none, or a parameter of the path has no value */
export function routeCallOf(body: JsonObject): RouteCall {
  const path = textOf(body, 'path');
  const to = textOf(body, 'to');
  if (!/^\/[^\s#]*$/.test(path))
    throw new ProblemError({
      subject: 'the path',
      message: `${JSON.stringify(path)} is none`,
      next: 'It starts with a slash, and spaces are %20.',
    });
  const [before = ''] = path.split('?');
  // As the page has it from the route.
  const left = (to.match(/\{[^{}/]+\}/g) ?? []).filter((parameter) => before.includes(parameter));
  if (left.length > 0)
    throw new ProblemError({
      subject: 'the path',
      message: `nothing is in the place of ${left.join(', ')}`,
      next: 'Write a value there, such as 1.',
    });
  return {
    to,
    method: textOf(body, 'method'),
    path,
    headers: headersOf(textOf(body, 'headers')),
    body: textOf(body, 'body'),
  };
}

function headersOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const wrong = lines.filter((line) => !/^[\w-]+:/.test(line.trim()));
  if (wrong.length > 0)
    throw new ProblemError(
      wrong.map((line) => ({
        subject: 'the headers',
        message: `${JSON.stringify(line)} is none`,
        next: 'Write one a line: Name: value.',
      })),
    );
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}

/** @throws ProblemError when what is expected is no map */
export function testOf(body: JsonObject): TestToSave {
  const expect = jsonOf(textOf(body, 'expect'), 'what is expected');
  if (!isObject(expect))
    throw new ProblemError({
      subject: 'what is expected',
      message: 'it is no map',
      next: 'Write { "status": 200 }, for example.',
    });
  const { tenant } = body;
  return {
    name: textOf(body, 'name'),
    function: textOf(body, 'function'),
    payload: jsonOf(textOf(body, 'event'), 'the event'),
    expect,
    ...(typeof tenant === 'string' && tenant !== '' && { tenant }),
  };
}

function jsonOf(text: string, subject: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError({
      subject,
      message: `it is no JSON: ${error instanceof Error ? error.message : error}`,
      next: 'Mend it, then send it again.',
    });
  }
}

function textOf(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  throw new ProblemError({ subject: name, message: 'it is missing' });
}
