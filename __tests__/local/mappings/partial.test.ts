import { expect, it } from '@jest/globals';
import { reportedFailures } from '../../../src/local/mappings/partial.ts';

/** Source: AWS Lambda Developer Guide, "Success and failure conditions" of partial batch responses. */
it.each([
  ['{"batchItemFailures":[]}', new Set()],
  ['{}', new Set()],
  ['null', new Set()],
  ['', new Set()],
  ['{"batchItemFailures":null}', new Set()],
  ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', new Set(['b'])],
  ['{"batchItemFailures":[{"itemIdentifier":""}]}', 'all'],
  ['{"batchItemFailures":[{"itemIdentifier":"z"}]}', 'all'],
  ['{"batchItemFailures":[{"other":"b"}]}', 'all'],
  ['{"batchItemFailures":"b"}', 'all'],
  ['"text"', 'all'],
  ['no JSON', 'all'],
])('%s', (answer, failed) => {
  expect(reportedFailures(answer, ['a', 'b'])).toEqual(failed);
});
