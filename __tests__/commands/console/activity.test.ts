import { expect, it } from '@jest/globals';
import { toldOf } from '../../../src/commands/console/activity.ts';
import type { ExecutionView } from '../../../src/local/activity.ts';

const VIEW: ExecutionView = {
  parts: 'operations',
  title: 'Execution try-1 of Approve: SUCCEEDED after 5s, 2 invocations',
  status: 'SUCCEEDED',
  output: '{"fine":true}',
  tookMs: 5000,
  rows: [],
  events: [],
  entered: [],
  open: [],
  failed: [],
  steps: [],
};
const traceId = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=1;Sampled=0';
const trace = '1-5759e988-bd862e3fe1be46a994272793';
const moving = {
  kind: 'execution',
  at: 7,
  of: 'Approve',
  name: 'try-1',
  input: '{"id":1}',
  traceId,
} as const;

it('tells of an execution as of what was sent, with its result and its time', () => {
  const cause = { kind: 'queue', source: 'jobs', ids: [] } as const;
  expect(
    toldOf({ ...moving, phase: 'began', cause, view: () => ({ ...VIEW, status: 'RUNNING' }) })[0],
  ).toEqual({
    kind: 'began',
    id: 'Approve try-1',
    at: 7,
    to: 'Approve',
    event: '{"id":1}',
    cause: 'queue jobs',
    trace,
  });
  expect(toldOf({ ...moving, phase: 'ended', view: () => VIEW })[1]).toEqual({
    kind: 'ended',
    id: 'Approve try-1',
    at: 7,
    status: 'success',
    response: '{"fine":true}',
    tookMs: 5000,
  });
});

it('tells which execution a call of a durable function is a part of, and of no other call', () => {
  const call = {
    kind: 'began',
    at: 8,
    requestId: 'r-1',
    function: 'Approve',
    request: '{}',
    traceId,
  } as const;
  expect(toldOf({ ...call, cause: { kind: 'durable', source: 'try-1', ids: [] } })).toEqual([
    {
      kind: 'began',
      id: 'r-1',
      at: 8,
      to: 'Approve',
      event: '{}',
      cause: 'durable try-1',
      trace,
      within: 'Approve try-1',
    },
  ]);
  expect(toldOf({ ...call, cause: { kind: 'console', source: 'console', ids: [] } })[0]).not.toHaveProperty(
    'within',
  );
});
