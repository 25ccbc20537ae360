import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { renderStack } from '../../src/assembly/render.ts';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import type { StackDraft } from '../../src/sources/draft.ts';
import { loadTemplate, type TemplateSource } from '../../src/sources/template.ts';
import type { AssetTarget } from '../../src/template/assets/targets.ts';
import { isObject, type Json } from '../../src/template/types.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function checkOut(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sam-code-')));
  roots.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const FILES = {
  'go/main.go': 'package main\n',
  'py/app.py': '',
  'js/app.ts': '',
  'js/package.json': '{}',
  'img/Dockerfile': '',
  'a/app.js': '',
  'b/app.js': '',
};

async function load(
  text: string,
  values: Partial<TemplateSource> = {},
  files: Readonly<Record<string, string>> = FILES,
): Promise<{ draft: StackDraft; root: string }> {
  const root = checkOut({ 'template.yaml': text, ...files });
  const { draft } = await loadTemplate(workspace(root, false), {
    path: join(root, 'template.yaml'),
    stackName: 's',
    parameters: {},
    tags: {},
    ...values,
  });
  return { draft, root };
}

const at = (target: AssetTarget): string =>
  target.kind === 'property' ? [target.template, ...target.path].filter(Boolean).join('.') : 'parameter';

/** `GoOne go arm64 go -> Resources.GoOne.Properties.CodeUri` */
const built = ({ draft, root }: Awaited<ReturnType<typeof load>>): string[] =>
  [...draft.builds, ...draft.images].map(({ owner, build, targets }) => {
    const architecture = 'architecture' in build ? ` ${build.architecture}` : '';
    const directory = 'directory' in build ? relative(root, build.directory) : build.path;
    return `${owner} ${build.kind}${architecture} ${directory} -> ${targets.map(at).join(' ')}`;
  });

const errors = (text: string, values: Partial<TemplateSource> = {}) =>
  load(text, values).then(
    () => [],
    (error: Error) => error.message.split('\n'),
  );

/** The template as it is deployed. */
function rendered({ draft }: { readonly draft: StackDraft }): Json {
  const { builds, images, local, ...stack } = draft;
  const assets = [...builds, ...images, ...local].map(({ owner, targets, ...each }, index) => {
    const isImage = 'build' in each && each.build.kind === 'image';
    const hash = `${owner}${index}`;
    return isImage
      ? ({ kind: 'image', hash, size: 0, source: '', architecture: 'arm64', targets } as const)
      : ({ kind: 'zip', hash, path: '', size: 0, extension: '.zip', source: '', targets } as const);
  });
  const { template } = renderStack(
    { ...stack, assets },
    {
      asset: (asset) =>
        asset.kind === 'image'
          ? { kind: 'image', uri: `repo:${asset.hash}` }
          : { kind: 's3', bucket: 'b', key: `${asset.hash}.zip`, region: 'r' },
      nested: ({ id }) => ({ kind: 's3', bucket: 'b', key: id, region: 'r' }),
    },
  );
  return template.template;
}

const propertiesOf = (template: Json, id: string): Json | undefined => {
  const resources = isObject(template) ? template.Resources : undefined;
  const resource = isObject(resources) ? resources[id] : undefined;
  return isObject(resource) ? resource.Properties : undefined;
};

const HEAD = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Arch: { Type: String, Default: arm64 }
  Rt: { Type: String, Default: python3.12 }
  Stage: { Type: String, Default: dev }
  Hidden: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /stage }
  Names: { Type: CommaDelimitedList, Default: 'a,b' }
  Folder: { Type: String, Default: a }
  Pack: { Type: String, Default: Image }
