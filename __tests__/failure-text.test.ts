import { expect, it } from '@jest/globals';
import { failureText } from '../src/failure-text.ts';
import { ProblemError } from '../src/problem.ts';

it.each([
  ['/repository/functions/link', 'functions/link'],
  ['/repository-2/link', '/repository-2/link'],
  ['template.yaml', 'template.yaml'],
])('names files of the workspace relative to it: %s', async (file, told) => {
  const { problems } = await failureText(
    new ProblemError({ message: 'no', place: { file, line: 3 } }),
    '/repository',
  );
  expect(problems).toEqual([{ message: 'no', place: { file: told, line: 3 } }]);
});
