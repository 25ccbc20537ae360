// Loads a handler by the rules of Lambda's Node.js runtimes.
'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { basename, dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { named } = require('./node-errors.cjs');
const { legacy } = require('./node-runtime.cjs');

/** Marks handlers that stream their response. */
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
/** As from a module: what it loads has no parent. */
const load = createRequire(__filename);

function isModule(folder) {
  if (folder.endsWith('/node_modules')) return false;
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))?.type === 'module';
    } catch (error) {
      console.warn(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return false;
    }
  }
  return dirname(folder) === folder ? false : isModule(dirname(folder));
}

const imported = (file) => (existsSync(file) ? import(pathToFileURL(file).href) : undefined);
const required = (file) => (existsSync(file) ? load(file) : undefined);

/** Before 24: `require` comes first, and what it gives must be something. */
async function loadLegacy(file) {
  const module = existsSync(`${file}.js`) && isModule(dirname(file));
  return (
    required(file) ||
    (module ? undefined : required(`${file}.js`)) ||
    (module ? await imported(`${file}.js`) : undefined) ||
    (await imported(`${file}.mjs`)) ||
    required(`${file}.cjs`)
  );
}

/** From 24 on, everything is imported. */
async function loadImported(file) {
  for (const extension of ['', '.js', '.mjs', '.cjs']) {
    const module = await imported(file + extension);
    if (module) return module;
  }
  return undefined;
}

async function loadModule(root, folder, name) {
  const file = resolve(root, folder, name);
  const found = await (legacy ? loadLegacy(file) : loadImported(file));
  // Neither a file nor a folder: it may be a package.
  return found || load(load.resolve(name, { paths: [root, legacy ? folder : join(root, folder)] }));
}

function inWords(error) {
  if (error instanceof SyntaxError) {
    return named('Runtime.UserCodeSyntaxError', String(error), legacy ? undefined : error.stack);
  }
  if (error?.code === 'MODULE_NOT_FOUND') return named('Runtime.ImportModuleError', String(error));
  return error;
}

function pick(module, path) {
  return path.split('.').reduce((value, key) => {
    if (legacy) return value?.[key];
    return typeof value === 'object' ? value?.[key] : undefined;
  }, module);
}

/** Finds the function that a handler text such as `src/app.handler` names. @throws errors of Lambda's types */
async function loadHandler(root, text) {
  if (text.includes('..')) {
    const hint = 'Use absolute paths when specifying root directories in handler names.';
    throw named('Runtime.MalformedHandlerName', `'${text}' is not a valid handler name. ${hint}`);
  }
  const last = basename(text);
  const folder = text.slice(0, text.indexOf(last));
  const [, name, path] = /^([^.]*)\.(.*)$/.exec(last) ?? [];
  if (path === undefined) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  const module = await loadModule(root, folder, name).catch((error) => {
    throw inWords(error);
  });
  const handler = pick(module, path) || (legacy ? undefined : pick(module?.default, path));
  if (!handler) throw named('Runtime.HandlerNotFound', `${text} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${text} is not a function`);
  checkKind(handler);
  return handler;
}

function checkKind(handler) {
  const kind = handler[streaming];
  if (kind && kind !== 'response') {
    throw named('Runtime.MalformedStreamingHandler', 'Only response streaming is supported.');
  }
  if (!legacy && handler.length > 2 && !kind) {
    throw named(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
}

module.exports = { streaming, loadHandler };
