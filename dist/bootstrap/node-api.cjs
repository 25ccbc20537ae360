// Frames to and from the host, as src/local/runtime/frames.ts has them. A response and the wish for the next event are one write.
'use strict';

const { writeSync } = require('node:fs');
const { Socket } = require('node:net');
const { named, toResponse } = require('./node-errors.cjs');
const { current, legacy, nextTurn } = require('./node-runtime.cjs');

const NEXT = 2;
const RESPONSE = 3;
const ERROR = 4;
const INIT_ERROR = 5;
const HEAD = 9;

/** Where the socket reads to: one buffer for all that comes, where a stream makes one for each read. */
const incoming = Buffer.allocUnsafeSlow(64 * 1024);
/** What has come of an event that came in pieces. */
let pieces = [];
let size = 0;
/** What takes the next event. */
let wanting;

const socket = new Socket({
  fd: 3,
  readable: true,
  writable: true,
  onread: { buffer: incoming, callback: receive },
});
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));

/** No event comes before it was asked for: there is never more than one here. @returns that more may come */
function receive(length) {
  if (size === 0 && takeWhole(incoming, length)) return true;
  // The buffer is used again for the next piece.
  pieces.push(Buffer.from(incoming.subarray(0, length)));
  size += length;
  if (pieces[0].length < HEAD) pieces = [Buffer.concat(pieces)];
  if (size >= lengthOf(pieces[0], size) && takeWhole(Buffer.concat(pieces), size)) {
    pieces = [];
    size = 0;
  }
  return true;
}

/** The length of the event that begins with these bytes, of which so many have come, as far as they tell. */
const lengthOf = (data, come) =>
  come < HEAD ? Number.POSITIVE_INFINITY : HEAD + data.readUInt32BE(1) + data.readUInt32BE(5);

/** Takes an event that has come as a whole. @returns whether it has */
function takeWhole(data, come) {
  const end = lengthOf(data, come);
  if (come < end) return false;
  const bodyStart = HEAD + data.readUInt32BE(1);
  wanting({ fields: fieldsOf(data.utf8Slice(HEAD, bodyStart)), body: data.utf8Slice(bodyStart, end) });
  return true;
}

/** What the Runtime API has as headers. */
function fieldsOf(text) {
  const [requestId, deadline, arn, traceId, clientContext, cognitoIdentity, tenantId] = JSON.parse(text);
  return {
    requestId,
    deadline,
    arn,
    traceId,
    clientContext,
    cognitoIdentity,
    tenantId: tenantId ?? undefined,
  };
}

/** Frames that fit are written from here: there is room again as soon as the system has taken them. */
const outgoing = Buffer.allocUnsafeSlow(64 * 1024);

/** Puts a frame into `data`. @returns its end */
function put(data, at, { kind, text, body }) {
  const textEnd = at + HEAD + data.utf8Write(text, at + HEAD);
  const end = textEnd + data.utf8Write(body, textEnd);
  data[at] = kind;
  data.writeUInt32BE(textEnd - at - HEAD, at + 1);
  data.writeUInt32BE(end - textEnd, at + 5);
  return end;
}

function encoded(frame, second) {
  const data = Buffer.allocUnsafe(bytesOf(frame) + (second ? bytesOf(second) : 0));
  const end = put(data, 0, frame);
  if (second) put(data, end, second);
  return data;
}

const bytesOf = ({ text, body }) => HEAD + Buffer.byteLength(text) + Buffer.byteLength(body);
/** Without counting: what one unit of a text takes in UTF-8 is three bytes at most. */
const mostBytesOf = ({ text, body }) => HEAD + 3 * (text.length + body.length);

/** The wish for the next event. */
const wish = { kind: NEXT, text: '', body: '' };

/** Sends an answer, or none, and asks for the next event. @returns a promise of it */
function sendAndAsk(answer) {
  if (current.inHand) current.answering?.();
  current.inHand = false;
  if (!answer || !legacy) return ask(answer);
  // What nobody caught ends the process now, before it asks.
  socket.write(encoded(answer));
  return nextTurn().then(() => ask());
}

/** Writes the wish for the next event, behind an answer. @returns a promise of the event */
function ask(answer) {
  return new Promise((take) => {
    wanting = take;
    if (!answer) write(encoded(wish));
    else if (mostBytesOf(answer) + HEAD > outgoing.length) write(encoded(answer, wish));
    else write(outgoing, put(outgoing, put(outgoing, 0, answer), wish));
  });
}

/** Past the stream, which costs as much as the call itself; what does not fit into the socket now is left to the stream. */
function write(data, length = data.length) {
  let sent = 0;
  try {
    if (socket.writableLength === 0) sent = writeSync(3, data, 0, length);
  } catch (error) {
    // Otherwise nobody is left to answer.
    if (error.code !== 'EAGAIN') process.exit(1);
  }
  if (sent === length) return;
  const rest = data.subarray(sent, length);
  socket.write(data === outgoing ? Buffer.from(rest) : rest);
}

/** Calls back once nothing is left to be sent. */
function afterSending(act) {
  if (socket.writableLength === 0) act();
  else socket.once('drain', act);
}

/** Sends an answer. @returns a promise of its being sent */
const send = (answer) => new Promise((done) => socket.write(encoded(answer), done));

/** While a handler runs, the event loop counts as empty although the connection stays open. */
const holdConnection = (hold) => (hold ? socket.ref() : socket.unref());

/** What tells of an error: of an invocation, or of the start. */
function failure(error, requestId) {
  const response = toResponse(error);
  const type = String(response.errorType).replace(/[^\x21-\x7e]/g, '?');
  return { kind: requestId === undefined ? INIT_ERROR : ERROR, text: type, body: JSON.stringify(response) };
}

/** What answers an invocation. @throws what is told of results that are no JSON */
function success(result) {
  const text = stringify(result);
  // AWS's client takes text only.
  if (text === undefined) throw new TypeError('Wrong arguments');
  return { kind: RESPONSE, text: 'application/json', body: text };
}

function stringify(result) {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch {
    const message = 'Unable to stringify response body';
    throw legacy ? new Error(message) : named('Runtime.JSONStringifyError', message);
  }
}

module.exports = { sendAndAsk, afterSending, send, holdConnection, failure, success };
