import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffTemplates, isEmptyDiff } from '../../../src/template/diff/index.ts';
import type { ChangedResource, ResourceDiff } from '../../../src/template/diff/types.ts';
import type { Json, JsonObject, Template } from '../../../src/template/types.ts';

const template = (resources: JsonObject, rest: JsonObject = {}): Template => ({
  ...rest,
  Resources: resources,
});
const HASH = { old: 'a'.repeat(64), now: 'b'.repeat(64) };

const propertiesOf = (resources: JsonObject) => (resources.T as { Properties: JsonObject }).Properties;

function changed(before: JsonObject, after: JsonObject, id: string): ChangedResource {
  const found = diffTemplates(template(before), template(after)).resources.find(
    ({ logicalId }) => logicalId === id,
  );
  if (found?.kind !== 'changed') throw new Error(`${id} is ${found?.kind ?? 'unchanged'}`);
  return found;
}

describe('what keeps its name while it is replaced', () => {
  const table = (name: Json | undefined, key: string): JsonObject => ({
    T: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        ...(name !== undefined && { TableName: name }),
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      },
    },
  });
  it.each<[string, Json | undefined, Json | undefined, string | undefined]>([
    ['a name of its own', 'orders', 'orders', 'TableName'],
    [
      'a name that is put together',
      { 'Fn::Sub': '${AWS::StackName}-t' },
      { 'Fn::Sub': '${AWS::StackName}-t' },
      'TableName',
    ],
    ['another name', 'orders', 'orders-2', undefined],
    ['no name', undefined, undefined, undefined],
    ['a new name', undefined, 'orders', undefined],
  ])('%s', (_, old, now, keptName) => {
    const found = changed(table(old, 'id'), table(now, 'key'), 'T');
    expect({ impact: found.impact, keptName: found.keptName }).toEqual({ impact: 'replace', keptName });
  });
  it('is nothing to an update', () => {
    const old = table('orders', 'id');
    const now = {
      T: { ...(old.T as JsonObject), Properties: { ...propertiesOf(old), BillingMode: 'PROVISIONED' } },
    };
    expect(changed(old, now, 'T')).not.toHaveProperty('keptName');
  });
});

describe('what takes the name of something that is removed', () => {
  const topic = (TopicName: Json | undefined): JsonObject => ({
    Type: 'AWS::SNS::Topic',
    Properties: TopicName === undefined ? {} : { TopicName },
  });
  const endpoint = (FunctionName: string): JsonObject => ({
    Type: 'AWS::Lambda::WebFunctionEndpoint',
    Properties: { FunctionName, EndpointName: 'prod' },
  });
  const taken = (before: JsonObject, after: JsonObject) =>
    diffTemplates(template(before), template(after)).resources.flatMap((each) =>
      each.kind === 'added' ? [each.takenName] : [],
    );
  it.each<[string, JsonObject, JsonObject, unknown]>([
    ['under another logical ID', { A: topic('t') }, { B: topic('t') }, { property: 'TopicName', from: 'A' }],
    ['with another name', { A: topic('t') }, { B: topic('u') }, undefined],
    ['without names', { A: topic(undefined) }, { B: topic(undefined) }, undefined],
    ['beside what stays', { A: topic('t') }, { A: topic('t'), B: topic('t') }, undefined],
    [
      'within the same thing',
      { A: endpoint('site') },
      { B: endpoint('site') },
      { property: 'EndpointName', from: 'A' },
    ],
    ['within another one', { A: endpoint('site') }, { B: endpoint('shop') }, undefined],
  ])('%s', (_, before, after, expected) => {
    expect(taken(before, after)).toEqual([expected]);
  });
});

