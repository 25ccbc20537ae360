// Loads a handler by the rules of Lambda's Node.js runtimes.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { named } from './node-errors.mjs';

/** Marks handlers that stream their response. */
export const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
/** Major version of the function's runtime. */
export const major = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 0);

function packageType(directory) {
  for (let at = directory; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')).type;
    if (dirname(at) === at) return undefined;
  }
}

async function loadModule(file) {
  const found = ['', '.js', '.mjs', '.cjs'].map((extension) => file + extension).find((path) => isFile(path));
  const require = createRequire(join(dirname(file), '_.js'));
  if (found === undefined) return require(file);
  const esm = found.endsWith('.mjs') || (found.endsWith('.js') && packageType(dirname(found)) === 'module');
  return esm ? import(pathToFileURL(found).href) : require(found);
}

function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Finds the function that a handler text such as `src/app.handler` names. @throws errors of Lambda's types */
export async function loadHandler(root, text) {
  const name = basename(text);
  const dot = name.indexOf('.');
  if (text.includes('..')) {
    const hint = 'Use absolute paths when specifying root directories in handler names.';
    throw named('Runtime.MalformedHandlerName', `'${text}' is not a valid handler name. ${hint}`);
  }
  if (dot <= 0) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  const file = resolve(root, text.slice(0, text.length - name.length), name.slice(0, dot));
  let module;
  try {
    module = await loadModule(file);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw named('Runtime.UserCodeSyntaxError', error.toString(), error.stack);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      throw named('Runtime.ImportModuleError', error.toString(), error.stack);
    }
    throw error;
  }
  const path = name.slice(dot + 1).split('.');
  const pick = (from) => path.reduce((value, key) => value?.[key], from);
  const handler = pick(module) ?? pick(module?.default);
  if (handler === undefined) throw named('Runtime.HandlerNotFound', `${text} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${text} is not a function`);
  if (major >= 24 && handler.length > 2 && !handler[streaming]) {
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}