Mappings:
  By: { dev: { arch: arm64 }, prod: { arch: x86_64 } }
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  There: !Equals [!Ref Hidden, prod]
`;
const resources = (...lines: string[]) => `${HEAD}Resources:\n${lines.map((line) => `  ${line}\n`).join('')}`;
const go = (id: string, architectures: string, more = '') =>
  `${id}: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: go1.x }, ${more} Properties: { CodeUri: go, Handler: bootstrap, Runtime: provided.al2023, Architectures: ${architectures} } }`;

describe('settings of a build that are function calls', () => {
  it.each<[string, string, Partial<TemplateSource>]>([
    ['a literal', '[arm64]', {}],
    ['a parameter', '[!Ref Arch]', {}],
    ['a parameter that is given', '[!Ref Arch]', { parameters: { Arch: 'arm64' } }],
    ['a list', '!Split [",", !Ref Arch]', {}],
    ['a condition', '[!If [Prod, x86_64, arm64]]', {}],
    ['a condition around the list', '!If [Prod, [x86_64], [arm64]]', {}],
    ['a mapping', '[!FindInMap [By, !Ref Stage, arch]]', {}],
    ['a text', '[!Sub "${Arch}"]', {}],
  ])('are resolved: %s', async (_, architectures, values) => {
    expect(built(await load(resources(go('Fn', architectures)), values))).toEqual([
      'Fn go arm64 go -> Resources.Fn.Properties.CodeUri',
    ]);
  });

  it('have the values that the deployed stack keeps, which is asked only where one of them counts', async () => {
    const asked: string[] = [];
    const deployed = async (name: string) => {
      asked.push(name);
      return { Arch: 'x86_64', Stage: 'prod' };
    };
    const kept = await load(resources(go('Fn', '[!Ref Arch]')), { deployed });
    expect(built(kept)).toEqual(['Fn go x86_64 go -> Resources.Fn.Properties.CodeUri']);
    expect(kept.draft.builtFor).toEqual({ Arch: 'x86_64' });
    expect(asked).toEqual(['s']);
    const given = await load(resources(go('Fn', '[!Ref Arch]')), {
      deployed,
      parameters: { Arch: 'arm64' },
    });
    expect(built(given)).toEqual(['Fn go arm64 go -> Resources.Fn.Properties.CodeUri']);
    expect((await load(resources(go('Fn', '[arm64]')), { deployed })).draft.builtFor).toBeUndefined();
    expect(asked).toEqual(['s']);
  });

  it('may come from Globals', async () => {
    const text = `${resources(
      'Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: python3.12 }, Properties: { Handler: app.h } }',
    )}Globals: { Function: { CodeUri: py, Runtime: !Ref Rt, Architectures: [!Ref Arch] } }\n`;
    const found = await load(text, { parameters: { Rt: 'python3.13' } });
    expect(found.draft.builds).toMatchObject([{ build: { runtime: 'python3.13', architecture: 'arm64' } }]);
    expect(found.draft.template.template.Globals).toEqual({
      Function: { Runtime: { Ref: 'Rt' }, Architectures: [{ Ref: 'Arch' }] },
    });
  });

  it("that are a function's own take the place of those of Globals", async () => {
    const text = `${resources(go('Fn', '[arm64]'))}Globals: { Function: { Architectures: [x86_64] } }\n`;
    expect(built(await load(text))).toEqual(['Fn go arm64 go -> Resources.Fn.Properties.CodeUri']);
  });

  it.each<[string, string, RegExp]>([
    ['SSM', go('Fn', '[!Ref Hidden]'), /Fn: Architectures decides .*the parameter Hidden is read from SSM/],
    ['a resource', go('Fn', '[!GetAtt Other.Arch]'), /only the deployment can tell what Other is/],
    ['an import', go('Fn', '[!ImportValue x]'), /only the deployment can tell the value of Fn::ImportValue/],
    ['another word', go('Fn', '[amd64]'), /the architecture "amd64" is none of Lambda's/],
    ['two', go('Fn', '[arm64, x86_64]'), /comes to arm64 and x86_64; a function has one/],
    [
      'a parameter without a value',
      'Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: python3.12 }, Properties: { CodeUri: py, Handler: a.b, Runtime: !Ref AWS::Region } }',
      /Runtime decides .*the region is not known here.* Set the input region/,
    ],
  ])('are refused with the way out where only the deployment knows them: %s', async (_, line, says) => {
    const text = resources(line, 'Other: { Type: AWS::SNS::Topic }');
    expect((await errors(text)).join('\n')).toMatch(says);
  });

  it('are of no interest where the build does not depend on them', async () => {
    const text = resources(
      'Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: makefile }, Properties: { CodeUri: js, Handler: !Ref Hidden, Runtime: nodejs22.x, Architectures: [!Ref Hidden] } }',
    );
    expect(built(await load(text))).toEqual(['Fn command js -> Resources.Fn.Properties.CodeUri']);
  });
});

describe('a condition that only the deployment decides', () => {
  it('has an artifact on each side, and SAM is told the bucket and the key', async () => {
    const found = await load(resources(go('Fn', '[!If [There, arm64, x86_64]]')));
    expect(built(found)).toEqual([
      'Fn go arm64 go -> Resources.Fn.Properties.CodeUri.Bucket.Fn::If.1 Resources.Fn.Properties.CodeUri.Key.Fn::If.1',
      'Fn go x86_64 go -> Resources.Fn.Properties.CodeUri.Bucket.Fn::If.2 Resources.Fn.Properties.CodeUri.Key.Fn::If.2',
    ]);
    expect(propertiesOf(rendered(found), 'Fn')).toMatchObject({
      CodeUri: {
        Bucket: { 'Fn::If': ['There', 'b', 'b'] },
        Key: { 'Fn::If': ['There', 'Fn0.zip', 'Fn1.zip'] },
      },
    });
  });

  it('is decided for a resource that exists only where it is met', async () => {
    const text = resources(go('Fn', '[!If [There, arm64, x86_64]]', 'Condition: There,'));
    expect(built(await load(text))).toEqual(['Fn go arm64 go -> Resources.Fn.Properties.CodeUri']);
  });

  it("chooses between locations of CloudFormation's own types as a whole", async () => {
    const text = resources(
      'Fn: { Type: AWS::Lambda::Function, Metadata: { BuildMethod: go1.x }, Properties: { Code: !If [There, go, { S3Bucket: x, S3Key: y }], Handler: bootstrap, Runtime: provided.al2023, Role: x } }',
    );
    const found = await load(text);
    expect(built(found)).toEqual(['Fn go x86_64 go -> Resources.Fn.Properties.Code.Fn::If.1']);
    expect(propertiesOf(rendered(found), 'Fn')).toMatchObject({
      Code: {
        'Fn::If': ['There', { S3Bucket: 'b', S3Key: 'Fn0.zip' }, { S3Bucket: 'x', S3Key: 'y' }],
      },
    });
  });

  it('chooses between images, and between an image and an archive', async () => {
    const image = (id: string, architectures: string) =>
      `${id}: { Type: AWS::Serverless::Function, Metadata: { Dockerfile: Dockerfile, DockerContext: img, DockerBuildArgs: { STAGE: !Ref Stage } }, Properties: { PackageType: !Ref Pack, Architectures: ${architectures} } }`;
    const both =
      'Both: { Type: AWS::Lambda::Function, Metadata: { Dockerfile: Dockerfile, DockerContext: img, BuildMethod: go1.x }, Properties: { PackageType: !If [There, Image, Zip], Code: go, Handler: bootstrap, Runtime: provided.al2023, Role: x } }';
    const found = await load(resources(image('Img', '[!If [There, arm64, x86_64]]'), both));
    expect(built(found)).toEqual([
      'Both go x86_64 go -> Resources.Both.Properties.Code.Fn::If.2',
      'Img image arm64 img -> Resources.Img.Properties.ImageUri.Fn::If.1',
      'Img image x86_64 img -> Resources.Img.Properties.ImageUri.Fn::If.2',
      'Both image x86_64 img -> Resources.Both.Properties.Code.Fn::If.1.ImageUri',
    ]);
    expect(found.draft.images[0]?.build.args).toEqual({ STAGE: 'dev' });
    const template = rendered(found);
    expect(propertiesOf(template, 'Img')).toMatchObject({
      PackageType: 'Image',
      ImageUri: { 'Fn::If': ['There', 'repo:Img1', 'repo:Img2'] },
    });
    expect(propertiesOf(template, 'Both')).toMatchObject({
      Code: { 'Fn::If': ['There', { ImageUri: 'repo:Both3' }, { S3Bucket: 'b', S3Key: 'Both0.zip' }] },
    });
  });

  it('chooses between folders that are packaged as they are, in the form that SAM takes', async () => {
    const text = resources(
      "Fn: { Type: AWS::Serverless::Function, Properties: { CodeUri: !If [There, a, !If [Prod, b, 's3://x/y']], Handler: app.h, Runtime: nodejs22.x } }",
    );
    expect(propertiesOf(rendered(await load(text)), 'Fn')).toMatchObject({
      CodeUri: {
        Bucket: { 'Fn::If': ['There', 'b', { 'Fn::If': ['Prod', 'b', 'x'] }] },
        Key: { 'Fn::If': ['There', 'Fn0.zip', { 'Fn::If': ['Prod', 'Fn1.zip', 'y'] }] },
      },
    });
  });
});

describe('a condition that is decided', () => {
  it('leaves what it chooses', async () => {
    const text = resources(
      'Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: !If [Prod, esbuild, nodejs22.x] }, Properties: { CodeUri: !If [Prod, js, a], Handler: app.h, Runtime: nodejs22.x } }',
    );
    const dev = await load(text);
    expect(built(dev)).toEqual(['Fn npm x86_64 a -> Resources.Fn.Properties.CodeUri']);
    expect(dev.draft.builtFor).toEqual({ Stage: 'dev' });
    expect(propertiesOf(rendered(dev), 'Fn')).toMatchObject({ CodeUri: 's3://b/Fn0.zip' });
    expect(built(await load(text, { parameters: { Stage: 'prod' } }))).toEqual([
      'Fn node js -> Resources.Fn.Properties.CodeUri',
    ]);
  });
});

it('code that stands in the template on one side of a condition is built on the other', async () => {
  const text = resources(
    "Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: nodejs22.x }, Properties: { CodeUri: !If [Prod, a, !Ref AWS::NoValue], InlineCode: !If [Prod, !Ref AWS::NoValue, 'exports.h = 1'], Handler: app.h, Runtime: nodejs22.x } }",
  );
  expect(built(await load(text, { parameters: { Stage: 'prod' } }))).toEqual([
    'Fn npm x86_64 a -> Resources.Fn.Properties.CodeUri',
  ]);
  expect(built(await load(text))).toEqual([]);
});

describe('a path that is computed', () => {
  const plain = (uri: string) =>
    resources(
      `Fn: { Type: AWS::Serverless::Function, Properties: { CodeUri: ${uri}, Handler: app.h, Runtime: nodejs22.x } }`,
    );

  it('is packaged, and its place is as a whole', async () => {
    const found = await load(plain('!Sub "./${Folder}"'), { parameters: { Folder: 'b' } });
    expect(found.draft.local).toMatchObject([{ written: './b' }]);
    expect(propertiesOf(rendered(found), 'Fn')).toMatchObject({ CodeUri: 's3://b/Fn0.zip' });
    expect(found.draft.builtFor).toEqual({ Folder: 'b' });
  });

  it('is left alone where it is an address, and asks for nothing', async () => {
    const found = await load(plain('!Sub "s3://${Folder}/x.zip"'));
    expect(found.draft).toMatchObject({ local: [] });
    expect(found.draft.builtFor).toBeUndefined();
  });

  it('is refused where it leads nowhere, or cannot be known', async () => {
    expect((await errors(plain('!Sub "./gone/${Folder}"'))).join()).toMatch(
      /no file or folder "\.\/gone\/a"/,
    );
    expect((await errors(plain('!Sub "./${Hidden}"'))).join()).toMatch(
      /the path "\.\/\$\{Hidden\}" depends on what only the deployment can tell/,
    );
  });
});

describe('a loop', () => {
  const loop = (collection: string, body: string) =>
    `${HEAD}Resources:\n  Fn::ForEach::All:\n    - N\n    - ${collection}\n    - ${body}\n`;
  const fn = (properties: string, metadata = '') =>
    `{ 'Fn\${N}': { Type: AWS::Serverless::Function, ${metadata} Properties: { Handler: app.h, Runtime: nodejs22.x, ${properties} } } }`;

  it.each<[string, string]>([
    ['as text', 'CodeUri: "./${N}"'],
    ['by Fn::Sub', "CodeUri: !Sub './${N}'"],
    ['by Ref', 'CodeUri: !Ref N'],
  ])('whose items have folders of their own is written out: %s', async (_, properties) => {
    const found = await load(loop('[a, b]', fn(properties)));
    expect(found.draft.local.map(({ targets }) => targets.map(at))).toEqual([
      ['Resources.Fna.Properties.CodeUri'],
      ['Resources.Fnb.Properties.CodeUri'],
    ]);
    const template = rendered(found);
    expect(propertiesOf(template, 'Fna')).toMatchObject({ CodeUri: 's3://b/Fna0.zip' });
    expect(JSON.stringify(template)).not.toContain('ForEach');
    expect(found.draft.template.locate(['Resources', 'Fnb', 'Properties', 'CodeUri']).line).toBeGreaterThan(
      15,
    );
  });

  it('whose items share their code stays, and does not depend on its items', async () => {
    const found = await load(loop('!Ref Names', fn('CodeUri: a', 'Metadata: { BuildMethod: nodejs22.x },')));
    expect(built(found)).toEqual([
      'Fna npm x86_64 a -> Resources.Fn::ForEach::All.2.Fn${N}.Properties.CodeUri',
    ]);
    expect(found.draft.builtFor).toBeUndefined();
  });

  it('is built once for each item', async () => {
    const body = fn('CodeUri: js', 'Metadata: { BuildMethod: makefile },');
    const found = await load(loop('!Ref Names', body), { parameters: { Names: 'x, y-1' } });
    expect(found.draft.builds.map(({ build }) => build)).toMatchObject([
      { command: ['make', 'build-Fnx'] },
      { command: ['make', 'build-Fny-1'] },
    ]);
    expect(found.draft.builtFor).toEqual({ Names: 'x, y-1' });
  });

  it('in a loop is written out with it', async () => {
    const body = `{ 'Fn::ForEach::Inner': [M, [arm64, x86_64], { 'Fn&{N}&{M}': { Type: AWS::Serverless::Function, Metadata: { BuildMethod: go1.x }, Properties: { CodeUri: go, Handler: bootstrap, Runtime: provided.al2023, Architectures: [!Ref M] } } }] }`;
    expect(built(await load(loop('[one, two]', body)))).toEqual([
      'Fnonearm64 go arm64 go -> Resources.Fnonearm64.Properties.CodeUri',
      'Fnonex8664 go x86_64 go -> Resources.Fnonex8664.Properties.CodeUri',
      'Fntwoarm64 go arm64 go -> Resources.Fntwoarm64.Properties.CodeUri',
      'Fntwox8664 go x86_64 go -> Resources.Fntwox8664.Properties.CodeUri',
    ]);
  });

  it('over what only the deployment knows is refused where its items have code of their own', async () => {
    const text = loop('!Split [",", !Ref Hidden]', fn('CodeUri: "./${N}"'));
    expect((await errors(text)).join()).toMatch(/depends on a loop over what only the deployment can tell/);
  });

  it('that makes what is there already is refused', async () => {
    const text = `${loop('[a, b]', fn('CodeUri: "./${N}"'))}  Fna: { Type: AWS::SNS::Topic }\n`;
    expect((await errors(text)).join()).toMatch(/Fna: Fn::ForEach::All makes Fna, which is there already/);
  });
});

describe('nested templates', () => {
  const child = `Transform: AWS::Serverless-2016-10-31
