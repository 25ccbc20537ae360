/**
 * Makes an element. Texts are texts: nothing of what functions write becomes a part of the page.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} properties attributes; `text`, `on` (listeners) besides
 * @param {readonly (Node | undefined)[]} children
 */
export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name === 'on')
      for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** JSON in lines, any other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

const WORDS = {
  success: 'succeeded',
  error: 'failed',
  timeout: 'timed out',
  throttled: 'throttled',
  refused: 'could not be run',
  arrived: 'arrived',
  noted: 'told',
};

/** How something ended: a class, and words. */
export function stateOf({ end }) {
  if (!end) return { name: 'running', words: 'running' };
  const code = end.statusCode === undefined ? '' : `${end.statusCode} `;
  return { name: end.status, words: code || WORDS[end.status] };
}

const digits = (value, most) => value.toLocaleString('en', { maximumFractionDigits: most });
export const milliseconds = (value) => `${digits(value, value < 10 ? 2 : 0)} ms`;
export const clock = (at) => new Date(at).toLocaleTimeString('en-GB');

/** Whether it ran in a process that was started for it. */
export const temperature = ({ initMs }) =>
  initMs === undefined ? 'warm' : `cold, ${milliseconds(initMs)} to start`;
