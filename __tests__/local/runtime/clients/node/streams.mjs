// Handlers that stream.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

class Custom extends Error {}
const later = (value) => new Promise((done) => setTimeout(done, 5, value));

const cases = {
  async text(stream) {
    stream.write('one ');
    await later();
    stream.end('two');
  },
  async empty(stream) {
    stream.end();
  },
  async prelude(stream) {
    const out = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
    out.write('body');
    out.end();
  },
  async 'prelude and nothing'(stream) {
    awslambda.HttpResponseStream.from(stream, { statusCode: 204 }).end();
  },
  async type(stream) {
    stream.setContentType('text/plain');
    stream.end('typed');
  },
  async 'type too late'(stream) {
    stream.write('first');
    stream.setContentType('text/plain');
  },
  async object(stream) {
    stream.write({ a: 1 });
    stream.write(new Uint8Array([1, 2, 255]));
    stream.end();
  },
  async pipe(stream) {
    await pipeline(Readable.from(['a', 'b', 'c']), stream);
  },
  async 'returns a value'(stream) {
    stream.end('x');
    return 'ignored';
  },
  async early() {
    throw new Custom('before the first byte');
  },
  async midway(stream) {
    stream.write('some');
    await later();
    throw new Custom('after the first byte');
  },
  async 'midway text'(stream) {
    stream.write('some');
    throw 'text';
  },
  sync(stream) {
    stream.end('sync');
  },
  async large(stream) {
    for (let at = 0; at < 100; at++) stream.write('x'.repeat(100_000));
    stream.end();
  },
  async properties(stream) {
    const { writable, writableEnded, writableFinished, writableObjectMode, destroyed } = stream;
    stream.write(JSON.stringify([Object.keys(stream).sort(), writable, writableEnded, writableFinished]));
    stream.end(JSON.stringify([writableObjectMode, destroyed]));
  },
};

export const handler = awslambda.streamifyResponse((event, stream) => cases[event.case](stream));
export const wrong = Object.assign(async () => {}, {
  [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'request',
});
