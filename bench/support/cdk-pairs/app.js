/**
 * Pairs of stacks: VERSION=1 is deployed, VERSION=2 is proposed. The description of a stack says what changes.
 * Resources are of types that the emulator deploys.
 */
const cdk = require('aws-cdk-lib');
const {
  aws_dynamodb: db,
  aws_iam: iam,
  aws_lambda: lambda,
  aws_s3: s3,
  aws_sns: sns,
  aws_sqs: sqs,
  aws_ssm: ssm,
} = cdk;

const after = process.env.VERSION === '2';
const either = (first, second) => (after ? second : first);
const app = new cdk.App();
const env = { account: '000000000000', region: 'us-east-1' };
let count = 0;

/** One pair; `build` is given the stack. */
function pair(description, build, props = {}) {
  count++;
  const stack = new cdk.Stack(app, `Pair${String(count).padStart(2, '0')}`, { env, description, ...props });
  build(stack);
}

const topic = (scope, id = 'Topic') => new sns.CfnTopic(scope, id);
const key = (name) => ({ name, type: db.AttributeType.STRING });
const table = (scope, id, attribute, props = {}) =>
  new db.Table(scope, id, { partitionKey: key(attribute), ...props });
const fn = (scope, props = {}) =>
  new lambda.Function(scope, 'Fn', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1;'),
    ...props,
  });
const role = (scope, service = 'lambda.amazonaws.com') =>
  new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal(service) });