Parameters: { Arch: { Type: String, Default: x86_64 } }
Resources:
  Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: go1.x }, Properties: { CodeUri: ../go, Handler: bootstrap, Runtime: provided.al2023, Architectures: [!Ref Arch] } }
`;
  const files = { ...FILES, 'nested/child.yaml': child };

  it('are built for what their parent gives them', async () => {
    const text = resources(
      'One: { Type: AWS::Serverless::Application, Properties: { Location: nested/child.yaml, Parameters: { Arch: !Ref Arch } } }',
      'Two: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested/child.yaml } }',
    );
    const found = await load(text, {}, files);
    expect(built(found)).toEqual([
      'Fn go arm64 go -> One.Resources.Fn.Properties.CodeUri',
      'Fn go x86_64 go -> Two.Resources.Fn.Properties.CodeUri',
    ]);
    expect(found.draft.builtFor).toEqual({ Arch: 'arm64' });
    expect(found.draft.nested.map(({ id }) => id)).toEqual(['One', 'Two']);
  });

  it('in a loop that gives each its own are written out', async () => {
    const text = `${HEAD}Resources:\n  Fn::ForEach::All:\n    - N\n    - [arm64, x86_64]\n    - 'App&{N}': { Type: AWS::Serverless::Application, Properties: { Location: nested/child.yaml, Parameters: { Arch: !Ref N } } }\n`;
    expect(built(await load(text, {}, files))).toEqual([
      'Fn go arm64 go -> Apparm64.Resources.Fn.Properties.CodeUri',
      'Fn go x86_64 go -> Appx8664.Resources.Fn.Properties.CodeUri',
    ]);
  });
});

describe('a layer', () => {
  const layer = (properties: string, metadata = '') =>
    resources(
      `Own: { Type: AWS::Serverless::LayerVersion, Metadata: { BuildMethod: python3.12 ${metadata} }, Properties: { ContentUri: py ${properties} } }`,
    );

  it.each<[string, string, string]>([
    ['x86_64', '', ''],
    ['arm64', ', CompatibleArchitectures: [!Ref Arch]', ''],
    ['arm64', '', ', BuildArchitecture: arm64'],
    ['arm64', ', CompatibleArchitectures: [x86_64, arm64]', ', BuildArchitecture: !Ref Arch'],
    ['x86_64', ', CompatibleArchitectures: [arm64, x86_64]', ''],
  ])('is built for %s:%s%s', async (architecture, properties, metadata) => {
    const found = await load(layer(properties, metadata));
    expect(found.draft.builds).toMatchObject([{ build: { kind: 'python', architecture, into: 'python' } }]);
  });

  it('is not built for a machine that it is not for', async () => {
    const text = layer(', CompatibleArchitectures: [arm64]', ', BuildArchitecture: x86_64');
    expect((await errors(text)).join()).toMatch(
      /BuildArchitecture is x86_64, but CompatibleArchitectures is arm64/,
    );
  });
});

it.each([
  ['esbild', 'Write esbuild if that is meant.'],
  ['pyton3.12', 'Write python3.12 if that is meant.'],
  ['nodejs22', 'Write nodejs22.x if that is meant.'],
  [
    'docker',
    'Use makefile, esbuild, python-uv, rust-cargolambda, go1.x or a runtime, or run sam build before',
  ],
])('a BuildMethod that is none is told with what is: %s', async (method, next) => {
  const text = resources(
    `Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: ${method} }, Properties: { CodeUri: js, Handler: app.h, Runtime: nodejs22.x } }`,
  );
  expect((await errors(text)).join()).toContain(
    `Fn: BuildMethod "${method}" of a function is not built here`,
  );
  expect((await errors(text)).join()).toContain(next);
});

describe('BuildProperties', () => {
  const of = (method: string, properties: string, more = '') =>
    resources(
      `Fn: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: ${method}, BuildProperties: ${properties} }, Properties: { CodeUri: js, Handler: app.h, Runtime: ${method.startsWith('python') ? method : 'nodejs22.x'} ${more} } }`,
    );
  const options = async (properties: string) => {
    const { draft } = await load(of('esbuild', properties));
    const [build] = draft.builds.map((each) => each.build);
    return build?.kind === 'node' ? build.options : [];
  };

  it('of esbuild are passed on as SAM does', async () => {
    const properties =
      '{ Target: es2019, Minify: false, KeepNames: true, External: [a, b], Loader: [.graphql=text], MainFields: "module,main", Conditions: [x, y], Define: [!Sub "STAGE=${Stage}"], Sourcemap: linked, LineLimit: 80, LegalComments: none, UseNpmCi: true, Bundle: true }';
    expect([...((await options(properties)) ?? [])].sort()).toEqual(
      [
        '--conditions=x,y',
        '--define:STAGE=dev',
        '--external:a',
        '--external:b',
        '--keep-names',
        '--legal-comments=none',
        '--line-limit=80',
        '--loader:.graphql=text',
        '--main-fields=module,main',
        '--sourcemap=linked',
        '--target=es2019',
      ].sort(),
    );
    expect(await options('{}')).toEqual(['--minify']);
  });

  it.each(['esbuild', 'makefile', 'nodejs22.x', 'python3.12', 'go1.x', 'rust-cargolambda', 'ruby3.4'])(
    'that %s does not know are an error with their name',
    async (method) => {
      expect((await errors(of(method, '{ Minfy: true }'))).join()).toContain(
        `Fn: BuildProperties.Minfy is none of BuildMethod ${method}`,
      );
    },
  );

  it('that start a server or watch are none', async () => {
    const found = (await errors(of('esbuild', '{ Watch: true, Serve: true, Metafile: x }'))).join('\n');
    for (const name of ['Watch', 'Serve', 'Metafile'])
      expect(found).toContain(`BuildProperties.${name} is none`);
  });

  it('write nowhere but where bundles go', async () => {
    for (const name of ['EntryNames', 'ChunkNames', 'AssetNames'])
      expect((await errors(of('esbuild', `{ ${name}: '../../[name]' }`))).join()).toContain(
        `BuildProperties.${name} leads out of the folder`,
      );
  });

  it('have to be of a form that esbuild has', async () => {
    expect((await errors(of('esbuild', '{ Define: { A: b } }'))).join()).toMatch(
      /BuildProperties\.Define is a map.* Write a list of name=value/,
    );
    expect((await errors(of('esbuild', '{ Define: [!Sub "A=${Hidden}"] }'))).join()).toMatch(
      /BuildProperties decides what is built, but the parameter Hidden is read from SSM/,
    );
  });

  it('that turn on source maps turn them on in Node, too', async () => {
    const found = await load(of('esbuild', '{ Sourcemap: true }', ', Environment: { Variables: { A: b } }'));
    expect(propertiesOf(rendered(found), 'Fn')).toMatchObject({
      Environment: { Variables: { A: 'b', NODE_OPTIONS: '--enable-source-maps' } },
    });
    const more = ', Environment: { Variables: { NODE_OPTIONS: "--enable-source-maps" } }';
    const turned = await load(of('esbuild', '{}', more));
    expect(turned.draft.builds).toMatchObject([{ build: { options: ['--sourcemap', '--minify'] } }]);
  });
});

describe('a makefile', () => {
  const files = { 'src/app.js': '', 'make/Makefile': '', 'work/x': '' };
  const fn = (keys: string) =>
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Metadata: { BuildMethod: makefile, ${keys} }\n    Properties: { CodeUri: src, Handler: app.h, Runtime: provided.al2023, Architectures: [arm64] }\n`;

  it.each<[string, string, readonly string[]]>([
    ['', 'src', ['make', 'build-Fn']],
    ['ContextPath: make', 'src', ['make', '--makefile', '../make/Makefile', 'build-Fn']],
    ['ProjectRootDirectory: .', '', ['make', 'build-Fn']],
    [
      'ProjectRootDirectory: ., ContextPath: make, WorkingDirectory: work',
      'work',
      ['make', '--makefile', '../make/Makefile', 'build-Fn'],
    ],
  ])('is found and run where the metadata says: %s', async (keys, directory, command) => {
    const { draft, root } = await load(fn(keys), {}, files);
    expect(draft.builds).toMatchObject([
      {
        build: {
          directory: join(root, directory),
          command,
          machine: { architecture: 'arm64', runtime: 'provided.al2023' },
        },
      },
    ]);
  });

  it('may not be outside of the workspace', async () => {
    await expect(load(fn('ContextPath: ../..'), {}, files)).rejects.toThrow(/leads out of the workspace/);
  });
});

