/**
 * Whether a handler is written to answer by a callback, as far as its text tells: it has more than two parameters before the
 * first one with a default, which is what Lambda's runtime counts. Source: AWS Lambda Developer Guide, "Define Lambda function
 * handler in Node.js"; the runtime of Node.js 24 refuses such handlers.
 *
 * @param code of its module
 * @param name under which it is exported
 */
export function takesCallback(code: string, name: string): boolean {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return false;
  const id = name.replaceAll('$', '\\$');
  const shapes = [
    // handler = async function (a, b, c), exports.handler = (a, b, c) =>
    new RegExp(
      `(?<![\\w$])${id}\\s*=\\s*(?:async\\s*)?(?:function\\b\\s*[\\w$]*\\s*)?\\(([^()]*)\\)\\s*(?:=>|\\{)`,
      'g',
    ),
    // function handler(a, b, c)
    new RegExp(`\\bfunction\\s+${id}\\s*\\(([^()]*)\\)\\s*\\{`, 'g'),
  ];
  return shapes.some((shape) => [...code.matchAll(shape)].some(([, written = '']) => counted(written) > 2));
}

/** What `Function.length` says of parameters without calls in them. */
function counted(written: string): number {
  // A comma within a pattern divides no parameters.
  const flat = written.replace(/\{[^{}]*\}|\[[^[\]]*\]/g, '_');
  const parameters = flat.split(',').map((each) => each.trim());
  const end = parameters.findIndex((each) => each === '' || each.startsWith('...') || each.includes('='));
  return end < 0 ? parameters.length : end;
}
