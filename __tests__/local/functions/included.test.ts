import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FileAsset } from '../../../src/assembly/types.ts';
import { withIncludes } from '../../../src/local/functions/included.ts';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import type { Json, Template } from '../../../src/template/types.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'included-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileAsset(hash: string, text: string, path: FileAsset['targets'][number]): Promise<FileAsset> {
  const file = join(folder, hash);
  await writeFile(file, text);
  return {
    kind: 'file',
    hash,
    path: file,
    size: text.length,
    extension: '.yaml',
    source: 'api.yaml',
    targets: [path],
  };
}

const target = (...path: readonly (string | number)[]): FileAsset['targets'][number] => ({
  kind: 'property',
  path: [...path, 'Parameters', 'Location'],
  form: { kind: 's3-uri' },
});
const include = (hash: string) => ({
  Name: 'AWS::Include',
  Parameters: { Location: `s3://local/${hash}.yaml` },
});

it('puts a file of the service in the place of its include, and leaves others', async () => {
  const at = ['Resources', 'Api', 'Properties', 'Body', 'Fn::Transform'];
  const text =
    'openapi: 3.0.1\npaths:\n  /:\n    post:\n      x-amazon-apigateway-integration:\n        integrationSubtype: SQS-PurgeQueue\n        requestParameters: {QueueUrl: !Ref Jobs}\n';
  const assets = [await fileAsset('abc', text, target(...at))];
  const body = (hash: string): Json => ({ info: { title: 'jobs' }, 'Fn::Transform': include(hash) });
  const template = {
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: body('abc') } },
      Other: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: body('elsewhere') } },
    },
  } as unknown as Template;
  const made = await withIncludes(template, assets);
  expect(made.Resources.Api).toMatchObject({
    Properties: { Body: { info: { title: 'jobs' }, openapi: '3.0.1' } },
  });
  expect(made.Resources.Api).not.toHaveProperty(['Properties', 'Body', 'Fn::Transform']);
  expect(made.Resources.Other).toEqual(template.Resources.Other);
  expect(routesOf(made).map(({ method, path, target: { kind } }) => [method, path, kind])).toEqual([
    ['POST', '/', 'service'],
  ]);
});

it('adds what a file has to the sections of the template', async () => {
  const assets = [
    await fileAsset('def', '{"Resources": {"More": {"Type": "AWS::SQS::Queue"}}}', target('Transform', 1)),
  ];
  const template = {
    Transform: ['AWS::Serverless-2016-10-31', include('def')],
    Resources: { Jobs: { Type: 'AWS::SQS::Queue' } },
  } as unknown as Template;
  expect(await withIncludes(template, assets)).toEqual({
    Transform: ['AWS::Serverless-2016-10-31'],
    Resources: { Jobs: { Type: 'AWS::SQS::Queue' }, More: { Type: 'AWS::SQS::Queue' } },
  });
});

it('reads no files of a template without includes', async () => {
  const template = { Resources: {} } as Template;
  const asset = { ...(await fileAsset('ghi', '{', target('x'))), path: '/not/there' };
  expect(await withIncludes(template, [asset])).toBe(template);
});
