/** What was changed outside of CloudFormation: shown, refused, reverted. The emulator does not know of drift, so a proxy says it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { modelProblems } from '../support/aws-model.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type OnCall, startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const TEMPLATE = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
`;

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  workspace = await makeWorkspace({ 'template.yaml': TEMPLATE });
});
afterEach(() => workspace.remove());

/** One run, with the requests that it sent to CloudFormation. */
async function step(inputs: Record<string, string>, onCall: OnCall = () => undefined) {
  const sent: URLSearchParams[] = [];
  const problems: string[] = [];
  const proxy = await startProxy(aws.endpoint, (name, call) => {
    const body = call.body.toString();
    if (/^Action=|&Action=/.test(body) && /cloudformation/.test(call.headers.authorization ?? '')) {
      problems.push(...modelProblems(body));
      sent.push(new URLSearchParams(body));
    }
    return onCall(name, call);
  });
  try {
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'orders', cache: 'false', noop: 'false', ...inputs },
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
    });
    expect(problems).toEqual([]);
    const asked = (action: string) =>
      Object.fromEntries(sent.findLast((each) => each.get('Action') === action) ?? []);
    return { ...result, asked };
  } finally {
    await proxy.stop();
  }
}

const reply = (action: string, content: string) => ({
  status: 200,
  body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${content}</${action}Result></${action}Response>`,
});

/** Someone has changed the queue by hand. */
const drifted: OnCall = (name, { body }) => {
  switch (name) {
    case 'DetectStackDrift':
      return reply(name, '<StackDriftDetectionId>1</StackDriftDetectionId>');
    case 'DescribeStackDriftDetectionStatus':
      return reply(
        name,
        '<StackId>1</StackId><StackDriftDetectionId>1</StackDriftDetectionId><DetectionStatus>DETECTION_COMPLETE</DetectionStatus>',
      );
    case 'DescribeStackResourceDrifts':
      return reply(
        name,
        `<StackResourceDrifts><member><LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType>
        <StackResourceDriftStatus>MODIFIED</StackResourceDriftStatus><PropertyDifferences><member><PropertyPath>/DelaySeconds</PropertyPath></member></PropertyDifferences></member></StackResourceDrifts>`,
      );
    case 'DescribeChangeSet': {
      const id = new URLSearchParams(body.toString()).get('ChangeSetName');
      return reply(
        name,
        `<ChangeSetId>${id}</ChangeSetId><ChangeSetName>${id}</ChangeSetName><StackName>orders</StackName><Status>CREATE_COMPLETE</Status>
        <ExecutionStatus>AVAILABLE</ExecutionStatus><DeploymentMode>REVERT_DRIFT</DeploymentMode><StackDriftStatus>DRIFTED</StackDriftStatus><Changes>
        <member><Type>Resource</Type><ResourceChange><Action>Modify</Action><LogicalResourceId>Queue</LogicalResourceId><PhysicalResourceId>q</PhysicalResourceId>
        <ResourceType>AWS::SQS::Queue</ResourceType><Replacement>False</Replacement><ResourceDriftStatus>MODIFIED</ResourceDriftStatus>
        <ResourceDriftIgnoredAttributes><member><Path>/Properties/KmsMasterKeyId</Path><Reason>SENSITIVE_PROPERTY</Reason></member></ResourceDriftIgnoredAttributes><Details>
        <member><Target><Attribute>Properties</Attribute><Name>DelaySeconds</Name><Path>/Properties/DelaySeconds</Path><RequiresRecreation>Never</RequiresRecreation>
        <BeforeValue>90</BeforeValue><AfterValue>5</AfterValue><BeforeValueFrom>ACTUAL_STATE</BeforeValueFrom><AfterValueFrom>TEMPLATE</AfterValueFrom>
        <Drift><PreviousValue>5</PreviousValue><ActualValue>90</ActualValue></Drift><AttributeChangeType>Modify</AttributeChangeType></Target><ChangeSource>DirectModification</ChangeSource></member>
        <member><Target><Attribute>Properties</Attribute><Name>RedrivePolicy</Name><Path>/Properties/ApiToken</Path><RequiresRecreation>Never</RequiresRecreation>
        <AfterValue>none</AfterValue><Drift><ActualValue>sup3r-s3cret</ActualValue></Drift><AttributeChangeType>Remove</AttributeChangeType></Target></member>
        </Details></ResourceChange></member></Changes>`,
      );
    }
    default:
      return undefined;
  }
};

it('shows in three columns what a deployment would revert, and reverts it', async () => {
  await step({});
  const seen = await step({ noop: 'true', drift: 'revert' }, drifted);
  expect(seen.errors).toEqual([]);
  expect(seen.asked('CreateChangeSet')).toMatchObject({ DeploymentMode: 'REVERT_DRIFT' });
  expect(seen.summary).toContain(
    '| Changed outside of CloudFormation | | Deployed template | Real value | New |',
  );
  expect(seen.summary).toContain('| `Queue` | DelaySeconds | `5` | `90` | `5` |');
  expect(seen.summary).toContain('| `Queue` | ApiToken | `none` | `(hidden)` |');
  expect(seen.summary).not.toContain('sup3r-s3cret');
  expect(seen.summary).toMatch(/Not looked at for drift, .*: Queue\/Properties\/KmsMasterKeyId/);
  expect(seen.outputs.drift).toBe(
    'Drift: Queue (AWS::SQS::Queue) was modified outside of CloudFormation: DelaySeconds, ApiToken',
  );

  // The template is what is deployed; the change set is made all the same.
  const done = await step({ drift: 'revert' }, (name, call) =>
    name === 'DescribeChangeSet' ? drifted(name, call) : undefined,
  );
  expect(done.asked('CreateChangeSet')).toMatchObject({ DeploymentMode: 'REVERT_DRIFT' });
});

it('fails a preview and a deployment for drift, where that is asked for', async () => {
  await step({});
  const told = await step({ noop: 'true', drift: 'true' }, drifted);
  expect(told.exitCode).toBe(0);
  expect(told.summary).toContain('Drift: Queue (AWS::SQS::Queue) was modified outside of CloudFormation');
  const preview = await step({ noop: 'true', 'fail-on': 'drift' }, drifted);
  expect(preview.exitCode).toBe(1);
  expect(preview.outputs.drift).toMatch(/^Drift: Queue .*: \/DelaySeconds$/);
  const status = await step({ command: 'status', 'fail-on': 'drift' }, drifted);
  expect(status.exitCode).toBe(1);
  expect(status.outputs).toMatchObject({ 'stack-status': 'CREATE_COMPLETE', drift: preview.outputs.drift });

  const changed = { 'fail-on': 'smoke, drift', tags: 'team=orders' };
  const refused = await step(changed, drifted);
  expect(refused.exitCode).toBe(1);
  expect(refused.errors.join()).toMatch(/nothing was deployed, because .* outside of CloudFormation: Queue/);
  expect(refused.asked('CreateChangeSet')).toEqual({});
});

it('says in the plan what express mode and imports mean, and asks for them', async () => {
  const preview = await step({ noop: 'true', express: 'true', 'import-existing': 'true' });
  expect(preview.summary).toMatch(/Express mode: .* stabilising .*not rolled back/);
  expect(preview.summary).toContain('become a part of the stack (import-existing)');
  const made = await step({ express: 'true', 'import-existing': 'true', 'on-failure': 'rollback' });
  expect(made.outputs.operation).toBe('create');
  expect(made.summary).toMatch(/Express mode: .*is rolled back/);
  expect(made.asked('CreateChangeSet')).toMatchObject({
    'DeploymentConfig.Mode': 'EXPRESS',
    'DeploymentConfig.DisableRollback': 'false',
    ImportExistingResources: 'true',
  });
  const same = await step({ noop: 'true', express: 'true' });
  expect(same.summary).not.toContain('Express mode');
  const gone = await step({ command: 'delete', express: 'true' });
  expect(gone.asked('DeleteStack')).toMatchObject({ 'DeploymentConfig.Mode': 'EXPRESS' });
});

it('tells of rollback alarms, and finds a stack by its alias', async () => {
  await step({});
  const alarm = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors';
  const watch = { 'rollback-alarms': alarm, 'monitoring-minutes': '10' };
  const idle = await step({ noop: 'true', ...watch });
  expect(idle.summary).toContain('CloudFormation watches errors from the next change on.');
  const tags = { tags: 'team=orders' };
  const preview = await step({ noop: 'true', ...watch, ...tags });
  expect(preview.summary).toContain('! rollback alarms: none → errors');
  expect(preview.summary).toContain('! monitoring minutes: 0 → 10');

  /** CloudFormation knows the stack by another name, too; the emulator does not. */
  const alias: OnCall = async (name, { headers, body }) => {
    if (name !== 'DescribeStacks' || !body.toString().includes('StackName=shop')) return;
    const answer = await fetch(aws.endpoint, {
      method: 'POST',
      headers: {
        authorization: headers.authorization ?? '',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: body.toString().replace('StackName=shop', 'StackName=orders'),
    });
    const text = await answer.text();
    const named = text.replace('<StackName>', '<AliasName>shop</AliasName><StackName>');
    return { status: answer.status, body: named };
  };
  const deployed = await step({ 'stack-name': 'shop', ...watch, ...tags }, alias);
  expect(deployed.stdout).toContain('shop is an alias of the stack orders');
  expect(deployed.outputs).toMatchObject({ 'stack-name': 'orders', operation: 'update' });
  expect(deployed.asked('CreateChangeSet')).toMatchObject({
    StackName: 'orders',
    ChangeSetType: 'UPDATE',
    'RollbackConfiguration.RollbackTriggers.member.1.Arn': alarm,
    'RollbackConfiguration.MonitoringTimeInMinutes': '10',
  });
});
