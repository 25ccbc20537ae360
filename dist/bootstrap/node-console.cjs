// console, with Lambda's prefix or as Lambda's JSON.
'use strict';

const { format } = require('node:util');
const { asError, forLog } = require('./node-errors.cjs');
const { current, legacy } = require('./node-runtime.cjs');

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const json = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
// Without a level, or with one that is none, everything is written.
const lowest = Math.max(0, levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase()));

const requestId = () => current.requestId ?? (legacy ? undefined : '-');

function asText(level, values) {
  return [new Date().toISOString(), requestId(), level, format(...values)]
    .map((each) => each ?? 'undefined')
    .join('\t');
}

function asJson(level, [message, ...values]) {
  const { tenantId } = current;
  const result = { timestamp: new Date().toISOString(), level, requestId: requestId() };
  if (tenantId) result.tenantId = tenantId;
  if (values.length === 0) {
    try {
      return JSON.stringify({ ...result, message }, (_key, value) =>
        value instanceof Error ? errorFields(value) : value,
      );
    } catch {
      return JSON.stringify({ ...result, message: format(message) });
    }
  }
  result.message = format(message, ...values);
  const error = (legacy ? [message, ...values] : values).find((value) => value instanceof Error);
  if (error) {
    const { errorType, errorMessage, stackTrace } = errorFields(error, false);
    Object.assign(result, {
      errorType,
      errorMessage,
      stackTrace: Array.isArray(stackTrace) ? stackTrace : [],
    });
  }
  return JSON.stringify(result);
}

function errorFields(error, all = true) {
  const { message, stack } = error;
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: message,
    stackTrace: typeof stack === 'string' ? stack.split('\n') : stack,
    ...(all && error),
  };
}

function write(level, values) {
  process.stdout.write(`${json ? asJson(level, values) : asText(level, values)}\n`);
}

/** An error that the runtime itself tells of. */
function logError(title, thrown) {
  const error = asError(thrown);
  if (json) console.error(error);
  else console.error(title, forLog(error));
}

/** Puts Lambda's ways in the place of Node's. */
function patchConsole() {
  for (const [index, level] of levels.entries()) {
    console[level.toLowerCase()] =
      index < lowest ? () => {} : (message, ...values) => write(level, [message, ...values]);
  }
  console.log = console.info;
}

module.exports = { logError, patchConsole };
