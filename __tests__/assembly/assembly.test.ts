import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { planHash } from '../../src/assembly/plan-hash.ts';
import { type Locations, renderStack } from '../../src/assembly/render.ts';
import { readAssembly, writeAssembly } from '../../src/assembly/store.ts';
import type { Asset, StackAssembly } from '../../src/assembly/types.ts';
import { sha256 } from '../../src/hash/canonical.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';

const text = `Parameters:
  Secret: { Type: String, NoEcho: true }
Resources:
  Hello: # a comment
    Type: AWS::Lambda::Function
    Properties:
      Code: ./hello
      Handler: index.handler
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
`;
const childText =
  'Resources:\n  Layer:\n    Type: AWS::Lambda::LayerVersion\n    Properties:\n      Content: ./layer\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  await mkdir(join(folder, 'assets'));
});
afterEach(() => rm(folder, { recursive: true }));

async function stack(change: Partial<StackAssembly> = {}, template = text): Promise<StackAssembly> {
  const asset = async (content: string, target: Asset['targets'][number]): Promise<Asset> => {
    const path = join(folder, 'assets', `${sha256(content)}.zip`);
    await writeFile(path, content);
    return {
      kind: 'zip',
      hash: sha256(content),
      path,
      size: content.length,
      extension: '.zip',
      source: 'x',
      targets: [target],
    };
  };
  return {
    id: 'orders',
    stackName: 'orders',
    template: parseTemplate(template, 'template.yaml'),
    nested: [
      {
        id: 'Child',
        template: parseTemplate(childText, 'child.yaml'),
        targets: [
          {
            kind: 'property',
            path: ['Resources', 'Child', 'Properties', 'TemplateURL'],
            form: { kind: 'https-url' },
          },
        ],
      },
    ],
    assets: [
      await asset('hello', {
        kind: 'property',
        path: ['Resources', 'Hello', 'Properties', 'Code'],
        form: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
      }),
      await asset('layer', {
        kind: 'property',
        template: 'Child',
        path: ['Resources', 'Layer', 'Properties', 'Content'],
        form: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
      }),
    ],
    parameters: { Secret: 'canary' },
    builtFor: { Arch: 'arm64' },
    tags: { team: 'orders' },
    dependsOn: [],
    ...change,
  };
}

const into = (bucket: string): Locations => ({
  asset: (asset) => ({ kind: 's3', bucket, key: asset.hash, region: 'eu-west-1' }),
  nested: (_, hash, extension) => ({ kind: 's3', bucket, key: `${hash}${extension}`, region: 'eu-west-1' }),
});

describe('rendering', () => {
  it('fills locations in, nested templates first, and keeps the rest of the text', async () => {
    const { template, nested } = renderStack(await stack(), into('b'));
    expect(template.text).toContain('Hello: # a comment');
    expect(template.template.Resources.Hello).toMatchObject({
      Properties: { Code: { S3Bucket: 'b', S3Key: sha256('hello') } },
    });
    expect(nested).toHaveLength(1);
    const key = `${nested[0]?.hash}.yaml`;
    expect(template.template.Resources.Child).toMatchObject({
      Properties: { TemplateURL: `https://s3.eu-west-1.amazonaws.com/b/${key}` },
    });
    expect(nested[0]?.template.template.Resources.Layer).toMatchObject({
      Properties: { Content: { S3Bucket: 'b' } },
    });
  });
});

describe('the plan hash', () => {
  it('is of what is deployed, not of how it is written or where it goes', async () => {
    const plan = planHash(await stack());
    expect(planHash(await stack({}, text.replace(' # a comment', '')))).toBe(plan);
    expect(planHash(await stack({ parameters: { Secret: 'other' } }))).toBe(plan);
    expect(planHash(await stack({}, text.replace('index.handler', 'index.other')))).not.toBe(plan);
    expect(planHash(await stack({ tags: {} }))).not.toBe(plan);
    const assets = (await stack()).assets.map((asset) => ({ ...asset, hash: sha256('new code') }));
    expect(planHash(await stack({ assets }))).not.toBe(plan);
  });
});

describe('the plan hash of an image', () => {
  it('follows its tag where the source says it, else its content', async () => {
    const image = (hash: string, tag?: string) => ({
      kind: 'image' as const,
      hash,
      size: 0,
      source: 'img',
      architecture: 'arm64' as const,
      targets: [],
      ...(tag !== undefined && { destination: { repository: 'r', tag } }),
    });
    const plan = async (hash: string, tag?: string) => planHash(await stack({ assets: [image(hash, tag)] }));
    expect(await plan('a', 't')).toBe(await plan('b', 't'));
    expect(await plan('a', 't')).not.toBe(await plan('a', 'u'));
    expect(await plan('a')).not.toBe(await plan('b'));
  });
});

describe('.sparta', () => {
  it('gives back what was written, but for secrets, and follows its schema', async () => {
    const original = await stack();
    const path = await writeAssembly({ source: 'template', stacks: [original] }, folder);
    const written = await readFile(path, 'utf8');
    expect(written).not.toContain('canary');
    const schema = JSON.parse(
      await readFile(resolve(import.meta.dirname, '../../docs/assembly.schema.json'), 'utf8'),
    );
    const ajv = new Ajv({ strict: false });
    expect(ajv.validate(schema, JSON.parse(written)) || ajv.errorsText()).toBe(true);
    const { stacks } = await readAssembly(folder);
    expect(stacks[0]).toMatchObject({ stackName: 'orders', parameters: {}, tags: { team: 'orders' } });
    expect(stacks[0]?.template.text).toBe(text);
    expect(stacks[0]?.nested[0]?.template.text).toBe(childText);
    expect(stacks[0]?.assets).toEqual(original.assets);
    await writeAssembly({ source: 'template', stacks: [original] }, folder);
    expect(await readFile(path, 'utf8')).toBe(written);
  });

  it.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ['a changed archive', (path) => writeFile(path, 'HELLO'), /its digest differs/],
    ['an archive of another size', (path) => writeFile(path, 'much longer'), /bytes instead of/],
    ['a missing archive', (path) => rm(path), /is not there/],
    [
      'a link in place of an archive',
      (path) => rm(path).then(() => symlink('/etc/passwd', path)),
      /is not there/,
    ],
  ])('refuses %s', async (_, tamper, says) => {
    await writeAssembly({ source: 'template', stacks: [await stack()] }, folder);
    await tamper(join(folder, 'assets', `${sha256('hello')}.zip`));
    await expect(readAssembly(folder)).rejects.toThrow(says);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['a path that leads out', (json) => json.replace('"assets/', '"../assets/'), /outside of its folder/],
    ['another version', (json) => json.replace('"version": 1', '"version": 2'), /has version 2/],
    ['bad JSON', (json) => json.slice(1), /bad JSON/],
  ])('refuses %s', async (_, tamper, says) => {
    const path = await writeAssembly({ source: 'template', stacks: [await stack()] }, folder);
    await writeFile(path, tamper(await readFile(path, 'utf8')));
    await expect(readAssembly(folder)).rejects.toThrow(says);
  });
});
