import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeWorkspace, runAction, type StepResult } from '../support/runner.ts';

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(() => aws.reset());

async function run(
  files: Record<string, string>,
  inputs: Record<string, string> = {},
): Promise<StepResult & { readonly cautions: readonly string[] }> {
  const workspace = await makeWorkspace(files);
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', ...inputs },
    env: aws.env,
  });
  await workspace.remove();
  expect(result.errors).toEqual([]);
  const cautions = [...result.summary.matchAll(/^> - \S+ (.*)$/gm)].map(([, text = '']) =>
    text.replaceAll(/[`\\]/g, ''),
  );
  return { ...result, cautions };
}
const preview = (files: Record<string, string>, inputs: Record<string, string> = {}) =>
  run(files, { noop: 'true', ...inputs });

describe('nested stacks', () => {
  const root = (
    child = `
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child/template.yaml
      Parameters: { Name: !Ref Name }
`,
  ) => `
Parameters: { Name: { Type: String, Default: orders } }
Resources:
  Topic: { Type: AWS::SNS::Topic }
${child}`;
  const child = (more = '') => `
Parameters:
  Name: { Type: String }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub \${Name}-table
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Grandchild:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: grandchild.yaml }
${more}`;
  const grandchild = (name: string) => `
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: ${name} } }
`;
  const files = {
    'template.yaml': root(),
    'child/template.yaml': child(),
    'child/grandchild.yaml': grandchild('one'),
  };

  it('are looked into, at every depth, in a preview against what is deployed', async () => {
    const first = await preview(files);
    expect(first.summary).toMatch(/added.*`Child\.Grandchild\.Queue`/);
    const created = await run(files);
    expect(created.outputs['stack-status']).toBe('CREATE_COMPLETE');
    expect((await preview(files)).outputs.changed).toBe('false');

    const renamed = await preview(files, { parameters: 'Name=people' });
    expect(renamed.cautions).toEqual([
      'Child.Table (AWS::DynamoDB::Table) is replaced, because TableName changes: its data is lost',
    ]);
    expect(renamed.summary).toContain('TableName: parameter Name changes');
    expect(renamed.summary).toContain('! parameter Name: orders → people');

    const moved = await run(files, { parameters: 'Name=people' });
    expect(moved.summary).not.toMatch(/may (be|have)|updated or replaced/);
    expect(moved.cautions).toEqual([
      'Child.Table (AWS::DynamoDB::Table) was replaced, because TableName changed: its data is lost',
    ]);
    await run(files, { parameters: 'Name=orders' });

    const deeper = await preview({
      ...files,
      'child/grandchild.yaml': grandchild('two'),
      'child/template.yaml': child(`
  Open: { Type: AWS::Lambda::Permission, Properties: { FunctionName: f, Action: 'lambda:InvokeFunction', Principal: '*' } }`),
    });
    expect(deeper.cautions).toEqual([
      'Child.Grandchild.Queue (AWS::SQS::Queue) is replaced, because QueueName changes: its data is lost',
      'Child.Open is open to everybody: lambda:InvokeFunction on f (Principal)',
    ]);

    const gone = await preview({ ...files, 'template.yaml': root('') });
    expect(gone.cautions).toEqual(
      expect.arrayContaining(['Child.Table (AWS::DynamoDB::Table) is deleted with its data']),
    );
  });

  it('lose no data where there is none in them', async () => {
    const inner = 'Resources: { Topic: { Type: AWS::SNS::Topic } }\n';
    await run({
      'template.yaml': root(),
      'child/template.yaml': `Parameters: { Name: { Type: String } }\n${inner}`,
    });
    const gone = await preview({ 'template.yaml': root('') });
    expect(gone.summary).toMatch(/removed \| `Child`/);
    expect(gone.summary).toMatch(/removed \| `Child\.Topic`/);
    expect(gone.cautions).toEqual([]);
    const deleted = await run({ 'template.yaml': root('') });
    expect(deleted.cautions).toEqual([]);
  });
});

describe('something else that becomes a nested stack, or was one', () => {
  const inner = `
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;
  const nested = {
    'template.yaml':
      'Resources:\n  It: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: inner.yaml } }\n',
    'inner.yaml': inner,
  };
  const topic = { 'template.yaml': 'Resources:\n  It: { Type: AWS::SNS::Topic }\n' };

  it('is looked into on the side that is one', async () => {
    await run(topic);
    const becomes = await preview(nested);
    expect(becomes.summary).toMatch(/added.*`It\.Table`/);
    expect(becomes.cautions).toEqual([
      expect.stringMatching(
        /^It \(AWS::SNS::Topic\) cannot become AWS::CloudFormation::Stack: CloudFormation refuses/,
      ),
    ]);
    await aws.reset();
    await run(nested);
    const was = await preview(topic);
    expect(was.cautions).toEqual(
      expect.arrayContaining(['It.Table (AWS::DynamoDB::Table) is deleted with its data']),
    );
  });
});

