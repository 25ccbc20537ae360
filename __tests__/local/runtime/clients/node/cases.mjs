// What a Node.js function can answer, throw and write. The event names the case, or has an expression of its own.
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import vm from 'node:vm';

class Custom extends Error {}
class Named extends Error {
  name = 'Given';
}
const own = (message, fields) => Object.assign(new Error(message), fields);
const without = (error, ...names) => {
  for (const name of names) Object.defineProperty(error, name, { value: undefined });
  return error;
};
const circle = () => {
  const value = { a: [] };
  value.a.push(value);
  return value;
};
const later = (value, ms = 5) => new Promise((done) => setTimeout(done, ms, value));
const deep = (depth) => {
  let value = 1;
  for (let at = 0; at < depth; at++) value = [value];
  return value;
};
const point = { x: 1, toJSON: () => ({ as: 'json' }) };
const broken = {
  toJSON() {
    throw new Custom('no json');
  },
};
const getter = {
  get a() {
    throw new Custom('no a');
  },
};

const cases = {
  log() {
    for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal']) {
      console[level]?.('level %s of %d', level, 5, { a: 1 });
    }
    console.log();
    console.log('two\nlines');
    console.log('grüße 😀', undefined, null, 1n, Symbol('s'));
    console.log({ a: { b: { c: { d: 1 } } }, m: new Map([[1, 2]]), u: undefined });
    console.log(circle());
    console.log(1n);
    console.log(undefined);
    console.log('%s %j %o', 'a', { b: 1 }, [1]);
    console.log('100%', 5);
    process.stdout.write('plain\n');
    process.stderr.write('to stderr\n');
  },
  'log errors'() {
    const error = new Custom('logged', { cause: new Error('cause') });
    error.code = 'E_CODE';
    error.stack = 'Custom: logged\n    at somewhere (file.js:1:1)';
    console.error(error);
    console.error('caught', error);
    console.error(error, 'after');
    console.error({ error });
    console.error(without(new Error('bare'), 'stack'));
  },
  unhandled() {
    Promise.reject(own('nobody listens', { code: 'E' }));
    return later(1, 500);
  },
  'unhandled at once'() {
    Promise.reject(new Custom('nobody listens'));
    return 1;
  },
  'unhandled text'() {
    Promise.reject('text');
    return later(1, 500);
  },
  uncaught() {
    setTimeout(() => {
      throw new Custom('out of reach');
    });
    return later(1, 500);
  },
  'uncaught text'() {
    setTimeout(() => {
      throw 'text';
    });
    return later(1, 500);
  },
  'uncaught event'() {
    new EventEmitter().emit('error', new Custom('no listener'));
  },
  never: () => new Promise(() => {}),
  'process.exit': () => process.exit(),
  'process.exit(3)': () => process.exit(3),
  'process.abort': () => process.kill(process.pid, 'SIGKILL'),
  'await and throw': async () => {
    await later();
    throw new Custom('later');
  },
  'inner async': async () => {
    const inner = async () => {
      await later();
      throw new Custom('inner');
    };
    await inner();
  },
  'exit code'() {
    process.exitCode = 5;
    return new Promise(() => {});
  },
};

// biome-ignore lint/security/noGlobalEval: what it is given is in the tests.
const evaluate = (text) => eval(`(${text})`);

export async function handler(event, _context) {
  const what = event.case;
  if (cases[what]) return cases[what]();
  if (what.startsWith('throw ')) throw evaluate(what.slice(6));
  return evaluate(what);
}

export function sync(event, _context) {
  const what = event.case;
  if (cases[what]) return cases[what]();
  if (what.startsWith('throw ')) throw evaluate(what.slice(6));
  return evaluate(what);
}

export const arrow = async (_event, _context) => {
  throw new Custom('of an arrow');
};

export const describe = async (event, context) => {
  const { getRemainingTimeInMillis, ...rest } = context;
  return {
    fields: Object.keys(context).sort(),
    values: Object.fromEntries(Object.entries(rest).sort()),
    remaining: getRemainingTimeInMillis() > 0,
    trace: process.env._X_AMZN_TRACE_ID,
    globals: Object.keys(globalThis.awslambda).sort(),
    event,
  };
};

export default { fallback: async () => 'of the default' };
export const text = 'no function';
export const nothing = undefined;
export const nested = { handlers: { one: async () => 'nested' } };
export const shapes = { Readable, vm, broken, getter, point, deep, Named, without };