describe('equivalent writings', () => {
  const resource = (properties: Json, rest: JsonObject = {}): JsonObject => ({
    A: { Type: 'X::Y::Z', Properties: properties, ...rest },
  });
  const cases: [string, JsonObject, JsonObject][] = [
    ['key order', resource({ a: 1, b: 2 }), resource({ b: 2, a: 1 })],
    ['numbers and text', resource({ a: 1 }), resource({ a: '1' })],
    ['booleans and text', resource({ a: true }), resource({ a: 'true' })],
    ['Fn::Sub without variables', resource({ a: { 'Fn::Sub': 'text' } }), resource({ a: 'text' })],
    ['Fn::Sub of one reference', resource({ a: { 'Fn::Sub': '${B}' } }), resource({ a: { Ref: 'B' } })],
    [
      'Fn::Sub of one attribute',
      resource({ a: { 'Fn::Sub': '${B.Arn}' } }),
      resource({ a: { 'Fn::GetAtt': ['B', 'Arn'] } }),
    ],
    [
      'Fn::GetAtt as text',
      resource({ a: { 'Fn::GetAtt': 'B.Arn' } }),
      resource({ a: { 'Fn::GetAtt': ['B', 'Arn'] } }),
    ],
    ['Fn::Join of texts', resource({ a: { 'Fn::Join': ['-', ['x', 1]] } }), resource({ a: 'x-1' })],
    ['one DependsOn', resource({}, { DependsOn: 'B' }), resource({}, { DependsOn: ['B'] })],
    [
      'DependsOn in another order',
      resource({}, { DependsOn: ['B', 'C'] }),
      resource({}, { DependsOn: ['C', 'B'] }),
    ],
    ['no DependsOn', resource({}, { DependsOn: [] }), resource({})],
    [
      'metadata',
      resource({}, { Metadata: { 'aws:asset:path': 'x' } }),
      resource({}, { Metadata: { 'aws:cdk:path': 'y' } }),
    ],
    ['no properties', resource({}), { A: { Type: 'X::Y::Z' } }],
    [
      'tags in another order',
      resource({
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      }),
      resource({
        Tags: [
          { Key: 'b', Value: '2' },
          { Key: 'a', Value: '1' },
        ],
      }),
    ],
  ];
  it.each(cases)('%s: no change', (_name, before, after) => {
    expect(isEmptyDiff(diffTemplates(template(before), template(after)))).toBe(true);
  });

  const different: [string, Json, Json][] = [
    ['text and null', 'null', null],
    ['another order of a list', ['a', 'b'], ['b', 'a']],
    ['a reference and its name', { Ref: 'B' }, 'B'],
    ['a literal ${!B}', { 'Fn::Sub': '${!B}' }, { Ref: '!B' }],
    ['01 and 1', '01', 1],
  ];
  it.each(different)('%s: a change', (_name, before, after) => {
    expect(changed(resource({ a: before }), resource({ a: after }), 'A').changes).not.toHaveLength(0);
  });
});

it('compares joins in joins in no time, however many', () => {
  const nested = (end: string) => {
    let value: Json = { 'Fn::GetAtt': ['A', end] };
    for (let depth = 0; depth < 200; depth++) value = { 'Fn::Join': ['-', ['a', value]] };
    return value;
  };
  const topic = (end: string): JsonObject => ({
    T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: nested(end) } },
  });
  expect(changed(topic('B'), topic('C'), 'T').changes).toHaveLength(1);
});

