import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeWorkspace, runAction, runCli } from '../support/runner.ts';
import { startSilentAws } from '../support/silent-aws.ts';

let aws: Awaited<ReturnType<typeof startSilentAws>>;
beforeAll(async () => {
  aws = await startSilentAws();
});
afterAll(() => aws.stop());

const topic = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';
const layer = (content: string) =>
  `Resources:\n  Layer:\n    Type: AWS::Lambda::LayerVersion\n    Properties:\n      Content: ${content}\n`;

interface Case {
  readonly name: string;
  readonly template?: string | Uint8Array;
  readonly file?: string;
  readonly inputs?: Record<string, string>;
  /** What the only line of error says, and the place that it names. */
  readonly says: RegExp;
  readonly place: string;
}

const CASES: readonly Case[] = [
  {
    name: 'bad YAML',
    template: 'Resources:\n  A: [1, 2\nB: 3\n',
    says: /bad YAML/,
    place: 'template.yaml:3',
  },
  {
    name: 'unknown tag',
    template: `${topic}    Properties:\n      TopicName: !Subb x\n`,
    says: /unknown tag !Subb.*!Sub/,
    place: 'template.yaml:5:18',
  },
  {
    name: 'merge of no map',
    template: `${topic}  Other:\n    <<: 3\n`,
    says: /the merge key << takes a map/,
    place: 'template.yaml:5:',
  },
  {
    name: 'missing path',
    template: layer('./nowhere'),
    says: /no file or folder ".\/nowhere"/,
    place: 'template.yaml:5:7',
  },
  {
    name: 'path outside',
    template: layer('../../etc'),
    says: /leads out of the workspace/,
    place: 'template.yaml:5:7',
  },
  {
    name: 'absolute path outside',
    template: layer('/etc'),
    says: /leads out of the workspace/,
    place: 'template.yaml:5:7',
  },
  {
    name: 'link outside',
    template: layer('./link'),
    says: /leads out of the workspace/,
    place: 'template.yaml:5:7',
  },
  {
    name: 'nested template outside',
    template:
      'Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ../../etc/passwd\n',
    says: /leads out of the workspace/,
    place: 'template.yaml:5:7',
  },
  {
    name: 'parameters outside',
    inputs: { parameters: 'file:///etc/passwd' },
    says: /leads out of the workspace/,
    place: '/etc/passwd',
  },
  {
    name: 'parameters behind a link',
    inputs: { parameters: 'link/passwd' },
    says: /leads out of the workspace/,
    place: 'link/passwd',
  },
  {
    name: 'parameter without value',
    template: `Parameters:\n  Stage:\n    Type: String\n${topic}`,
    says: /parameter Stage has no value/,
    place: 'template.yaml:2:3',
  },
  {
    name: 'unknown parameter',
    template: topic,
    inputs: { parameters: 'Stage=prod' },
    says: /declares no parameter Stage/,
    place: 'template.yaml',
  },
  {
    name: 'no Resources',
    template: 'Description: nothing\n',
    says: /no Resources section/,
    place: 'template.yaml:1:1',
  },
  {
    name: '501 resources',
    template: `Resources:\n${Array.from({ length: 501 }, (_, n) => `  T${n}: {Type: AWS::SNS::Topic}\n`).join('')}`,
    says: /501 resources; CloudFormation takes 500/,
    place: 'template.yaml:1:1',
  },
  {
    name: 'bad JSON',
    file: 'template.json',
    template: '{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}\n',
    says: /bad JSON/,
    place: 'template.json:2',
  },
  {
    name: 'wrong enum',
    template: topic,
    inputs: { 'on-failure': 'explode' },
    says: /input on-failure: "explode".*rollback, delete, keep/,
    place: 'on-failure',
  },
  {
    name: '100 MB',
    template: '#'.repeat(100 * 1024 * 1024),
    says: /the template has 100 MB; CloudFormation takes 1 MB/,
    place: 'template.yaml',
  },
  { name: 'empty file', template: '', says: /empty/, place: 'template.yaml' },
  {
    name: 'binary file',
    template: Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0]),
    says: /binary file/,
    place: 'template.yaml',
  },
  {
    name: 'alias bomb',
    template: bomb(),
    says: /aliases stand for more than 200000 values/,
    place: 'template.yaml',
  },
  {
    name: 'dangling reference',
    template: `${topic}    Properties:\n      TopicName: !Ref Nam\n`,
    says: /Ref names "Nam"/,
    place: 'template.yaml:5',
  },
  {
    name: 'TypeScript that is none',
    file: 'sparta.config.ts',
    template: "export default {\n  functions: { a: { handler: 'a.mjs' }\n};\n",
    says: /SyntaxError: Expected ','/,
    place: 'sparta.config.ts:3',
  },
  {
    name: 'JavaScript that is none',
    file: 'sparta.config.mjs',
    template: "export default {\n  functions: { a: { handler: 'a.mjs' }\n};\n",
    says: /SyntaxError: Expected ','/,
    place: 'sparta.config.mjs:3',
  },
  {
    name: 'a definition that is none',
    file: 'sparta.config.js',
    template: 'export default 5;\n',
    says: /the definition: has to be a map, but is 5/,
    place: 'sparta.config.js',
  },
  {
    name: 'no source',
    file: 'other.txt',
    template: topic,
    says: /nothing to deploy found.*looked for/,
    place: '',
  },
];

function bomb(): string {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 9; n++)
    lines.push(
      `${'abcdefghi'[n]}: &${'abcdefghi'[n]} [${Array(9)
        .fill(`*${'abcdefghi'[n - 1]}`)
        .join(', ')}]`,
    );
  return `${lines.join('\n')}\n${topic}`;
}

describe('malformed input: one line of error with its place, exit 1, no call to AWS', () => {
  it.each(CASES)('$name', async ({ template = topic, file = 'template.yaml', inputs = {}, says, place }) => {
    const workspace = await makeWorkspace({});
    await writeFile(join(workspace.path, file), template);
    await symlink('/etc', join(workspace.path, 'link'));
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'orders', ...inputs },
      env: aws.env,
    });
    await workspace.remove();
    expect(result.errors).toHaveLength(1);
    expect(result.errors[0]).toMatch(says);
    expect(result.errors[0]).toContain(place);
    expect(result.exitCode).toBe(1);
    expect(result.outputs['stack-name']).toBe('orders');
    expect(result.stdout).not.toMatch(/^\s+at .*\.js:\d+/m);
    expect(aws.calls).toEqual([]);
  });

  it('reports all problems of all inputs at once', async () => {
    const workspace = await makeWorkspace({ 'template.yaml': topic });
    const inputs = {
      command: 'dance',
      noop: 'maybe',
      timeout: 'soon',
      'role-arn': 'me',
      capabilities: 'ALL',
    };
    const result = await runAction({ workspace: workspace.path, inputs, env: aws.env });
    await workspace.remove();
    expect(result.errors).toHaveLength(5);
    for (const name of Object.keys(inputs)) expect(result.errors.join('\n')).toContain(`input ${name}:`);
    expect(aws.calls).toEqual([]);
  });

  it('tells the same at a terminal, and suggests flags', async () => {
    const workspace = await makeWorkspace({ 'template.yaml': topic });
    const { exitCode, output } = await runCli(
      ['provision', '--stack', 'x', '--nop'],
      workspace.path,
      aws.env,
    );
    await workspace.remove();
    expect(exitCode).toBe(1);
    expect(output).toContain('--noop');
    expect(aws.calls).toEqual([]);
  });
});
