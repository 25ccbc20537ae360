import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inEnvironment } from '../../src/assembly/environment.ts';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { ProblemError } from '../../src/problem.ts';
import { type CdkDrafts, type CdkSource, loadCdk } from '../../src/sources/cdk/index.ts';
import { makeWorkspace } from '../support/runner.ts';

type Files = Readonly<Record<string, unknown>>;

const made: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of made.splice(0)) await each.remove();
});

/** Reads an assembly that is written here; paths are relative to `cdk.out`. */
async function load(files: Files, source: Partial<CdkSource> = {}) {
  const space = await makeWorkspace(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        join('cdk.out', name),
        typeof content === 'string' ? content : JSON.stringify(content),
      ]),
    ),
  );
  made.push(space);
  return loadCdk(workspace(space.path, false), {
    path: join(space.path, 'cdk.out'),
    stacks: undefined,
    parameters: {},
    tags: {},
    ...source,
  });
}

const TOPIC = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };

const stack = (properties: object = {}, more: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/unknown-region',
  properties: { templateFile: 'A.template.json', ...properties },
  ...more,
});

const manifest = (artifacts: object, more: object = {}) => ({ version: '38.0.0', artifacts, ...more });

const one = (properties: object = {}, more: object = {}, template: object = TOPIC): Files => ({
  'manifest.json': manifest({ A: stack(properties, more) }),
  'A.template.json': template,
});

/** An assembly of one stack with an asset manifest. */
const withAssets = (assets: object, template: object = TOPIC): Files => ({
  'manifest.json': manifest({
    'A.assets': { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } },
    A: stack({}, { dependencies: ['A.assets'] }),
  }),
  'A.template.json': template,
  'A.assets.json': { version: '38.0.0', ...assets },
});

const ids = (drafts: readonly { id: string }[]): string[] => drafts.map(({ id }) => id);

describe('a stack', () => {
  it('has what its artifact says', async () => {
    const { drafts } = await load(
      one(
        {
          stackName: 'orders',
          terminationProtection: true,
          tags: { team: 'shop', stage: 'dev' },
          parameters: { Size: '1' },
          notificationArns: ['arn:aws:sns:eu-west-1:111111111111:t'],
          assumeRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deploy',
          assumeRoleExternalId: 'x',
          assumeRoleAdditionalOptions: { Tags: [{ Key: 'k', Value: 'v' }] },
          cloudFormationExecutionRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/exec',
          lookupRole: { arn: 'arn:aws:iam::${AWS::AccountId}:role/lookup' },
          requiresBootstrapStackVersion: 6,
          bootstrapStackVersionSsmParameter: '/cdk-bootstrap/q/version',
        },
        { environment: 'aws://111111111111/eu-west-1', displayName: 'Orders' },
        { ...TOPIC, Parameters: { Size: { Type: 'String' }, Kind: { Type: 'String' } } },
      ),
      { parameters: { 'orders:Kind': 'k' }, tags: { stage: 'prod' } },
    );
    expect(drafts).toMatchObject([
      {
        id: 'orders',
        stackName: 'orders',
        displayName: 'Orders',
        terminationProtection: true,
        tags: { team: 'shop', stage: 'prod' },
        parameters: { Size: '1', Kind: 'k' },
        notificationArns: ['arn:aws:sns:eu-west-1:111111111111:t'],
        environment: { account: '111111111111', region: 'eu-west-1' },
        bootstrap: { version: 6, ssmParameter: '/cdk-bootstrap/q/version' },
      },
    ]);
    const [draft] = drafts;
    if (!draft) throw new Error('there is no stack');
    const environment = { account: '222222222222', region: 'us-east-1', partition: 'aws-cn' };
    expect(inEnvironment({ ...draft, assets: [] }, environment).roles).toEqual({
      deploy: {
        arn: 'arn:aws-cn:iam::222222222222:role/deploy',
        externalId: 'x',
        options: { Tags: [{ Key: 'k', Value: 'v' }] },
      },
      execution: 'arn:aws-cn:iam::222222222222:role/exec',
      lookup: { arn: 'arn:aws:iam::222222222222:role/lookup' },
    });
  });

  it('of CDK version 1 has its tags in the metadata', async () => {
    const data = [{ Key: 'team', Value: 'shop' }];
    const metadata = { '/A': [{ type: 'aws:cdk:stack-tags', data }] };
    expect((await load(one({}, { metadata }))).drafts[0]?.tags).toEqual({ team: 'shop' });
    const file = { ...one({}, { additionalMetadataFile: 'more.json' }), 'more.json': metadata };
    expect((await load(file)).drafts[0]?.tags).toEqual({ team: 'shop' });
  });

  it('that is empty is left out', async () => {
    const { drafts, warnings } = await load(one({}, {}, { Parameters: {} }));
    expect(drafts).toEqual([]);
    expect(warnings[0]?.message).toContain('empty');
  });

  it('is read whatever else a newer version writes', async () => {
    const files = {
      ...one({ news: { a: 1 } }, { news: [] }),
      'manifest.json': {
        ...manifest({
          A: stack(),
          New: { type: 'cdk:something-new', properties: [1] },
        }),
        version: '999.0.0',
        unheardOf: true,
      },
    };
    expect(ids((await load(files)).drafts)).toEqual(['A']);
  });
});

