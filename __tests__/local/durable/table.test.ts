/** Executions as tables for people. */
import { describe, expect, it } from '@jest/globals';
import { executionTable, tableLines } from '../../../src/local/durable/table.ts';
import type { DurableOperation, ExecutionRecord } from '../../../src/local/durable/types.ts';

const operation = (Id: string, more: Partial<DurableOperation>): DurableOperation => ({
  Id,
  Type: 'STEP',
  Status: 'SUCCEEDED',
  StartTimestamp: 0,
  EndTimestamp: 10,
  ...more,
});

function linesOf(operations: readonly DurableOperation[]): string[] {
  const execution: ExecutionRecord = {
    arn: 'arn',
    name: 'order-42',
    functionId: 'Flow',
    functionArn: 'arn',
    version: '$LATEST',
    input: '{}',
    startedAt: 0,
    timeout: 60,
    skipped: 0,
    status: 'SUCCEEDED',
    endedAt: 10,
    operations: [operation('0', { Type: 'EXECUTION' }), ...operations],
    events: [],
    heartbeats: {},
  };
  return tableLines(executionTable(execution)).slice(1);
}

describe('the table of an execution', () => {
  it('has each operation below the one that it is part of, where several run side by side', () => {
    const lines = linesOf([
      operation('m', { Name: 'all', Type: 'CONTEXT', SubType: 'Map' }),
      operation('m1', { Name: 'first', Type: 'CONTEXT', ParentId: 'm' }),
      operation('m2', { Name: 'second', Type: 'CONTEXT', ParentId: 'm' }),
      operation('s1', { Name: 'of-first', ParentId: 'm1' }),
      operation('s2', { Name: 'of-second', ParentId: 'm2' }),
      operation('last', { Name: 'last' }),
    ]);
    expect(lines.map((line) => line.slice('after  '.length).replace(/ +(step|context|map) .*$/, ''))).toEqual(
      ['all', '  first', '    of-first', '  second', '    of-second', 'last'],
    );
  });

  it('tells no time of a wait that goes on', () => {
    const [line] = linesOf([
      operation('w', { Name: 'Pause', Type: 'WAIT', SubType: 'Wait', Status: 'STARTED' }),
    ]);
    expect(line).toMatch(/Pause +wait +STARTED/);
  });

  it('has one line for each, whatever names and errors are made of', () => {
    const lines = linesOf([
      operation('a', { Name: 'two\nlines\u001b[31m' }),
      operation('b', {
        Name: 'failing',
        Status: 'FAILED',
        StepDetails: { Error: { ErrorType: 'Error', ErrorMessage: 'first\nsecond' } },
      }),
    ]);
    expect(lines).toHaveLength(2);
    expect(lines.join('|')).not.toMatch(/[\n\u001b]/);
    expect(lines[0]).toContain('two lines');
    expect(lines[1]).toContain('Error: first second');
  });
});
