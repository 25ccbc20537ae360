import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type OnCall, startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const table = (more = '') => `Resources:
  Table:
    Type: AWS::DynamoDB::Table
${more}    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;
const ADDED = '  Topic: { Type: AWS::SNS::Topic }\n';

let aws: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
/** What DescribeStacks says of every stack: the emulator does not come to most states. */
let status = '';

/** The reply of the emulator, with another status. */
const withStatus: OnCall = async (name, { url, method, headers, body }) => {
  if (name !== 'DescribeStacks' || status === '') return undefined;
  const reply = await fetch(`${aws.endpoint}${url}`, {
    method,
    headers: {
      'content-type': String(headers['content-type']),
      authorization: String(headers.authorization),
    },
    body: body.toString(),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    body: text.replaceAll(/<StackStatus>\w+/g, `<StackStatus>${status}`),
  };
};

beforeAll(async () => {
  aws = await startEmulator();
  proxy = await startProxy(aws.endpoint, withStatus);
});
afterAll(async () => {
  await proxy.stop();
  await aws.stop();
});
beforeEach(() => {
  status = '';
  return aws.reset();
});

async function run(template: string, inputs: Record<string, string> = {}) {
  const workspace = await makeWorkspace({ 'template.yaml': template });
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', cache: 'false', noop: 'true', ...inputs },
    env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
  });
  await workspace.remove();
  return { ...result, summary: result.summary.replaceAll(/[`\\]/g, '') };
}
const LOST = 'Table (AWS::DynamoDB::Table) is deleted with its data, before the stack is created again';

describe('a stack from which a deployment creates a new one', () => {
  it.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'])(
    'is shown as new when it is %s, with what goes before',
    async (given) => {
      await run(table(), { noop: 'false' });
      status = given;
      const { summary, outputs } = await run(table() + ADDED, { validate: 'true' });
      expect(outputs.changed).toBe('true');
      expect(summary).toContain('demo · us-east-1: 2 added');
      expect(summary).toContain(LOST);
      expect(summary).toContain(
        `The stack is ${given}, from which CloudFormation can only delete it: a deployment`,
      );
      expect(summary).toContain(`CloudFormation was not asked, because the stack is ${given}.`);
      expect((await run(table(), { 'on-failure': 'keep' })).summary).not.toContain(LOST);
    },
  );

  it('loses nothing that its template keeps', async () => {
    await run(table('    DeletionPolicy: Retain\n'), { noop: 'false' });
    status = 'DELETE_FAILED';
    expect((await run(table())).summary).not.toContain(LOST);
  });

  it('is not deleted for a plan that nobody has reviewed', async () => {
    await run(table(), { noop: 'false' });
    status = 'DELETE_FAILED';
    const { errors } = await run(table() + ADDED, { noop: 'false', 'require-reviewed-plan': 'true' });
    expect(errors).toEqual([expect.stringContaining('no reviewed plan was found')]);
    status = '';
    expect((await run(table(), { command: 'status' })).outputs['stack-status']).toBe('CREATE_COMPLETE');
  });

  it.each(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'REVIEW_IN_PROGRESS'])(
    'is shown as new when it is %s',
    async (given) => {
      await run(table(), { noop: 'false' });
      status = given;
      expect((await run(table() + ADDED)).summary).toContain('demo · us-east-1: 2 added');
    },
  );
});

describe('a stack that another operation is at', () => {
  it.each(['UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'])(
    'is compared when it is %s, and CloudFormation is not asked',
    async (given) => {
      await run(table(), { noop: 'false' });
      status = given;
      const { exitCode, summary } = await run(table() + ADDED, { validate: 'true' });
      expect(exitCode).toBe(0);
      expect(summary).toContain('demo · us-east-1: 1 added');
      expect(summary).toContain(`CloudFormation was not asked, because the stack is ${given}.`);
    },
  );
});
