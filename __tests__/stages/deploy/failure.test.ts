import { expect, it } from '@jest/globals';
import { failureProblem } from '../../../src/stages/deploy/failure.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';

const document = parseTemplate(
  Buffer.from('Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n'),
  'template.yaml',
);
const failed = {
  kind: 'failed',
  operation: 'create',
  stack: undefined,
  changeSetId: 'id',
  cause: undefined,
  events: [],
} as const;

it('a stack that is gone without a word is created by the next run', () => {
  expect(failureProblem('orders', failed, document)).toMatchObject({
    subject: 'orders',
    message: expect.stringContaining('another operation may have deleted it'),
    next: 'Run the job again.',
  });
});

it('a resource that failed is named with its line', () => {
  const cause = { logicalId: 'Topic', stackName: 'orders', status: 'CREATE_FAILED', reason: 'no', type: '' };
  expect(failureProblem('orders', { ...failed, cause }, document)).toEqual({
    subject: 'Topic',
    message: 'CREATE_FAILED: no; the stack was deleted again',
    place: { file: 'template.yaml', line: 2, column: 3 },
    next: 'Correct the resource and run the job again.',
  });
});
