// Errors of handlers as Lambda reports and logs them.
'use strict';

const { types } = require('node:util');
const { legacy } = require('./node-runtime.cjs');

const own = `${__dirname}/`;

/** Lines of a stack without the frames of this program. */
const framesOf = (stack) =>
  stack.split('\n').filter((line) => !(line.startsWith('    at ') && line.includes(own)));
const printable = (text) => text?.replaceAll('\u007f', '%7F');

/** An error with the type that Lambda gives it. */
function named(errorType, message, stack) {
  const error = new Error(message);
  const natural = error.stack.slice(`Error: ${message}`.length);
  // The log shows own fields.
  Object.defineProperty(error, 'name', { value: errorType, enumerable: !legacy });
  error.stack = stack ?? `${errorType}: ${message}${natural}`;
  return error;
}

function isError(value) {
  if (!legacy) return value instanceof Error;
  const fields = [value?.name, value?.message, value?.stack];
  return types.isNativeError(value) || fields.every((field) => typeof field === 'string' && field !== '');
}

/** What is sent to the Runtime API. */
function toResponse(error) {
  try {
    if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
    return {
      errorType: printable(error.name),
      errorMessage: printable(error.message),
      trace: !legacy && error.stack === undefined ? [] : framesOf(printable(error.stack)),
    };
  } catch {
    const errorMessage =
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
    return { errorType: 'handled', errorMessage, ...(!legacy && { trace: [] }) };
  }
}

/** What is logged beside the title: the error, its own fields, and the errors in them. */
function forLog(error) {
  try {
    return `\t${JSON.stringify(error, (_key, value) => (value instanceof Error ? withFields(value) : value))}`;
  } catch {
    return `\t${JSON.stringify(toResponse(error))}`;
  }
}

function withFields(error) {
  const { name, message, code, stack } = error;
  const fields = { errorType: name, errorMessage: message, code, ...error };
  if (typeof stack === 'string') fields.stack = framesOf(stack);
  return fields;
}

/** Whatever was thrown, as an error that can be logged. */
function asError(thrown) {
  return thrown instanceof Error ? thrown : new Error(legacy ? thrown : String(thrown));
}

module.exports = { named, toResponse, forLog, asError };
