/** Every call of each mode, held against the policy that is printed for it: nothing may be missing, nothing needless. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Mode } from '../../src/parse/modes.ts';
import { grantsOf, type ServiceFacts } from '../../src/policies/modes.ts';
import { callName } from '../support/aws-calls.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { ALWAYS_ALLOWED, iamAction } from '../support/iam-actions.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const FACTS: ServiceFacts = {
  place: {
    partition: 'aws',
    region: 'us-east-1',
    account: '000000000000',
    stackName: 'orders',
    artifacts: { bucket: 'sparta-000000000000-us-east-1', prefix: 'orders/' },
  },
  functions: true,
  images: false,
  nested: true,
  transforms: false,
  lookedUpRoles: [],
  assumed: undefined,
  ownBucket: false,
  createRepository: false,
  repository: 'orders',
  executionRole: undefined,
  rollbackAlarms: false,
  checkedRoles: [],
};

/** What ordinary runs do not call, and the test that does. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // A stack in UPDATE_ROLLBACK_FAILED.
  'cloudformation:ContinueUpdateRollback': 'e2e/states.test.ts',
  // Results of Hooks, of which the emulator has none.
  'cloudformation:GetHookResult': 'e2e/validate.test.ts',
  'cloudformation:ListHookResults': 'e2e/validate.test.ts',
  'cloudformation:DescribeEvents': 'e2e/validate.test.ts',
  // What an earlier run left behind.
  'cloudformation:ListChangeSets': 'e2e/states.test.ts',
  'cloudformation:DeleteChangeSet': 'e2e/validate.test.ts',
  'cloudformation:DeleteStack': 'e2e/states.test.ts',
  // Uploads that fail, or come in parts.
  's3:AbortMultipartUpload': 'aws/uploads/faults.test.ts',
  's3:ListBucketMultipartUploads': 'aws/uploads/faults.test.ts',
  's3:DeleteObject': 'aws/uploads/upload.test.ts',
  // CloudFormation reads archives with the credentials of whoever deploys.
  's3:GetObject': 'e2e/flow.test.ts',
  // CloudFormation asks it of each resource.
  'cloudformation:DetectStackResourceDrift': 'aws/drift/detect-drift.test.ts',
  // A stack in a stack is not updated in place.
  'lambda:UpdateFunctionCode': 'e2e/in-place.test.ts',
  'lambda:TagResource': 'e2e/in-place.test.ts',
  // Where functions are listed, their tags are asked for only of those that run other code.
  'lambda:ListTags': 'e2e/in-place.test.ts',
  'lambda:UntagResource': 'e2e/in-place.test.ts',
  'lambda:ListFunctions': 'e2e/in-place.test.ts',
};

const template = (delay: number, code: string) => `Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: ${delay} } }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/any
      Code: ./${code}
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: inner.yaml } }
`;
const HANDLER = (answer: number) => `def handler(event, context):\n    return ${answer}\n`;

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
const called = new Map<Mode, Set<string>>();

/** One run; what it calls is noted for a mode. */
async function step(mode: Mode, inputs: Readonly<Record<string, string>>): Promise<void> {
  const calls = called.get(mode) ?? new Set<string>();
  called.set(mode, calls);
  const proxy = await startProxy(aws.endpoint, (_name, { method, url, headers, body }) => {
    calls.add(iamAction(callName(method, url, headers, body)));
  });
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'orders', cache: 'false', comment: 'false', ...inputs },
    env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
  });
  await proxy.stop();
  expect(result.errors).toEqual([]);
}

beforeAll(async () => {
  aws = await startEmulator();
  workspace = await makeWorkspace({
    'template.yaml': template(1, 'one'),
    'inner.yaml': 'Resources:\n  Topic: { Type: AWS::SNS::Topic }\n',
    'one/index.py': HANDLER(1),
    'two/index.py': HANDLER(2),
    'verify/worker.json': JSON.stringify({ function: 'Worker', payload: {}, expect: { response: 2 } }),
  });
  const change = (delay: number, code: string) =>
    writeFile(join(workspace.path, 'template.yaml'), template(delay, code));
  await step('preview', { noop: 'true' });
  await step('deploy', { noop: 'false' });
  await change(2, 'one');
  await step('preview', { noop: 'true' });
  await step('validate', { noop: 'true', validate: 'true' });
  await step('deploy', { noop: 'false', 'termination-protection': 'true' });
  await change(2, 'two');
  await step('inplace', { noop: 'false', inplace: 'true', 'termination-protection': 'false' });
  await step('status', { command: 'status' });
  await step('drift', { command: 'status', drift: 'true' });
  await step('delete', { command: 'delete' });
});
afterAll(async () => {
  await workspace.remove();
  await aws.stop();
});

/** What a mode may call that a deployment before it has done already, such as making the bucket. */
const AFTER_DEPLOYMENT: ReadonlySet<Mode> = new Set(['validate', 'inplace']);
const calledBy = (mode: Mode): ReadonlySet<string> =>
  new Set([...(called.get(mode) ?? []), ...(AFTER_DEPLOYMENT.has(mode) ? (called.get('deploy') ?? []) : [])]);

const granted = (mode: Mode): ReadonlySet<string> =>
  new Set(grantsOf([mode], FACTS).map(({ action }) => action));

describe.each(['preview', 'validate', 'deploy', 'inplace', 'status', 'drift', 'delete'] as const)(
  'the policy of %s',
  (mode) => {
    it('has every action that is called', () => {
      const calls = [...(called.get(mode) ?? [])].filter((action) => !ALWAYS_ALLOWED.has(action));
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.filter((action) => !granted(mode).has(action))).toEqual([]);
    });

    it('has no action that is never called', () => {
      const needless = [...granted(mode)].filter((action) => !calledBy(mode).has(action));
      expect(needless.filter((action) => !Object.hasOwn(ELSEWHERE, action))).toEqual([]);
    });
  },
);

it('names tests that are there', async () => {
  const { existsSync } = await import('node:fs');
  const missing = Object.values(ELSEWHERE).filter(
    (file) => !existsSync(join(import.meta.dirname, '..', file)),
  );
  expect(missing).toEqual([]);
});