describe('what happens to a resource', () => {
  const table = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
    T: { Type: 'AWS::DynamoDB::Table', Properties: properties, ...rest },
  });

  it('is updated, or replaced, by what AWS says of each property', () => {
    expect(changed(table({ BillingMode: 'A' }), table({ BillingMode: 'B' }), 'T')).toMatchObject({
      impact: 'update',
      losesData: false,
    });
    const replaced = changed(
      table({ TableName: 'a', BillingMode: 'A' }),
      table({ TableName: 'b', BillingMode: 'B' }),
      'T',
    );
    expect(replaced).toMatchObject({ impact: 'replace', losesData: true });
    expect(replaced.changes.map(({ path, impact }) => [path, impact])).toEqual([
      ['Properties.TableName', 'replace'],
      ['Properties.BillingMode', 'update'],
    ]);
  });

  it('is updated where SAM makes an update of it, whose types no specification knows', () => {
    const sam = (type: string, property: string) =>
      changed(
        { R: { Type: `AWS::Serverless::${type}`, Properties: { [property]: 'a' } } },
        { R: { Type: `AWS::Serverless::${type}`, Properties: { [property]: 'b' } } },
        'R',
      );
    expect(sam('Function', 'Timeout')).toMatchObject({ impact: 'update' });
    expect(sam('Function', 'FunctionName')).toMatchObject({ impact: 'replace', losesData: false });
    expect(sam('SimpleTable', 'SSESpecification')).toMatchObject({ impact: 'update', losesData: false });
    expect(sam('SimpleTable', 'TableName')).toMatchObject({ impact: 'replace', losesData: true });
    expect(sam('HttpApi', 'CorsConfiguration')).toMatchObject({ impact: 'update' });
    expect(sam('StateMachine', 'Logging')).toMatchObject({ impact: 'update' });
  });

  it('keeps its data with UpdateReplacePolicy, not by a default', () => {
    const keep = { UpdateReplacePolicy: 'Retain' };
    expect(changed(table({ TableName: 'a' }, keep), table({ TableName: 'b' }, keep), 'T').losesData).toBe(
      false,
    );
    const database = (DBName: string): JsonObject => ({
      T: { Type: 'AWS::RDS::DBCluster', Properties: { DatabaseName: DBName } },
    });
    expect(changed(database('a'), database('b'), 'T')).toMatchObject({ impact: 'replace', losesData: true });
  });

  const removals: [string, string, JsonObject, string, boolean][] = [
    ['loses its data', 'AWS::DynamoDB::Table', {}, 'nothing', true],
    ['stays with Retain', 'AWS::DynamoDB::Table', { DeletionPolicy: 'Retain' }, 'resource', false],
    ['leaves a snapshot', 'AWS::EC2::Volume', { DeletionPolicy: 'Snapshot' }, 'snapshot', false],
    ['leaves a snapshot by default', 'AWS::RDS::DBInstance', {}, 'snapshot', false],
    [
      'leaves none when it is in a cluster',
      'AWS::RDS::DBInstance',
      { Properties: { DBClusterIdentifier: 'x' } },
      'nothing',
      true,
    ],
    ['has no data', 'AWS::IAM::Role', {}, 'nothing', false],
  ];
  it.each(removals)('removed, it %s (%s)', (_name, Type, rest, kept, losesData) => {
    const [diff] = diffTemplates(template({ R: { Type, ...rest } }), template({})).resources;
    expect(diff).toMatchObject({ kind: 'removed', kept, losesData });
  });

  it('may be replaced with what is replaced, over several steps, and lose its data', () => {
    const chain = (name: string): JsonObject => ({
      First: { Type: 'AWS::SNS::Topic', Properties: { TopicName: name } },
      Second: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::Sub': '${First.TopicName}-x' } } },
      Third: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { TableName: { 'Fn::GetAtt': 'Second.TopicName' } },
      },
      Other: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Other' } } },
    });
    const template = (name: string): Template => ({
      Resources: chain(name),
      Outputs: { Arn: { Value: { Ref: 'First' } }, Same: { Value: { Ref: 'Other' } } },
    });
    const { resources, outputs } = diffTemplates(template('a'), template('b'));
    expect(
      (resources as ChangedResource[]).map(({ logicalId, impact, losesData, changes }) => [
        logicalId,
        impact,
        losesData,
        changes[0]?.cause,
      ]),
    ).toEqual([
      ['First', 'replace', false, undefined],
      ['Second', 'may-replace', false, 'First is replaced'],
      ['Third', 'may-replace', true, 'Second may be replaced'],
    ]);
    expect(outputs).toEqual([
      { section: 'Outputs', name: 'Arn', before: undefined, after: undefined, cause: 'First is replaced' },
    ]);
  });

  it('changes with a layer that gets new content', () => {
    const layered = (key: string): JsonObject => ({
      Libs: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'b', S3Key: key } } },
      Hello: { Type: 'AWS::Lambda::Function', Properties: { Layers: [{ Ref: 'Libs' }] } },
    });
    const diff = diffTemplates({ Resources: layered('one.zip') }, { Resources: layered('two.zip') });
    expect(diff.resources).toMatchObject([
      { logicalId: 'Hello', impact: 'update', changes: [{ cause: 'Libs gets a new version' }] },
      { logicalId: 'Libs', code: { kind: 'layer' } },
    ]);
  });

  it('is replaced when its type changes', () => {
    expect(changed({ A: { Type: 'X::Y::Z' } }, { A: { Type: 'X::Y::W' } }, 'A')).toMatchObject({
      impact: 'replace',
      type: 'X::Y::W',
    });
  });

  it('looks renamed when it comes back exactly alike, and only then', () => {
    const like = { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } };
    const [added, removed] = diffTemplates(template({ Old: like }), template({ New: like })).resources;
    expect(added).toMatchObject({ kind: 'added', logicalId: 'New', renamedFrom: 'Old' });
    expect(removed).toMatchObject({ kind: 'removed', logicalId: 'Old', losesData: true });
    const twice = diffTemplates(template({ Old: like }), template({ New: like, Newer: like })).resources;
    expect(twice.some((each) => 'renamedFrom' in each)).toBe(false);
  });

  it('changes with what it refers to, and may be replaced with it', () => {
    const resources = (name: string): JsonObject => ({
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: name } },
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Stream', 'Arn'] } },
      },
      Reader: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { STREAM: { 'Fn::Sub': 'x-${Stream}' } } } },
      },
      Other: { Type: 'AWS::SNS::Topic', DependsOn: 'Stream' },
    });
    const diff = diffTemplates(template(resources('a')), template(resources('b')));
    const summary = diff.resources.map((each) => [
      each.logicalId,
      each.kind === 'changed' && each.impact,
      each.kind === 'changed' && each.changes[0]?.path,
    ]);
    expect(summary).toEqual([
      ['Reader', 'update', 'Properties.Environment.Variables.STREAM'],
      ['Source', 'may-replace', 'Properties.EventSourceArn'],
      ['Stream', 'replace', 'Properties.Name'],
    ]);
    expect((diff.resources[0] as ChangedResource).changes[0]?.cause).toBe('Stream is replaced');
  });
});

