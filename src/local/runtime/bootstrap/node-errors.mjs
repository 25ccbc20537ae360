// Errors of handlers as Lambda reports them.

const own = new URL('.', import.meta.url).href;

function traceOf(error) {
  return String(error.stack ?? '')
    .split('\n')
    .filter(
      (line) =>
        !line.includes(own) &&
        !/ at (process\.processTicksAndRejections \(node:internal|new Promise \(<anonymous>)/.test(line),
    );
}

/** An error with the type that Lambda gives it. */
export function named(errorType, message, stack) {
  const error = new Error(message);
  error.name = errorType;
  error.stack = stack
    ? `${errorType}: ${message}\n${stack.split('\n').slice(1).join('\n')}`
    : `${errorType}: ${message}`;
  return error;
}

export function isError(value) {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/** What is sent to the Runtime API: type, message and trace, without the frames of this bootstrap. */
export function toResponse(error) {
  if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: traceOf(error) };
}

/** What is logged: the same with the error's own fields. */
export function forLog(error) {
  if (!isError(error)) return toResponse(error);
  const fields = { ...error };
  delete fields.name;
  const seen = { errorType: error.name, errorMessage: error.message, ...fields };
  return { ...seen, stack: traceOf(error) };
}

export function safeJson(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify({ errorType: value.errorType, errorMessage: value.errorMessage });
  }
}
