import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { settleStack } from '../../../src/aws/stack/settle.ts';
import { connectTo, operation } from '../support.ts';

const ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/orders/1';
const stack = (status: string): string =>
  `<Stacks><member><StackId>${ID}</StackId><StackName>orders</StackName><StackStatus>${status}</StackStatus></member></Stacks>`;

/** CloudFormation's replies, in the form of its API reference, to a rollback that is continued and ends as given. */
async function continued(end: string, resourcesToSkip: string[]) {
  let statuses = ['UPDATE_ROLLBACK_FAILED'];
  const asked: URLSearchParams[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    if (action === 'ContinueUpdateRollback') {
      asked.push(form);
      statuses = ['UPDATE_ROLLBACK_IN_PROGRESS', end];
    }
    const next = () => (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? '';
    const result = action === 'DescribeStacks' ? stack(next()) : '';
    outgoing.writeHead(200, { 'content-type': 'text/xml' });
    outgoing.end(
      `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const aws = await connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const options = { ...operation(), resourcesToSkip };
    const settled = await settleStack(aws, 'orders', 'rollback', options).then(
      (found) => found?.status,
      (error: Error) => error.message,
    );
    return { settled, asked };
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

it('continues a rollback that failed, without what the user names', async () => {
  const { settled, asked } = await continued('UPDATE_ROLLBACK_COMPLETE', ['Queue', 'Nested.Topic']);
  expect(settled).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.get('ResourcesToSkip.member.1')).toBe('Queue');
  expect(asked[0]?.get('ResourcesToSkip.member.2')).toBe('Nested.Topic');
});

it('says what to do when it fails again', async () => {
  const { settled, asked } = await continued('UPDATE_ROLLBACK_FAILED', []);
  expect(settled).toContain('the rollback failed again');
  expect(settled).toContain('skip-resources');
  expect(asked[0]?.get('ResourcesToSkip.member.1')).toBeNull();
});