describe('lists', () => {
  const paths = (before: Json[], after: Json[]) =>
    changed(
      { A: { Type: 'X::Y::Z', Properties: { List: before } } },
      { A: { Type: 'X::Y::Z', Properties: { List: after } } },
      'A',
    ).changes.map(({ path, before: old, after: now }) => [path, old, now]);
  it('shows an element that was put in as that alone', () => {
    expect(paths(['a', 'b', 'c', 'd'], ['a', 'x', 'b', 'c', 'd'])).toEqual([
      ['Properties.List[1]', undefined, 'x'],
    ]);
  });
  it('shows two far apart as two', () => {
    expect(paths(['a', 'b', 'c', 'd'], ['x', 'a', 'b', 'c', 'y', 'd'])).toEqual([
      ['Properties.List[0]', undefined, 'x'],
      ['Properties.List[4]', undefined, 'y'],
    ]);
  });
  it('goes into an element that changed', () => {
    expect(
      paths(
        [
          { n: 1, v: 1 },
          { n: 2, v: 2 },
        ],
        [
          { n: 1, v: 1 },
          { n: 2, v: 3 },
        ],
      ),
    ).toEqual([['Properties.List[1].v', 2, 3]]);
  });
});

describe('code', () => {
  const lambda = (Code: Json, rest: JsonObject = {}): JsonObject => ({
    F: { Type: 'AWS::Lambda::Function', Properties: { Code, ...rest } },
  });
  const s3 = (hash: string, bucket = 'b'): JsonObject => ({
    S3Bucket: bucket,
    S3Key: `prefix/stack/${hash}.zip`,
  });

  it('is one change, whatever tells its place', () => {
    const found = changed(lambda(s3(HASH.old)), lambda(s3(HASH.now, 'other')), 'F');
    expect(found).toMatchObject({
      impact: 'update',
      changes: [],
      code: { kind: 'function', before: HASH.old, after: HASH.now },
    });
  });
  it('is told apart from what stands beside it', () => {
    expect(
      changed(
        lambda(s3(HASH.old), { MemorySize: 1 }),
        lambda(s3(HASH.now), { MemorySize: 2 }),
        'F',
      ).changes.map(({ path }) => path),
    ).toEqual(['Properties.MemorySize']);
  });
  it.each<[string, Json, Json, string]>([
    [
      'an image',
      { ImageUri: `1.dkr.ecr.x.amazonaws.com/r@sha256:${HASH.old}` },
      { ImageUri: `1.dkr.ecr.x.amazonaws.com/r@sha256:${HASH.now}` },
      HASH.now,
    ],
    ['a tag', { ImageUri: 'r:1' }, { ImageUri: 'x/r:2' }, 'r:2'],
    [
      'a CDK asset',
      { S3Bucket: { 'Fn::Sub': 'cdk-${AWS::AccountId}' }, S3Key: `${HASH.old}.zip` },
      { S3Bucket: { 'Fn::Sub': 'cdk-${AWS::AccountId}' }, S3Key: `${HASH.now}.zip` },
      HASH.now,
    ],
    [
      'CDK v1 parameters',
      { S3Bucket: { Ref: `AssetParameters${HASH.old}S3Bucket01234567` } },
      { S3Bucket: { Ref: `AssetParameters${HASH.now}S3Bucket01234567` } },
      HASH.now,
    ],
  ])('names the content of %s', (_name, before, after, expected) => {
    expect(changed(lambda(before), lambda(after), 'F').code?.after).toBe(expected);
  });
  it('hashes inline code', () => {
    expect(changed(lambda({ ZipFile: 'a' }), lambda({ ZipFile: 'b' }), 'F').code?.after).toMatch(
      /^[0-9a-f]{64}$/,
    );
  });
  it('is a new version of a layer, a nested template, a definition', () => {
    const of = (Type: string, property: string, value: (hash: string) => Json) =>
      changed(
        { F: { Type, Properties: { [property]: value(HASH.old) } } },
        { F: { Type, Properties: { [property]: value(HASH.now) } } },
        'F',
      ).code?.kind;
    expect(of('AWS::Lambda::LayerVersion', 'Content', (hash) => s3(hash))).toBe('layer');
    expect(of('AWS::CloudFormation::Stack', 'TemplateURL', (hash) => `https://x/${hash}.template`)).toBe(
      'nested template',
    );
    expect(
      of('AWS::StepFunctions::StateMachine', 'DefinitionS3Location', (hash) => ({ Bucket: 'b', Key: hash })),
    ).toBe('definition');
  });
  it('does not show the parameters of assets', () => {
    const parameters = (hash: string): JsonObject => ({
      Parameters: { [`AssetParameters${hash}S3BucketABCDEF01`]: { Type: 'String' } },
    });
    expect(
      isEmptyDiff(diffTemplates(template({}, parameters(HASH.old)), template({}, parameters(HASH.now)))),
    ).toBe(true);
  });
});