describe('several stacks', () => {
  const properties = (name: string) => ({ templateFile: '../A.template.json', stackName: name });
  const files: Files = {
    'A.template.json': TOPIC,
    'manifest.json': manifest({
      Pipeline: stack({}, { displayName: 'Pipeline' }),
      'assembly-Prod': {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: 'assembly-Prod', displayName: 'Prod' },
      },
      Dns: stack({ stackName: 'dns' }, { displayName: 'Dns', dependencies: ['assembly-Prod'] }),
    }),
    'assembly-Prod/manifest.json': manifest({
      ProdApi: stack(properties('Prod-Api'), { displayName: 'Prod/Api', dependencies: ['ProdData'] }),
      ProdData: stack(properties('Prod-Data'), { displayName: 'Prod/Data' }),
    }),
  };
  const select = async (...stacks: string[]) => {
    const { drafts, alongside } = await load(files, { stacks });
    return { ids: ids(drafts), alongside };
  };

  it.each<[string[], string[], string[]]>([
    [['Prod/*'], ['Prod-Data', 'Prod-Api'], []],
    [['Prod/Api'], ['Prod-Data', 'Prod-Api'], ['Prod/Data']],
    [['Prod-Data'], ['Prod-Data'], []],
    [['*'], ['Pipeline', 'Prod-Data', 'Prod-Api', 'dns'], []],
    [['P?peline'], ['Pipeline'], []],
    [['dns'], ['Prod-Data', 'Prod-Api', 'dns'], ['Prod/Data', 'Prod/Api']],
  ])('are selected by %j', async (patterns, expected, alongside) => {
    const selected = await select(...patterns);
    expect(selected.ids.toSorted()).toEqual(expected.toSorted());
    expect(selected.ids.indexOf('Prod-Data')).toBeLessThanOrEqual(
      selected.ids.includes('Prod-Api') ? selected.ids.indexOf('Prod-Api') : Infinity,
    );
    if (patterns[0] !== '*') expect(selected.alongside).toEqual(alongside);
  });

  it('have to be said where there are stages', async () => {
    await expect(load(files)).rejects.toThrow(/has stages.*Pipeline, .*Prod\/Api/);
    await expect(select('Test/*')).rejects.toThrow(/there is no stack Test\/\*.*There are: Pipeline/);
  });

  it('may share a name in two regions, and nowhere else', async () => {
    const two = (a: string, b: string) => ({
      'A.template.json': TOPIC,
      'manifest.json': manifest({
        A: stack({ stackName: 'same' }, { environment: `aws://111111111111/${a}` }),
        B: stack({ stackName: 'same' }, { environment: `aws://111111111111/${b}` }),
      }),
    });
    expect(ids((await load(two('eu-west-1', 'us-east-1'))).drafts)).toEqual([
      'same.111111111111.eu-west-1',
      'same.111111111111.us-east-1',
    ]);
    await expect(load(two('eu-west-1', 'eu-west-1'))).rejects.toThrow(/A, B are one stack/);
  });

  it('are in order where one reads the output of another, and in no circle', async () => {
    const reads = (name: string) => ({
      Resources: {
        T: {
          Type: 'AWS::SNS::Topic',
          Properties: {
            DisplayName: { 'Fn::GetStackOutput': { StackName: name, OutputName: 'O' } },
          },
        },
      },
    });
    const weak = (b: object) => ({
      'A.template.json': reads('B'),
      'B.template.json': b,
      'manifest.json': manifest({ A: stack(), B: stack({ templateFile: 'B.template.json' }) }),
    });
    const { drafts } = await load(weak(TOPIC));
    expect(drafts.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['B', []],
      ['A', ['B']],
    ]);
    await expect(load(weak(reads('A')))).rejects.toThrow(/depend on one another in a circle: A, B/);
  });

  describe('that share values without a declared dependency', () => {
    const topic = (name: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } });
    const exporting = (name: unknown) => ({
      ...TOPIC,
      Outputs: { Name: { Value: { Ref: 'Topic' }, Export: { Name: name } } },
    });
    const parameter = (name: unknown) => ({
      Resources: {
        Value: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x', Name: name } },
      },
    });
    const secret = (name: string) => ({
      Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: name } } },
    });
    /** `Taker` comes first in the manifest, as it does in the alphabet. */
    const pair = (taker: object, giver: object, more: Record<string, object> = {}): Files => ({
      'Taker.json': taker,
      'Zed.json': giver,
      ...Object.fromEntries(Object.entries(more).map(([name, template]) => [`${name}.json`, template])),
      'manifest.json': manifest(
        Object.fromEntries(
          ['Taker', 'Zed', ...Object.keys(more)].map((name) => [
            name,
            stack({ templateFile: `${name}.json` }),
          ]),
        ),
      ),
    });
    const cases: [string, object, object][] = [
      ['an export', { Resources: { T: topic({ 'Fn::ImportValue': 'harvest' }) } }, exporting('harvest')],
      [
        'an export whose name is put together',
        { Resources: { T: topic({ 'Fn::ImportValue': { 'Fn::Sub': 'Zed-harvest' } }) } },
        exporting({ 'Fn::Sub': '${AWS::StackName}-harvest' }),
      ],
      [
        'an export whose name a parameter says',
        {
          Parameters: { From: { Type: 'String', Default: 'harvest' } },
          Resources: { T: topic({ 'Fn::ImportValue': { Ref: 'From' } }) },
        },
        exporting('harvest'),
      ],
      [
        'an SSM parameter by the type of a parameter',
        {
          Parameters: { Stall: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/market/stall' } },
          Resources: { T: topic({ Ref: 'Stall' }) },
        },
        parameter('/market/stall'),
      ],
      [
        'an SSM parameter by a dynamic reference',
        { Resources: { T: topic('to {{resolve:ssm:/market/stall:3}} and on') } },
        parameter('/market/stall'),
      ],
      [
        'an SSM parameter whose name has no slash',
        { Resources: { T: topic('{{resolve:ssm:stall}}') } },
        parameter('stall'),
      ],
      [
        'an SSM parameter by a reference that is put together',
        {
          Resources: {
            T: topic({ 'Fn::Join': ['', ['{{resolve:ssm:/', { Ref: 'AWS::StackName' }, '/stall}}']] }),
          },
        },
        parameter('/Taker/stall'),
      ],
      [
        'a secret',
        { Resources: { T: topic('{{resolve:secretsmanager:fruit:SecretString:key}}') } },
        secret('fruit'),
      ],
    ];
    it.each(cases)('%s', async (_name, taker, giver) => {
      const { drafts } = await load(pair(taker, giver));
      expect(drafts.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
        ['Zed', []],
        ['Taker', ['Zed']],
      ]);
    });

    it('bring along what they need, with what that needs', async () => {
      const files = pair(
        { Resources: { T: topic({ 'Fn::ImportValue': 'harvest' }) } },
        {
          ...exporting('harvest'),
          Parameters: { S: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' } },
        },
        { Far: parameter('/a'), Other: parameter('/b') },
      );
      const { drafts, alongside } = await load(files, { stacks: ['Taker'] });
      expect(drafts.map(({ id }) => id)).toEqual(['Far', 'Zed', 'Taker']);
      expect(alongside.toSorted()).toEqual(['Far', 'Zed']);
    });

    it('do not guess among several that give the same, nor among those elsewhere', async () => {
      const taker = { Resources: { T: topic({ 'Fn::ImportValue': 'harvest' }) } };
      const twins = pair(taker, exporting('harvest'), { Far: exporting('harvest') });
      expect((await load(twins, { stacks: ['Taker'] })).drafts.map(({ id }) => id)).toEqual(['Taker']);
      const elsewhere = {
        ...pair(taker, exporting('harvest')),
        'manifest.json': manifest({
          Taker: stack({ templateFile: 'Taker.json' }, { environment: 'aws://111111111111/eu-west-1' }),
          Zed: stack({ templateFile: 'Zed.json' }, { environment: 'aws://111111111111/us-east-1' }),
        }),
      };
      expect((await load(elsewhere)).drafts.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
        ['Taker', []],
        ['Zed', []],
      ]);
    });

    it('are refused when two of a place export the same name in any case', async () => {
      const also = (Outputs: object) => ({ ...TOPIC, Outputs });
      const output = (more: object) => ({ Value: 'x', Export: { Name: 'harvest' }, ...more });
      const twice = pair(exporting('harvest'), exporting('harvest'));
      await expect(load(twice)).rejects.toThrow(
        /^Taker and Zed both export harvest, .* Give one of the two exports another name\.$/,
      );
      expect((await load(twice, { stacks: ['Zed'] })).drafts).toHaveLength(1);
      const sometimes = {
        ...also({ Name: output({ Condition: 'Never' }) }),
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      };
      expect((await load(pair(exporting('harvest'), sometimes))).drafts).toHaveLength(2);
      const named = exporting({ 'Fn::Sub': '${AWS::StackName}-harvest' });
      expect((await load(pair(named, named))).drafts).toHaveLength(2);
    });

    it('are told when they wait for one another', async () => {
      const both = (gives: string, takes: string) => ({
        ...exporting(gives),
        Resources: { Topic: topic({ 'Fn::ImportValue': takes }) },
      });
      await expect(load(pair(both('a', 'b'), both('b', 'a')))).rejects.toThrow(
        /circle: Taker, Zed \(Taker takes the export b of Zed; Zed takes the export a of Taker\)/,
      );
    });

    it('tell what is wrong with a stack that comes along, and nothing of those that do not', async () => {
      const broken = { Resources: { T: { Type: 7 } }, Outputs: exporting('harvest').Outputs };
      const taker = { Resources: { T: topic({ 'Fn::ImportValue': 'harvest' }) } };
      await expect(load(pair(taker, broken), { stacks: ['Taker'] })).rejects.toThrow(/Zed\.json/);
      const { drafts } = await load(pair(TOPIC, broken), { stacks: ['Taker'] });
      expect(drafts.map(({ id }) => id)).toEqual(['Taker']);
    });
  });
});

