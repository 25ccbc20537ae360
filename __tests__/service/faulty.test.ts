import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { ProblemError, problemLine } from '../../src/problem.ts';
import { loadService } from '../../src/sources/service/load.ts';
import { makeWorkspace } from '../support/runner.ts';

const context = async () => ({
  noop: true,
  stage: 'dev',
  region: undefined,
  accountId: undefined,
  buildId: 'b',
});

let folder: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  folder = await makeWorkspace({
    'src/a.mjs': 'export const handler = async () => 1;\n',
    'cmd/main.go': 'package main\n',
    'image/Dockerfile': 'FROM scratch\n',
  });
});
afterAll(() => folder.remove());

async function problemsOf(definition: string, name = 'sparta.config.yml'): Promise<readonly string[]> {
  const path = `${folder.path}/${name}`;
  await writeFile(path, definition);
  try {
    await loadService(workspace(folder.path, false), path, context);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map(problemLine);
    throw error;
  }
  return [];
}

const FUNCTION = 'name: shop\nfunctions:\n  a:\n    handler: src/a.mjs\n';

describe('a faulty definition is told in one line, with the place of its field', () => {
  it.each<[string, string, RegExp]>([
    ['bad YAML', 'name: [\n', /^bad YAML: .*sparta\.config\.yml:\d+/],
    ['no name', 'functions: {}\n', /^the definition: name is missing .*Add name/],
    [
      'a name that Lambda sets itself',
      `${FUNCTION}    environment: { AWS_REGION: eu-west-1 }\n`,
      /AWS_REGION.* no name that Lambda sets itself/,
    ],
    ["a tag of AWS's own", `${FUNCTION}tags: { "aws:cost": a }\n`, /aws:cost.* does not begin with aws:/],
    [
      'a runtime of another language',
      `${FUNCTION}    runtime: python3.12\n`,
      /^functions\.a\.runtime: python3\.12 does not run what the handler src\/a\.mjs is built to/,
    ],
    [
      'a queue that is none of the service',
      `${FUNCTION}    deadLetter: Ded\nresources: { Dead: { Type: 'AWS::SQS::Queue' } }\n`,
      /^functions\.a\.deadLetter: the service has no resource Ded .* Write Dead/,
    ],
    ['a wrong name', 'name: my shop\n', /^name: "my shop" is not a letter, then/],
    [
      'an unknown field',
      'name: shop\nfunktions: {}\n',
      /^funktions: there is no such field .*:2:1\)\. Write functions/,
    ],
    ['neither functions nor resources', 'name: shop\n', /neither functions nor resources/],
    [
      'no such file',
      'name: shop\nfunctions:\n  a:\n    handler: src/b.mjs\n',
      /^functions\.a\.handler: there is no file src\/b\.mjs \(sparta\.config\.yml:4:5\)/,
    ],
    [
      'no such folder',
      'name: shop\nfunctions:\n  a: { handler: cmd/other }\n',
      /^functions\.a\.handler: there is no folder cmd\/other/,
    ],
    [
      'a file that is a folder',
      `${FUNCTION}    build: { kind: node, directory: src/a.mjs }\n`,
      /^functions\.a\.build\.directory: src\/a\.mjs is a file, but has to be a folder/,
    ],
    [
      'a path out of the workspace',
      'name: shop\nfunctions:\n  a: { handler: ../../etc/passwd.py }\n',
      /there is no file \.\.\/\.\.\/etc\/passwd\.py/,
    ],
    ['no code', 'name: shop\nfunctions:\n  a: { memory: 128 }\n', /^functions\.a: the function has no code/],
    [
      'memory out of range',
      `${FUNCTION}    memory: 64\n`,
      /^functions\.a\.memory: has to be a whole number from 128 to \d+, but is 64 \(sparta\.config\.yml:5:5\)/,
    ],
    [
      'timeout out of range',
      `${FUNCTION}    timeout: 1801\n`,
      /^functions\.a\.timeout: has to be a whole number from 1 to 1800, but is 1801/,
    ],
    [
      'an unknown runtime',
      `${FUNCTION}    runtime: nodejs24\n`,
      /^functions\.a\.runtime: there is no runtime nodejs24 .*Write nodejs2\d\.x/,
    ],
    [
      'a command without a runtime',
      'name: shop\nfunctions:\n  a:\n    handler: a.handler\n    build: { kind: command, command: make, output: out }\n',
      /^functions\.a: a function with a build of kind command has to name its runtime/,
    ],
    [
      'names that become equal',
      'name: shop\nfunctions:\n  send-mail: { handler: src/a.mjs }\n  send_mail: { handler: src/a.mjs }\n',
      /^functions\.send_mail: its logical ID is SendMail, which is that of functions\.send-mail/,
    ],
    [
      'a function and a resource of one name',
      `${FUNCTION}resources:\n  A: { Type: 'AWS::SNS::Topic' }\n`,
      /^functions\.a: its logical ID is A, which is that of resources\.A/,
    ],
    [
      'aliases that become equal',
      `${FUNCTION}    aliases: { li-ve: {}, li_ve: {} }\n`,
      /^functions\.a\.aliases\.li_ve: its logical ID is ALiVeAlias, which is that of functions\.a\.aliases\.li-ve/,
    ],
    [
      'a function that is called as the URL of another',
      `${FUNCTION}    url: true\n  a-url: { handler: src/a.mjs }\n`,
      /^functions\.a-url: its logical ID is AUrl, which is that of functions\.a\.url/,
    ],
    [
      'a role that is meant otherwise',
      `${FUNCTION}    role: writers\nroles:\n  writer: {}\n`,
      /^functions\.a\.role: the service defines no role writers .*Write writer/,
    ],
    [
      'an ARN of something else',
      `${FUNCTION}    role: arn:aws:iam::123456789012:user/me\n`,
      /^functions\.a\.role: arn:aws:iam::123456789012:user\/me is no ARN of a role/,
    ],
    [
      'a privilege for nothing',
      `${FUNCTION}    role: { privileges: [{ actions: ['sqs:SendMessage'], resource: Queue }] }\n`,
      /^functions\.a\.role\.privileges\[0\]\.resource: the service has no resource Queue/,
    ],
    [
      'a dangling dependency',
      `${FUNCTION}    dependsOn: [Orders]\n`,
      /^functions\.a\.dependsOn\[0\]: the service has no resource Orders/,
    ],
    [
      'a dangling reference',
      `${FUNCTION}resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: !Ref Nobody }\n`,
      /Ref names "Nobody".*sparta\.config\.yml:8/,
    ],
    [
      'a circle',
      `${FUNCTION}resources:\n  T: { Type: 'AWS::SNS::Topic', DependsOn: U }\n  U: { Type: 'AWS::SNS::Topic', DependsOn: T }\n`,
      /wait for one another in a circle: T -> U -> T .*sparta\.config\.yml:6/,
    ],
    [
      'an archive hook for an image',
      'name: shop\nhooks: { archive: make }\nfunctions:\n  a: { build: { kind: image, directory: image } }\n',
      /^hooks\.archive: an image is no archive .*function a is one/,
    ],
    [
      'log levels of text',
      `${FUNCTION}    logging: { applicationLevel: INFO }\n`,
      /^functions\.a\.logging: log levels need the format JSON/,
    ],
    [
      'a URL for no alias',
      `${FUNCTION}    url: { alias: live }\n`,
      /^functions\.a\.url\.alias: the function has no alias live/,
    ],
    [
      'a name that is too long',
      `name: ${'s'.repeat(70)}\nfunctions:\n  a: { handler: src/a.mjs }\n`,
      /^functions\.a: s+-a has 72 characters; names of functions have at most 64/,
    ],
  ])('%s', async (_, definition, says) => {
    const problems = await problemsOf(definition);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(says);
    expect(problems[0]).toContain('sparta.config.yml');
  });

  it('all at once', async () => {
    const definition =
      'name: shop\nfunctions:\n  a: { handler: src/b.mjs, runtime: nodejs1.x }\n  b: { handler: src/c.mjs, dependsOn: [X] }\n';
    expect(await problemsOf(definition)).toHaveLength(4);
  });

  it('in JSON, too', async () => {
    const definition =
      '{\n  "name": "shop",\n  "functions": { "a": { "handler": "src/a.mjs", "memory": 1 } }\n}\n';
    expect(await problemsOf(definition, 'sparta.config.json')).toEqual([
      expect.stringMatching(/^functions\.a\.memory: .*sparta\.config\.json:3:\d+/),
    ]);
  });

  it('warns of a runtime that is deprecated, with the date', async () => {
    const path = `${folder.path}/sparta.config.yml`;
    await writeFile(path, `${FUNCTION}    runtime: nodejs16.x\n`);
    const { warnings } = await loadService(workspace(folder.path, false), path, context);
    expect(warnings.map(problemLine)).toEqual([
      expect.stringMatching(/^functions\.a\.runtime: the runtime nodejs16\.x is deprecated since 2024-06-12/),
    ]);
  });
});
