import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Asset, StackAssembly } from '../../../src/assembly/types.ts';
import { archiveOf } from '../../../src/packaging/archive/single-file.ts';
import { withRefusedType } from '../../../src/stages/deploy/refused-types.ts';
import { missingHandlerNotes } from '../../../src/stages/plan/code/missing-handlers.ts';
import { runtimeNotes } from '../../../src/stages/plan/code/runtime-notes.ts';
import { typeNotes } from '../../../src/stages/plan/code/type-notes.ts';
import type { ResourceDiff } from '../../../src/template/diff/types.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const ADDED = [{ kind: 'added', logicalId: 'F' }] as unknown as readonly ResourceDiff[];

/** A stack of one function whose code is one file. */
async function notesOf(file: string, properties: JsonObject, resources = ADDED): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'handler-'));
  try {
    const path = join(folder, 'a.zip');
    await writeFile(path, archiveOf(file, 'x'));
    const Properties = { Code: { S3Bucket: '', S3Key: '' }, ...properties };
    const Resources = { F: { Type: 'AWS::Lambda::Function', Properties } };
    const targets = [
      { kind: 'property', template: undefined, path: ['Resources', 'F', 'Properties', 'Code'] },
    ];
    const assets = [{ kind: 'zip', path, targets }] as unknown as readonly Asset[];
    const stack = { template: { template: { Resources } }, assets } as unknown as StackAssembly;
    return await missingHandlerNotes(stack, { resources });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

it.each([
  ['nodejs24.x', 'src/app.handler', 'app.js', 'src/app.js'],
  ['nodejs22.x', 'ap.handler', 'app.mjs', 'ap.js'],
  ['python3.13', 'src.ap.handler', 'src/app.py', 'src/ap.py'],
  ['provided.al2023', 'main', 'main', 'bootstrap'],
])(
  'names functions whose code has no file for their handler: %s, %s',
  async (Runtime, Handler, file, sought) => {
    expect(await notesOf(file, { Runtime, Handler })).toEqual([
      expect.stringMatching(
        new RegExp(
          `^F: .* needs the file ${sought}, which its code does not have, so every call would fail\\. Correct`,
        ),
      ),
    ]);
  },
);

it.each([
  ['nodejs24.x', 'app.handler', 'app.mjs', {}],
  ['nodejs24.x', './src/app.a.handler', 'src/app.cjs', {}],
  ['nodejs22.x', 'app.handler', 'app/index.js', {}],
  ['nodejs22.x', 'app.handler', 'node_modules/app/main.js', {}],
  ['nodejs22.x', '/opt/wrapper.handler', 'app.js', {}],
  ['python3.13', 'src/app.handler', 'src/app.py', {}],
  ['python3.13', 'app.handler', 'app/__init__.py', {}],
  ['python3.13', 'app.handler', 'app.cpython-313-x86_64-linux-gnu.so', {}],
  ['python3.13', 'datadog.handler', 'app.py', { Layers: ['arn'] }],
  ['python3.13', 'app.handler', 'lib/app.py', { Environment: { Variables: { PYTHONPATH: 'lib' } } }],
  ['nodejs22.x', 'run.sh', 'app.js', { Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/a' } } }],
  ['provided.al2023', 'main', 'bootstrap', {}],
  ['java21', 'Handler::run', 'x.class', {}],
  [{ Ref: 'Runtime' }, 'app.handler', 'x', {}],
  ['nodejs22.x', { Ref: 'Handler' }, 'x', {}],
] as const)(
  'says nothing where the file is there, or may be elsewhere: %j, %j, %s',
  async (Runtime, Handler, file, more) => {
    expect(await notesOf(file, { Runtime, Handler, ...more } as unknown as JsonObject)).toEqual([]);
  },
);

it('says nothing of functions that do not change', async () => {
  const given = { Runtime: 'nodejs24.x', Handler: 'src/app.handler' };
  expect(await notesOf('app.js', given, [])).toEqual([]);
});

it('tells of runtimes that Lambda refuses, or soon will, once', () => {
  const fn = (Runtime: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Runtime } });
  const Resources = {
    New: fn('nodejs14.x'),
    Typo: fn('pyton3.13'),
    Told: fn('nodejs14.x'),
    Moved: fn('python3.9'),
    Fine: fn('nodejs24.x'),
  };
  const change = (logicalId: string, path: string) => ({ kind: 'changed', logicalId, changes: [{ path }] });
  const resources = [
    ...['New', 'Typo', 'Fine'].map((logicalId) => ({ kind: 'added', logicalId })),
    change('Told', 'Properties.Timeout'),
    change('Moved', 'Properties.Runtime'),
  ] as unknown as readonly ResourceDiff[];
  const stack = { template: { template: { Resources } } } as unknown as StackAssembly;
  expect(runtimeNotes(stack, { resources }, '2026-11-30')).toEqual([
    expect.stringMatching(
      /^New: the runtime nodejs14\.x is deprecated since 2023-12-04: .* Move to a newer one\.$/,
    ),
    'Typo: the runtime pyton3.13 is not known here, and Lambda refuses one that it does not know. Write python3.13 if that is meant.',
    expect.stringMatching(/^Moved: the runtime python3\.9 is deprecated since 2025-12-15/),
  ]);
  expect(runtimeNotes(stack, { resources }, '2025-01-01')).toHaveLength(2);
});

it('tells of types that are surely misspelt, and of no newer ones', async () => {
  const Resources = {
    Orders: { Type: 'AWS::DynamoDB::Tabel' },
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Newer: { Type: 'AWS::Quantum::EntangledComputer' },
    Own: { Type: 'Custom::Tabel' },
    Told: { Type: 'AWS::SQS::Qeue' },
  };
  const resources = Object.entries(Resources)
    .filter(([logicalId]) => logicalId !== 'Told')
    .map(([logicalId, { Type: type }]) => ({
      kind: 'added',
      logicalId,
      type,
    })) as unknown as readonly ResourceDiff[];
  const stack = { template: { template: { Resources } } } as unknown as StackAssembly;
  expect(await typeNotes(stack, { resources })).toEqual([
    'Orders: the type AWS::DynamoDB::Tabel is not known here, and CloudFormation refuses one that it does not know. Write AWS::DynamoDB::Table if that is meant.',
  ]);
});

it('places a refusal for types at the first resource that has one', () => {
  const document = parseTemplate(
    'Resources:\n  A: { Type: AWS::SQS::Queue }\n  B:\n    Type: AWS::No::Such\n',
    't.yaml',
  );
  const refusal = {
    message: 'creating a change set failed: Unrecognized resource types: [AWS::X::Y, AWS::No::Such]',
  };
  expect(withRefusedType(refusal, document)).toMatchObject({ place: { file: 't.yaml', line: 4 } });
  expect(withRefusedType({ message: 'other' }, document)).toEqual({ message: 'other' });
});
