/** Asks the process that serves this page. */

/** What was wrong, a line each. */
export class Refused extends Error {
  constructor(problems) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export const get = (path) => ask(path, {});

export const post = (path, body) =>
  ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refused(['The console does not answer: is the command still running?']);
  }
  if (answer.ok) return answer.json();
  const text = await answer.text();
  throw new Refused(answer.status === 400 ? JSON.parse(text).problems : [text.trim()]);
}
