import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { detectDrift, driftLines } from '../../../src/aws/drift/detect-drift.ts';
import { connectTo } from '../support.ts';

const reply = (action: string, result: string): string =>
  `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`;

/** Replies in the form of CloudFormation's API reference, in the order in which they are given. */
async function withReplies<T>(
  replies: Record<string, string[]>,
  use: (endpoint: string) => Promise<T>,
): Promise<T> {
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    incoming.on('end', () => {
      const action = new URLSearchParams(body).get('Action') ?? '';
      const next = replies[action]?.shift();
      const isFailure = next === undefined || next.startsWith('<ErrorResponse');
      outgoing.writeHead(isFailure ? 400 : 200, { 'content-type': 'text/xml' });
      outgoing.end(isFailure ? next : reply(action, next));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

const status = (text: string, more = ''): string =>
  `<StackDriftDetectionId>1</StackDriftDetectionId><DetectionStatus>${text}</DetectionStatus>${more}`;
const drift = (id: string, kind: string, paths: string[]): string =>
  `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType>
  <StackResourceDriftStatus>${kind}</StackResourceDriftStatus><PropertyDifferences>${paths
    .map((path) => `<member><PropertyPath>${path}</PropertyPath><ActualValue>secret</ActualValue></member>`)
    .join('')}</PropertyDifferences></member>`;
const limits = () => ({ signal: new AbortController().signal, deadline: Date.now() + 240_000 });
const detect = () => ({ DetectStackDrift: ['<StackDriftDetectionId>1</StackDriftDetectionId>'] });

it('names what has drifted, without values, over several pages', async () => {
  const replies = {
    ...detect(),
    DescribeStackDriftDetectionStatus: [status('DETECTION_IN_PROGRESS'), status('DETECTION_COMPLETE')],
    DescribeStackResourceDrifts: [
      `<StackResourceDrifts>${drift('Queue', 'MODIFIED', ['/DelaySeconds', '/RedrivePolicy/0'])}</StackResourceDrifts><NextToken>2</NextToken>`,
      `<StackResourceDrifts>${drift('Dead', 'DELETED', [])}</StackResourceDrifts>`,
    ],
  };
  const found = await withReplies(replies, async (endpoint) =>
    detectDrift(await connectTo(endpoint), 'orders', limits()),
  );
  expect(driftLines(found)).toEqual([
    'Drift: Dead (AWS::SQS::Queue) was deleted outside of CloudFormation',
    'Drift: Queue (AWS::SQS::Queue) was modified outside of CloudFormation: /DelaySeconds, /RedrivePolicy/0',
  ]);
});

it('waits for a detection that has begun before, as when its reply was lost', async () => {
  const message = 'Drift detection is already in progress for stack [orders]';
  const replies = {
    DetectStackDrift: [
      `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
      ...detect().DetectStackDrift,
    ],
    DescribeStackDriftDetectionStatus: [status('DETECTION_COMPLETE')],
    DescribeStackResourceDrifts: ['<StackResourceDrifts></StackResourceDrifts>'],
  };
  const found = await withReplies(replies, async (endpoint) =>
    detectDrift(await connectTo(endpoint), 'orders', limits()),
  );
  expect(driftLines(found)).toEqual(['Drift: none']);
  expect(replies.DetectStackDrift).toEqual([]);
});

it.each([
  ['DETECTION_COMPLETE', ['Drift: none']],
  ['DETECTION_FAILED', ['Drift: not every resource could be looked at: no rights']],
])('says so after %s', async (end, lines) => {
  const reason = end === 'DETECTION_FAILED' ? '<DetectionStatusReason>no rights</DetectionStatusReason>' : '';
  const replies = {
    ...detect(),
    DescribeStackDriftDetectionStatus: [status(end, reason)],
    DescribeStackResourceDrifts: ['<StackResourceDrifts></StackResourceDrifts>'],
  };
  const found = await withReplies(replies, async (endpoint) =>
    detectDrift(await connectTo(endpoint), 'orders', limits()),
  );
  expect(driftLines(found)).toEqual(lines);
});