describe('values that are given from outside', () => {
  const TEMPLATE = `
Parameters:
  Stage: { Type: String, Default: dev }
  Password: { Type: String, NoEcho: true, Default: none }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub orders-\${Stage}
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      Tags: [{ Key: secret, Value: !Ref Password }]
  Alarm: { Type: AWS::SNS::Topic, Condition: IsProd }
  Hidden: { Type: AWS::SSM::Parameter, Properties: { Name: !Ref Password, Type: String, Value: x } }
`;
  it('show what they change, without being shown where they are NoEcho', async () => {
    await run({ 'template.yaml': TEMPLATE });
    const result = await preview(
      { 'template.yaml': TEMPLATE },
      { parameters: 'Stage=prod\nPassword=hush-canary' },
    );
    expect(result.cautions).toEqual([
      'Table (AWS::DynamoDB::Table) is replaced, because TableName changes: its data is lost',
    ]);
    expect(result.summary).toMatch(/added.*`Alarm`/);
    expect(result.summary).toContain('TableName: parameter Stage changes, replaces the resource');
    expect(result.summary).toContain('! parameter Stage: dev → prod');
    expect(result.summary.replaceAll('\\', '')).toContain(
      'Parameter Password is NoEcho, so whether its value changes cannot be seen here; if it does, Hidden (AWS::SSM::Parameter) is replaced: its data is lost.',
    );
    expect(result.summary).not.toContain('hush-canary');

    const deployed = await run({ 'template.yaml': TEMPLATE }, { parameters: 'Stage=prod' });
    expect(deployed.cautions[0]).toMatch(/^Table .* was replaced/);
    expect((await preview({ 'template.yaml': TEMPLATE }, { parameters: 'Stage=prod' })).outputs.changed).toBe(
      'false',
    );
    // A default is for new stacks: this one keeps its value.
    const other = TEMPLATE.replace('Default: dev', 'Default: test');
    expect((await preview({ 'template.yaml': other })).cautions).toEqual([]);
  });
});

describe('what may be replaced', () => {
  const template = (queue: string) => `
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: ${queue} } }
  Level: { Type: AWS::SSM::Parameter, Properties: { Name: !GetAtt Queue.QueueName, Type: String, Value: x } }
`;
  it('is told as what happened once it is deployed', async () => {
    await run({ 'template.yaml': template('fates-a') });
    const planned = await preview({ 'template.yaml': template('fates-b') });
    expect(planned.summary).toContain('demo · us-east-1: 1 replaced, 1 may be replaced');
    expect(planned.summary).toContain('Name (Queue is replaced)');
    // Its name changes with that of the queue.
    expect(planned.summary).not.toContain('refuses');
    const done = await run({ 'template.yaml': template('fates-b') });
    expect(done.summary).toContain('demo · us-east-1: deployed (2 replaced)');
    expect(done.summary).toContain('Name (Queue was replaced)');
    expect(done.summary).not.toContain('may be');
  });
});

it('a new default of a parameter changes nothing where the stack has another value, and that is said', async () => {
  const template = (size: number, secret = 'a') => ({
    'template.yaml': `
Parameters:
  Delay: { Type: Number, Default: ${size} }
  Secret: { Type: String, NoEcho: true, Default: ${secret} }
Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: !Ref Delay } } }
`,
  });
  const keeps = (value: string) =>
    `Delay keeps the value that the stack has${value}: its new default is for new stacks alone. Give it in the input parameters to change it.`;
  await run(template(1));
  const changed = await preview(template(2, 'b'));
  expect(changed.summary).toContain(keeps(', "1"'));
  expect(changed.summary).toContain('Secret keeps the value that the stack has: its new default');
  expect((await preview(template(2), { parameters: 'Delay=2' })).summary).not.toContain('Delay keeps');
  expect((await preview(template(1))).summary).not.toContain('keeps');
});