describe('other sections', () => {
  it('are compared down to the one value that differs', () => {
    const globals = (timeout: number): JsonObject => ({
      Timeout: timeout,
      Environment: { Variables: { A: { Ref: 'X' } } },
    });
    const template = (timeout: number, image: string): Template => ({
      Globals: { Function: globals(timeout) },
      Mappings: { Images: { 'eu-west-1': { Id: image }, 'eu-west-2': { Id: 'same' } } },
      Resources: {},
    });
    expect(diffTemplates(template(3, 'a'), template(5, 'b')).other).toEqual([
      { section: 'Globals', name: 'Function.Timeout', before: 3, after: 5 },
      { section: 'Mappings', name: 'Images.eu-west-1.Id', before: 'a', after: 'b' },
    ]);
    const { Globals: _, ...without } = template(3, 'a');
    expect(diffTemplates(without as Template, template(3, 'a')).other).toEqual([
      { section: 'Globals', name: 'Function', before: undefined, after: globals(3) },
    ]);
  });

  it('are compared entry by entry, a transform as a whole', () => {
    const diff = diffTemplates(
      template({}, { Outputs: { A: { Value: 1 } }, Conditions: { C: true }, Transform: 'X' }),
      template({}, { Outputs: { A: { Value: 2 } }, Conditions: { C: 'true' }, Transform: ['X', 'Y'] }),
    );
    expect(diff.outputs).toEqual([
      { section: 'Outputs', name: 'A', before: { Value: 1 }, after: { Value: 2 } },
    ]);
    expect(diff.other).toEqual([{ section: 'Transform', name: '', before: 'X', after: ['X', 'Y'] }]);
  });
  it('do not hold the default of a NoEcho parameter', () => {
    const parameters = (Default: string, Type = 'String'): JsonObject => ({
      Parameters: { P: { Type, NoEcho: true, Default } },
    });
    const diff = diffTemplates(
      template({}, parameters('canary-1')),
      template({}, parameters('canary-2', 'Number')),
    );
    expect(diff.parameters).toHaveLength(1);
    expect(JSON.stringify(diff)).not.toContain('canary');
  });
});