describe('a web function', () => {
  it('is packaged and bundled; its entry point is a file', async () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Site: { Type: AWS::Serverless::WebFunction, Properties: { CodeUri: a, Runtime: nodejs24.x } }
  Made: { Type: AWS::Serverless::WebFunction, Metadata: { BuildMethod: esbuild, BuildProperties: { Sourcemap: true } }, Properties: { CodeUri: ., EntryPoint: src/server.ts, Runtime: nodejs24.x } }
`;
    const found = await load(text, {}, { 'a/index.js': '', 'src/server.ts': '' });
    expect(found.draft.local).toMatchObject([{ written: 'a', forLambda: true }]);
    expect(found.draft.builds).toMatchObject([{ build: { entries: ['src/server.ts'] } }]);
    expect(propertiesOf(rendered(found), 'Made')).toMatchObject({
      CodeUri: 's3://b/Made0.zip',
      EntryPoint: 'server.js',
      EnvironmentVariables: { NODE_OPTIONS: '--enable-source-maps' },
    });
  });

  it('is built for the machines that run it, in loops as well', async () => {
    const text = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  Fn::ForEach::Sites:
    - Name
    - [A, B]
    - Site\${Name}: { Type: AWS::Serverless::WebFunction, Metadata: { BuildMethod: nodejs24.x }, Properties: { CodeUri: a, Runtime: nodejs24.x, AuthType: IamAuth } }
`;
    const found = await load(text, {}, { 'a/index.js': '', 'a/package.json': '{}' });
    expect(found.draft.builds.length).toBeGreaterThan(0);
    for (const each of found.draft.builds) expect(each).toMatchObject({ build: { architecture: 'arm64' } });
  });
});