describe('assets', () => {
  const hash = 'a'.repeat(64);
  const destination = (end: string) => ({
    bucketName: 'cdk-assets-${AWS::AccountId}',
    objectKey: `${hash}${end}`,
    assumeRoleArn: 'arn:aws:iam::${AWS::AccountId}:role/publish',
  });
  const file = (source: object, end = '.zip') => ({
    files: { [hash]: { source, destinations: { 'one-1': destination(end) } } },
  });
  const image = (source: object) => ({
    dockerImages: {
      [hash]: { source, destinations: { here: { repositoryName: 'repo', imageTag: hash } } },
    },
  });
  const fn = (code: object, more: object = {}) => ({
    Resources: { Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: code, ...more } } },
  });
  const kept = { kind: 'property', path: ['Resources', 'Fn', 'Properties', 'Code'], form: { kind: 'kept' } };

  it('go where the manifest says, and the template stays as it is', async () => {
    const { drafts } = await load({
      ...withAssets(
        file({ path: 'code', packaging: 'zip' }),
        fn({ S3Bucket: { 'Fn::Sub': 'b' }, S3Key: `${hash}.zip` }),
      ),
      'code/index.js': '',
    });
    expect(drafts[0]?.local).toMatchObject([
      {
        packaging: 'archive',
        forLambda: true,
        targets: [kept],
        destination: {
          bucket: 'cdk-assets-${AWS::AccountId}',
          key: `${hash}.zip`,
          role: { arn: 'arn:aws:iam::${AWS::AccountId}:role/publish' },
        },
      },
    ]);
  });

  it('that no property names are published, too', async () => {
    const files = { ...withAssets(file({ path: 'x.json' }, '.json')), 'x.json': '{}' };
    expect((await load(files)).drafts[0]?.local).toMatchObject([{ packaging: 'file', targets: [] }]);
  });

  it('that are images are built as the manifest says', async () => {
    const source = {
      directory: 'img',
      dockerFile: 'Other',
      dockerBuildTarget: 'prod',
      dockerBuildArgs: { A: '1' },
      platform: 'linux/arm64',
      networkMode: 'host',
      dockerBuildSecrets: { token: 'src=token.txt' },
      cacheFrom: [{ type: 'registry', params: { ref: 'x' } }],
      cacheDisabled: true,
    };
    const { drafts } = await load({
      ...withAssets(image(source), fn({ ImageUri: { 'Fn::Sub': `repo:${hash}` } })),
      'img/Other': 'FROM scratch',
    });
    expect(drafts[0]?.images).toMatchObject([
      {
        targets: [kept],
        destination: { repository: 'repo', tag: hash },
        build: {
          dockerfile: 'Other',
          target: 'prod',
          args: { A: '1' },
          architecture: 'arm64',
          extraArguments: [
            '--secret=id=token,src=token.txt',
            '--network=host',
            '--cache-from=type=registry,ref=x',
            '--no-cache',
          ],
        },
      },
    ]);
  });

  const topic = (name: string) => ({
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: name } } },
  });
  const imageOf = async (source: object, template: object) => {
    const files = { ...withAssets(image({ directory: 'img', ...source }), template), 'img/Dockerfile': '' };
    return (await load(files)).drafts[0]?.images[0]?.build;
  };

  it('that are images have the platform that is written, whatever it is, and none where none is', async () => {
    const other = topic('not a function');
    expect(await imageOf({ platform: 'linux/arm/v7' }, other)).toMatchObject({
      platform: 'linux/arm/v7',
      architecture: undefined,
    });
    const none = await imageOf({}, other);
    expect(none?.platform ?? none?.architecture).toBeUndefined();
    expect(await imageOf({ platform: 'linux/arm64/v8' }, fn({ ImageUri: `repo:${hash}` }))).toMatchObject({
      platform: 'linux/arm64/v8',
      architecture: 'arm64',
    });
  });

  it('that are images may have outputs, but none that leads elsewhere', async () => {
    const other = topic('x');
    for (const output of ['type=docker', 'type=image', 'type=image,push=false'])
      expect(await imageOf({ dockerOutputs: [output] }, other)).toBeDefined();
    for (const output of ['type=local,dest=out', 'type=docker,dest=image.tar', 'out'])
      await expect(imageOf({ dockerOutputs: ['type=docker', output] }, other)).rejects.toThrow(
        `writes somewhere else (outputs: ${output})`,
      );
  });

  it('that are images of the legacy synthesizer are built as their metadata says', async () => {
    const data = {
      packaging: 'container-image',
      path: 'img',
      id: hash,
      sourceHash: hash,
      buildSecrets: { token: 'src=tea.txt' },
      buildSsh: 'default',
      networkMode: 'host',
      platform: 'linux/arm/v7',
      outputs: ['type=docker'],
      cacheTo: { type: 'inline' },
    };
    const legacy = (more: object) => ({
      ...one({}, { metadata: { '/A': [{ type: 'aws:cdk:asset', data: { ...data, ...more } }] } }),
      'img/Dockerfile': '',
    });
    expect((await load(legacy({}))).drafts[0]?.images[0]?.build).toMatchObject({
      platform: 'linux/arm/v7',
      extraArguments: [
        '--secret=id=token,src=tea.txt',
        '--ssh=default',
        '--network=host',
        '--cache-to=type=inline',
      ],
    });
    await expect(load(legacy({ outputs: ['type=tar,dest=x.tar'] }))).rejects.toThrow(/writes somewhere else/);
  });

  it('that are images have the architecture of their function by default', async () => {
    const template = fn({ ImageUri: `repo:${hash}` }, { Architectures: ['arm64'] });
    const files = { ...withAssets(image({ directory: 'img' }), template), 'img/Dockerfile': '' };
    expect((await load(files)).drafts[0]?.images[0]?.build.architecture).toBe('arm64');
  });

  it.each<[string, object, RegExp]>([
    ['a command', file({ executable: ['sh', '-c', 'id'] }), /made by a command \(sh\), which is not run/],
    ['an image of a command', image({ executable: ['docker', 'load'] }), /made by a command \(docker\)/],
    ['nothing', file({}), /names nothing to publish/],
    ['a path outside', file({ path: '../../../etc/passwd' }), /leads out of the workspace/],
    ['an absolute path outside', file({ path: '/etc/passwd' }), /leads out of the workspace/],
    [
      'a file that is not there',
      file({ path: 'gone' }),
      /there is no file or folder "gone" \(.*\)\. Run cdk synth again\.$/,
    ],
    ['another type', { files: { x: { source: 1, destinations: {} } } }, /files\.x\.source has to be a map/],
  ])('that are %s are refused', async (_, assets, says) => {
    await expect(load(withAssets(assets))).rejects.toThrow(says);
  });
});