describe('any template', () => {
  const key = fc.oneof(
    fc.constantFrom(
      'Type',
      'Properties',
      'Statement',
      'Code',
      'Ref',
      'Fn::Sub',
      '__proto__',
      'constructor',
      'toString',
      'a',
      'b',
    ),
    fc.string(),
  );
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>(
        null,
        true,
        'true',
        1,
        '1',
        'AWS::Lambda::Function',
        'AWS::IAM::Role',
        'constructor',
      ),
      fc.string(),
      fc.array(tie('json') as fc.Arbitrary<Json>, { maxLength: 4 }),
      fc
        .array(fc.tuple(key, tie('json') as fc.Arbitrary<Json>), { maxLength: 4 })
        .map((entries) => Object.fromEntries(entries) as JsonObject),
    ),
  }));
  const any = fc.record(
    { Resources: json, Outputs: json, Parameters: json, Conditions: json },
    { requiredKeys: ['Resources'] },
  ) as unknown as fc.Arbitrary<Template>;

  it('does not differ from itself', () => {
    fc.assert(fc.property(any, (a) => isEmptyDiff(diffTemplates(a, structuredClone(a)))));
  });
  it('never makes the diff throw', () => {
    fc.assert(
      fc.property(any, any, (a, b) => Array.isArray(diffTemplates(a, b).resources)),
      { numRuns: 500 },
    );
  });
  it('shows every leaf that changed', () => {
    const properties = fc.dictionary(fc.constantFrom('A', 'B', 'C', '__proto__', 'constructor'), json, {
      minKeys: 1,
    }) as fc.Arbitrary<JsonObject>;
    fc.assert(
      fc.property(properties, fc.nat(), (before, pick) => {
        const after = structuredClone(before);
        const path = changeLeaf(after, pick);
        fc.pre(path !== undefined);
        const [found] = diffTemplates(
          template({ R: { Type: 'X::Y::Z', Properties: before } }),
          template({ R: { Type: 'X::Y::Z', Properties: after } }),
        ).resources;
        expect(covers(found, path ?? [])).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Changes one scalar below a value and tells where. */
function changeLeaf(root: JsonObject, pick: number): string[] | undefined {
  const leaves: { at: JsonObject | Json[]; key: string; path: string[] }[] = [];
  const walk = (value: Json, path: string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (typeof child === 'object' && child !== null) walk(child, [...path, key]);
      else leaves.push({ at: value, key, path: [...path, key] });
    }
  };
  walk(root, []);
  const leaf = leaves[pick % Math.max(1, leaves.length)];
  if (!leaf) return undefined;
  Object.defineProperty(leaf.at, leaf.key, {
    value: 'changed by the test',
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return leaf.path;
}

/** Whether a change at the leaf or at an ancestor of it (a function call, a whole list) is listed. */
function covers(diff: ResourceDiff | undefined, path: readonly string[]): boolean {
  if (diff?.kind !== 'changed') return false;
  return diff.changes.some((change) => {
    const steps = `Properties.${path.join('.')}`;
    return steps.startsWith(change.path.replaceAll(/\[(\d+)\]/g, '.$1'));
  });
}