describe('a handler of esbuild', () => {
  const files = { 'src/api/orders.ts': '', 'src/api/users.ts': '', 'src/jobs/clean.js': '' };
  const fn = (handler: string, entries = '') =>
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Metadata: { BuildMethod: esbuild, BuildProperties: { ${entries} } }\n    Properties: { CodeUri: ., Handler: ${handler}, Runtime: nodejs22.x }\n`;

  it.each<[string, string, readonly string[], string]>([
    ['src/api/orders.get', '', ['src/api/orders.ts'], 'orders.get'],
    ['src/jobs/clean.run', '', ['src/jobs/clean.js'], 'clean.run'],
    ['orders.get', 'EntryPoints: [src/api/orders.ts]', ['src/api/orders.ts'], 'orders.get'],
    [
      'api/orders.get',
      'EntryPoints: [src/api/orders.ts, src/jobs/clean.js]',
      ['src/api/orders.ts', 'src/jobs/clean.js'],
      'api/orders.get',
    ],
    ['/opt/nodejs/wrap.h', 'EntryPoints: [src/api/orders]', ['src/api/orders.ts'], '/opt/nodejs/wrap.h'],
    [
      'api/users.get',
      'EntryPoints: [src/api/users.ts], Outbase: src, Format: esm',
      ['src/api/users.ts'],
      'api/users.get',
    ],
  ])('%s with %s is found in the bundle', async (handler, entries, expected, after) => {
    const found = await load(fn(handler, entries), {}, files);
    expect(found.draft.builds).toMatchObject([{ build: { entries: expected } }]);
    expect(propertiesOf(rendered(found), 'Fn')).toMatchObject({ Handler: after });
  });

  it('that names nothing is refused', async () => {
    await expect(load(fn('src/gone.get'), {}, files)).rejects.toThrow(
      /Fn: the entry point "src\/gone" is not there/,
    );
  });
});