it('explains whatever is wrong with any JSON', async () => {
  const type = fc.constantFrom('aws:cloudformation:stack', 'cdk:asset-manifest', 'cdk:cloud-assembly', 'x');
  const name = fc.constantFrom(
    'A',
    'A.assets',
    'A.template.json',
    'A.assets.json',
    '.',
    '../..',
    '__proto__',
  );
  const value = fc.oneof(name, fc.jsonValue());
  const properties = fc.record(
    { templateFile: value, file: value, directoryName: value, tags: value, stackName: value },
    { requiredKeys: [] },
  );
  const artifact = fc.record(
    {
      type: fc.oneof({ weight: 9, arbitrary: type }, fc.jsonValue()),
      properties: fc.oneof({ weight: 9, arbitrary: properties }, fc.jsonValue()),
      dependencies: fc.oneof(fc.array(name), fc.jsonValue()),
      metadata: fc.oneof(fc.dictionary(name, fc.jsonValue()), fc.jsonValue()),
    },
    { requiredKeys: ['type', 'properties'] },
  );
  const artifacts = fc.dictionary(fc.oneof(name, fc.string()), artifact);
  await fc.assert(
    fc.asyncProperty(artifacts, fc.jsonValue(), fc.jsonValue(), async (some, template, assets) => {
      const files = {
        'manifest.json': manifest(some),
        'A.template.json': template,
        'A.assets.json': assets,
      };
      const result = await load(files, { stacks: ['**'] }).catch((error: unknown) => error);
      expect(result instanceof ProblemError || Array.isArray((result as CdkDrafts).drafts)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

describe('an assembly that cannot be used', () => {
  const missing = [{ key: 'vpc-provider:account=1', provider: 'vpc-provider', props: {} }];
  it.each<[string, Files, RegExp]>([
    [
      'lacks lookups',
      { ...one(), 'manifest.json': manifest({}, { missing }) },
      /vpc-provider.*cdk\.context\.json/,
    ],
    ['is no JSON', { 'manifest.json': '{' }, /bad JSON/],
    ['is of another shape', { 'manifest.json': { version: 1 } }, /version has to be a text/],
    ['holds no stack', { 'manifest.json': manifest({}) }, /holds no stack/],
    [
      'lacks a template',
      { 'manifest.json': manifest({ A: stack() }) },
      /there is no file or folder.*Run cdk synth again/,
    ],
    ['lacks the name of a template', one({ templateFile: 1 }), /artifacts\.A\.properties\.templateFile/],
    ['names a template outside', one({ templateFile: '/etc/hosts' }), /leads out of the workspace/],
    ['names a stack like a path', one({ stackName: '../../x' }), /is no name for a stack/],
    ['has a strange environment', one({}, { environment: 'aws://1/../x' }), /is no environment/],
    [
      'holds itself',
      {
        'manifest.json': manifest({ N: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } }),
      },
      /holds itself/,
    ],
    [
      'depends on itself',
      {
        'A.template.json': TOPIC,
        'manifest.json': manifest({
          A: stack({}, { dependencies: ['B'] }),
          B: stack({ stackName: 'B' }, { dependencies: ['A'] }),
        }),
      },
      /in a circle/,
    ],
  ])('because it %s', async (_, files, says) => {
    await expect(load(files)).rejects.toThrow(says);
  });

  it('because a parameter is for nobody', async () => {
    await expect(load(one(), { parameters: { Nope: '1' } })).rejects.toThrow(
      /no stack that is meant declares a parameter Nope/,
    );
  });
});