pair('a property', (s) => new sns.CfnTopic(s, 'Topic', { displayName: either('a', 'b') }));
pair(
  'several properties',
  (s) => new sqs.CfnQueue(s, 'Queue', { visibilityTimeout: either(30, 60), delaySeconds: either(1, 2) }),
);
pair('a property more', (s) => new sqs.CfnQueue(s, 'Queue', after ? { delaySeconds: 5 } : {}));
pair('a property less', (s) => new sqs.CfnQueue(s, 'Queue', after ? {} : { delaySeconds: 5 }));
pair('a property deep inside', (s) => fn(s, { environment: { LEVEL: either('info', 'debug'), NAME: 'x' } }));
pair('a table is replaced', (s) =>
  table(s, 'Table', either('id', 'tag'), { removalPolicy: cdk.RemovalPolicy.DESTROY }),
);
pair('a table is replaced, the old one kept', (s) => table(s, 'Table', either('id', 'tag')));
pair(
  'a queue becomes another one',
  (s) => new sqs.CfnQueue(s, 'Queue', { queueName: either('pair-a', 'pair-b') }),
);
pair('a resource more', (s) => {
  topic(s);
  if (after) new sqs.CfnQueue(s, 'Queue');
});
pair('a resource less', (s) => {
  topic(s);
  if (!after) new sqs.CfnQueue(s, 'Queue');
});
pair('a bucket goes with its content', (s) => {
  topic(s);
  if (!after) new s3.Bucket(s, 'Bucket', { removalPolicy: cdk.RemovalPolicy.DESTROY });
});
pair('a bucket is left behind', (s) => {
  topic(s);
  if (!after) new s3.Bucket(s, 'Bucket');
});
pair('another name in the code', (s) => topic(s, either('Topic', 'News')));
pair('another type under the same name', (s) => {
  const thing = after ? new sqs.CfnQueue(s, 'Thing') : new sns.CfnTopic(s, 'Thing');
  thing.overrideLogicalId('Thing');
});
pair('code of a function', (s) =>
  fn(s, { code: lambda.Code.fromInline(`exports.handler = async () => ${either(1, 2)};`) }),
);
pair('memory and timeout of a function', (s) =>
  fn(s, { memorySize: either(128, 256), timeout: cdk.Duration.seconds(either(3, 10)) }),
);
pair('runtime of a function', (s) =>
  fn(s, { runtime: either(lambda.Runtime.NODEJS_20_X, lambda.Runtime.NODEJS_22_X) }),
);
pair('a function becomes callable by others', (s) => {
  const each = fn(s);
  if (after) each.addPermission('Caller', { principal: new iam.ServicePrincipal('s3.amazonaws.com') });
});
pair('a role may do more', (s) =>
  role(s).addToPolicy(
    new iam.PolicyStatement({
      actions: either(['s3:GetObject'], ['s3:GetObject', 's3:PutObject']),
      resources: ['*'],
    }),
  ),
);
pair('a role may do less', (s) =>
  role(s).addToPolicy(
    new iam.PolicyStatement({
      actions: either(['s3:GetObject', 's3:PutObject'], ['s3:GetObject']),
      resources: ['*'],
    }),
  ),
);
pair('a role is trusted by somebody else', (s) =>
  role(s, either('lambda.amazonaws.com', 'ec2.amazonaws.com')),
);
pair('a managed policy more', (s) => {
  const each = role(s);
  if (after) each.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
});
pair('a denial less', (s) => {
  const each = role(s);
  each.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  if (!after)
    each.addToPolicy(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:DeleteObject'], resources: ['*'] }),
    );
});
pair('a bucket is opened to everybody', (s) => {
  const bucket = new s3.Bucket(s, 'Bucket', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY });
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      principals: [after ? new iam.AnyPrincipal() : new iam.AccountRootPrincipal()],
    }),
  );
});
pair('a topic takes messages of another service', (s) => {
  const each = new sns.Topic(s, 'Topic');
  each.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['sns:Publish'],
      resources: [each.topicArn],
      principals: [new iam.ServicePrincipal(either('s3.amazonaws.com', 'events.amazonaws.com'))],
    }),
  );
});
pair('an output more', (s) => {
  const each = topic(s);
  if (after) new cdk.CfnOutput(s, 'Arn', { value: each.ref });
});
pair('another value of an output', (s) => {
  const each = topic(s);
  new cdk.CfnOutput(s, 'Name', { value: either(each.ref, each.attrTopicName) });
});
pair('an output less', (s) => {
  const each = topic(s);
  if (!after) new cdk.CfnOutput(s, 'Arn', { value: each.ref });
});
pair('a parameter more', (s) => {
  topic(s);
  if (after) new cdk.CfnParameter(s, 'Level', { default: 'info' });
});
pair('another default of a parameter', (s) => {
  const level = new cdk.CfnParameter(s, 'Level', { default: either('info', 'debug') });
  new sns.CfnTopic(s, 'Topic', { displayName: level.valueAsString });
});
pair('a condition more, and who depends on it', (s) => {
  const each = topic(s);
  if (!after) return;
  const condition = new cdk.CfnCondition(s, 'IsHere', {
    expression: cdk.Fn.conditionEquals(cdk.Aws.REGION, 'us-east-1'),
  });
  each.cfnOptions.condition = condition;
});
pair('a condition decides otherwise', (s) => {
  const condition = new cdk.CfnCondition(s, 'IsHere', {
    expression: cdk.Fn.conditionEquals(cdk.Aws.REGION, either('us-east-1', 'eu-west-1')),
  });
  topic(s);
  topic(s, 'Other').cfnOptions.condition = condition;
});
pair('a mapping has other values', (s) => {
  const sizes = new cdk.CfnMapping(s, 'Sizes', { mapping: { 'us-east-1': { delay: either('1', '2') } } });
  new sqs.CfnQueue(s, 'Queue', {
    delaySeconds: cdk.Token.asNumber(sizes.findInMap(cdk.Aws.REGION, 'delay')),
  });
});
pair('the order of creation', (s) => {
  const [first, second] = [topic(s, 'First'), topic(s, 'Second')];
  if (after) second.addDependency(first);
});
pair('what becomes of the resource with its stack', (s) =>
  topic(s).applyRemovalPolicy(either(cdk.RemovalPolicy.DESTROY, cdk.RemovalPolicy.RETAIN)),
);
pair('what a resource refers to is replaced', (s) => {
  const queue = new sqs.CfnQueue(s, 'Queue', { queueName: either('pair-c', 'pair-d') });
  new ssm.CfnParameter(s, 'Address', { type: 'String', value: queue.attrQueueUrl });
});
pair('in a nested stack', (s) => {
  const inner = new cdk.NestedStack(s, 'Inner');
  new sns.CfnTopic(inner, 'Topic', { displayName: either('a', 'b') });
});
pair('in one of two nested stacks of the same template', (s) => {
  for (const id of ['East', 'West']) table(new cdk.NestedStack(s, id), 'Cows', either('id', 'tag'));
});
pair('moved into a nested stack', (s) => {
  const inner = new cdk.NestedStack(s, 'Inner');
  topic(inner, 'Stays');
  topic(either(s, inner), 'Moves');
});
pair(
  'a nested stack of the legacy synthesizer',
  (s) => {
    const inner = new cdk.NestedStack(s, 'Inner');
    table(inner, 'Deeds', either('id', 'tag'), { removalPolicy: cdk.RemovalPolicy.DESTROY });
  },
  { synthesizer: new cdk.LegacyStackSynthesizer() },
);
pair('a nested stack less', (s) => {
  topic(s);
  if (!after) topic(new cdk.NestedStack(s, 'Inner'), 'Inside');
});
pair('nothing', (s) => topic(s));
app.synth();
