// The Runtime API over one connection. Requests are pipelined, so that a response and the wish for the next event are one write.
import { connect } from 'node:net';
import { named, toResponse } from './node-errors.mjs';
import { current, legacy, nextTurn } from './node-runtime.mjs';

const api = process.env.AWS_LAMBDA_RUNTIME_API ?? '';
export const [host, port] = api.split(':');
export const base = '/2018-06-01/runtime';

const socket = connect({ host, port: Number(port), noDelay: true });
/** What waits for an answer, oldest first. */
const waiting = [];
let buffered = Buffer.alloc(0);

socket.on('data', (data) => {
  buffered = buffered.length === 0 ? data : Buffer.concat([buffered, data]);
  for (let answer = takeAnswer(); answer !== undefined; answer = takeAnswer()) waiting.shift()?.(answer);
});
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));

function takeAnswer() {
  const end = buffered.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [status, ...lines] = buffered.latin1Slice(0, end).split('\r\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const size = end + 4 + Number(headers['content-length'] ?? 0);
  if (buffered.length < size) return undefined;
  const body = buffered.subarray(end + 4, size);
  buffered = buffered.subarray(size);
  return { status: Number(status.split(' ')[1]), headers, body };
}

function head(method, path, extra = '') {
  return `${method} ${base}${path} HTTP/1.1\r\nHost: ${api}\r\n${extra}\r\n`;
}

function post(path, body, extra = '') {
  const length = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${extra}`;
  return `${head('POST', path, length)}${body}`;
}

const next = head('GET', '/invocation/next');

/** Sends a request, or none, and asks for the next event. @returns a promise of it */
export async function sendAndAsk(text) {
  if (current.inHand) current.answering?.();
  current.inHand = false;
  if (text === undefined) return send(next);
  if (!legacy) return send(text + next, 2);
  // What nobody caught ends the process now, before it asks.
  send(text);
  await nextTurn();
  return send(next);
}

/** Calls back once nothing is left to be sent. */
export function afterSending(act) {
  if (socket.writableLength === 0) act();
  else socket.once('drain', act);
}

/** Sends text (requests) and returns a promise of the last answer. */
export function send(text, answers = 1) {
  for (let left = answers; left > 1; left--) waiting.push(undefined);
  return new Promise((done) => {
    waiting.push(done);
    socket.write(text);
  });
}

/** While a handler runs, the event loop counts as empty although the connection stays open. */
export const holdConnection = (hold) => (hold ? socket.ref() : socket.unref());

/** The request that tells of an error: of an invocation, or of the start. */
export function failure(error, requestId) {
  const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
  const response = toResponse(error);
  const type = String(response.errorType).replace(/[^\x21-\x7e]/g, '?');
  return post(path, JSON.stringify(response), `Lambda-Runtime-Function-Error-Type: ${type}\r\n`);
}

/** The request that answers an invocation. @throws what is told of results that are no JSON */
export function success(result, requestId) {
  const text = stringify(result);
  // AWS's client takes text only.
  if (text === undefined) throw new TypeError('Wrong arguments');
  return post(`/invocation/${requestId}/response`, text);
}

function stringify(result) {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch {
    const message = 'Unable to stringify response body';
    throw legacy ? new Error(message) : named('Runtime.JSONStringifyError', message);
  }
}
