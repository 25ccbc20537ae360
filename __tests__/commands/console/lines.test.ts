import { expect, it } from '@jest/globals';
import { markerOf, reportIn } from '../../../src/commands/console/deployed/lines.ts';
import { createReader } from '../../../src/commands/console/deployed/tail.ts';
import type { ConsoleEvent } from '../../../src/console/types.ts';

const REPORT =
  'REPORT RequestId: a-1\tDuration: 3.5 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\tInit Duration: 99.5 ms\t\n';
const JSON_REPORT = JSON.stringify({
  time: '2026-11-30T07:00:00.000Z',
  type: 'platform.report',
  record: {
    requestId: 'a-1',
    status: 'timeout',
    metrics: {
      durationMs: 3.5,
      billedDurationMs: 4,
      memorySizeMB: 128,
      maxMemoryUsedMB: 70,
      initDurationMs: 99.5,
    },
  },
});
const numbers = { durationMs: 3.5, billedMs: 4, memoryMb: 128, usedMb: 70, initMs: 99.5 };

it('knows the lines of Lambda itself, as text and as JSON', () => {
  expect(markerOf('START RequestId: a-1 Version: $LATEST\n')).toEqual({ kind: 'start', requestId: 'a-1' });
  expect(markerOf('{"type":"platform.start","record":{"requestId":"a-1"}}')).toEqual({
    kind: 'start',
    requestId: 'a-1',
  });
  expect(markerOf(REPORT)).toEqual({ kind: 'report', requestId: 'a-1', status: 'success', numbers });
  expect(markerOf(JSON_REPORT)).toEqual({ kind: 'report', requestId: 'a-1', status: 'timeout', numbers });
  expect(markerOf(REPORT.replace('\t\n', '\tStatus: error\n'))).toMatchObject({ status: 'error' });
  for (const written of ['hello', '{"level":"INFO"}', '{broken', 'a REPORT RequestId: x', '{"record":7}'])
    expect(markerOf(written)).toBeUndefined();
  expect(reportIn(`START RequestId: a-1\nhello\n${REPORT}`)?.requestId).toBe('a-1');
  expect(reportIn('hello')).toBeUndefined();
});

it('makes invocations of the lines of several processes, and leaves out its own', () => {
  const told: ConsoleEvent[] = [];
  const read = createReader('Take', { tell: (each) => told.push(each), isOwn: (id) => id === 'own' });
  const line = (stream: string, message: string) => read({ id: message, at: 5, stream, message });
  line('x', 'before anything');
  line('x', 'START RequestId: a-1 Version: 1\n');
  line('y', 'START RequestId: own Version: 1\n');
  line('x', 'of a');
  line('y', 'of its own');
  line('x', REPORT);
  line('x', 'after the end');
  expect(told).toEqual([
    { kind: 'began', id: 'a-1', at: 5, to: 'Take', event: '', cause: 'deployed' },
    { kind: 'log', id: 'a-1', text: 'START RequestId: a-1 Version: 1\n' },
    { kind: 'log', id: 'a-1', text: 'of a\n' },
    { kind: 'log', id: 'a-1', text: REPORT },
    { kind: 'ended', id: 'a-1', at: 5, status: 'success', response: '', numbers },
  ]);
});
