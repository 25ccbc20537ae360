// Handlers with callbacks, which runtimes before 24 know.
class Custom extends Error {}
const circle = {};
circle.circle = circle;
const seen = { ticks: 0 };

const cases = {
  result: (_context, callback) => callback(null, { a: 1 }),
  undefined: (_context, callback) => callback(),
  error: (_context, callback) => callback(new Custom('by callback')),
  text: (_context, callback) => callback('by callback'),
  falsy: (_context, callback) => callback(0),
  object: (_context, callback) => callback({ message: 'no error', code: 5 }),
  both: (_context, callback) => callback(new Custom('first'), 'result'),
  twice(_context, callback) {
    callback(null, 'first');
    callback(new Custom('second'));
  },
  circular: (_context, callback) => callback(null, circle),
  function: (_context, callback) => callback(null, () => 1),
  later: (_context, callback) => void setTimeout(callback, 5, null, 'later'),
  waits(_context, callback) {
    setTimeout(() => seen.ticks++, 20);
    callback(null, seen);
  },
  hurries(context, callback) {
    context.callbackWaitsForEmptyEventLoop = false;
    setTimeout(() => {}, 2_000).unref();
    callback(null, context.callbackWaitsForEmptyEventLoop);
  },
  silent() {},
  returns: () => 'ignored',
  'error waits for nothing'(_context, callback) {
    setTimeout(() => {}, 2_000).unref();
    callback(new Custom('at once'));
  },
  succeed: (context) => context.succeed({ by: 'context' }),
  'succeed nothing': (context) => context.succeed(),
  'succeed circular': (context) => context.succeed(circle),
  fail: (context) => context.fail(new Custom('by context')),
  'fail text': (context) => context.fail('text'),
  'fail nothing': (context) => context.fail(),
  done: (context) => context.done(null, 'done'),
  'done error': (context) => context.done(new Custom('done')),
  'done undefined': (context) => context.done(undefined, 1),
  'promise and callback'(_context, callback) {
    callback(null, 'callback');
    return Promise.resolve('promise');
  },
  'throws after callback'(_context, callback) {
    callback(null, 'first');
    throw new Custom('too late');
  },
  throws() {
    throw new Custom('sync');
  },
  'throws null'() {
    throw null;
  },
  'throws text'() {
    throw 'text';
  },
  thenable: () => ({ then: (done) => done('thenable') }),
  'late throw'(_context, callback) {
    callback(null, 'in time');
    setImmediate(() => {
      throw new Custom('too late');
    });
  },
};

exports.handler = (event, context, callback) => cases[event.case](context, callback);
