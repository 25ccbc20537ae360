import { describe, expect, it } from '@jest/globals';
import { type InputName, parseInputs } from '../src/inputs.ts';
import { ProblemError } from '../src/problem.ts';

const files: Record<string, string> = { 'params.json': '[{"ParameterKey": "A", "ParameterValue": "1"}]' };
const parse = (given: Partial<Record<InputName, string>>) =>
  parseInputs((name) => given[name], {
    readText: async (file) => (files[file] === undefined ? undefined : { text: files[file], file }),
  });

async function problemsOf(given: Partial<Record<InputName, string>>): Promise<readonly string[]> {
  try {
    await parse(given);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.message.split('\n');
  }
}

it('has a value for everything that has a default, and none for the rest', async () => {
  expect(await parse({})).toEqual({
    command: 'provision',
    workingDirectory: '.',
    deployments: 'auto',
    deployTo: 'stack',
    attest: false,
    isolate: false,
    productionEnvironment: false,
    failFast: true,
    noop: 'auto',
    createEcrRepository: false,
    stage: 'dev',
    express: false,
    importExisting: false,
    rollback: 'none',
    timeout: 60,
    cache: true,
    comment: 'auto',
    diffAgainst: 'auto',
    requireReviewedPlan: false,
    resolve: 'parameters',
    port: 0,
    diff: false,
    allowUnverifiedIam: false,
    exportEndpoint: false,
    validate: false,
    watch: false,
    allowOutsideWorkspace: false,
    check: false,
    deploy: false,
    deployed: false,
    logLevel: 'info',
    allowUntrustedCode: false,
    cancelUpdate: false,
    drift: false,
    inplace: false,
  });
});

describe('good values', () => {
  it.each<[InputName, string, string, unknown]>([
    ['noop', 'true', 'noop', true],
    ['noop', ' auto ', 'noop', 'auto'],
    ['capabilities', 'none', 'capabilities', []],
    [
      'capabilities',
      'CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND',
      'capabilities',
      ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
    ],
    ['timeout', '90', 'timeout', 90],
    ['termination-protection', 'false', 'terminationProtection', false],
    [
      'notification-arns',
      'arn:aws:sns:eu-west-1:123456789012:a\narn:aws:sns:eu-west-1:123456789012:b',
      'notificationArns',
      ['arn:aws:sns:eu-west-1:123456789012:a', 'arn:aws:sns:eu-west-1:123456789012:b'],
    ],
    [
      'role-arn',
      'arn:aws-us-gov:iam::123456789012:role/x',
      'roleArn',
      'arn:aws-us-gov:iam::123456789012:role/x',
    ],
    [
      'role-arn',
      'arn:aws:iam::123456789012:role/a/b/x+y',
      'roleArn',
      'arn:aws:iam::123456789012:role/a/b/x+y',
    ],
    ['s3-bucket', 'my.bucket-1', 's3Bucket', 'my.bucket-1'],
    ['region', 'us-gov-west-1', 'region', 'us-gov-west-1'],
    ['events', 'events/**/*.json, more/*.json', 'events', ['events/**/*.json', 'more/*.json']],
    [
      'env',
      'A, B\nC=d=e, f\nD=',
      'env',
      [{ name: 'A' }, { name: 'B' }, { name: 'C', value: 'd=e, f' }, { name: 'D', value: '' }],
    ],
    ['port', '3000', 'port', 3000],
    ['parameters', 'params.json', 'parameters', { values: { A: '1' }, keep: [] }],
  ])('%s: %s', async (name, text, key, value) => {
    expect(await parse({ [name]: text })).toHaveProperty(key, value);
  });
});

describe('bad values', () => {
  it.each<[InputName, string]>([
    ['command', 'Provision'],
    ['env', 'A, 1B'],
    ['port', '65536'],
    ['resolve', 'aws'],
    ['noop', 'yes'],
    ['stack-name', '1orders'],
    ['region', 'Frankfurt'],
    ['s3-bucket', 's3://bucket'],
    ['s3-bucket', 'a..b'],
    ['s3-bucket', '192.168.5.4'],
    ['s3-bucket', 'ab'],
    ['s3-bucket', 'a'.repeat(64)],
    ['s3-bucket', 'Bucket'],
    ['s3-bucket', 'xn--bucket'],
    ['s3-bucket', 'bucket--x-s3'],
    ['capabilities', 'IAM'],
    ['capabilities', 'CAPABILITY_IAM none'],
    ['role-arn', 'deployer'],
    ['role-arn', 'arn:aws:iam::123456789012:user/x'],
    ['role-arn', 'arn:aws:iam:eu-west-1:123456789012:role/x'],
    ['role-arn', 'arn:aws:iam::123456789012:role/'],
    ['role-arn', 'arn:aws:iam::1234:role/x'],
    ['notification-arns', 'arn:aws:sns:eu-west-1:123456789012:a:6e7f'],
    ['notification-arns', 'arn:aws:sqs:eu-west-1:123456789012:a'],
    ['on-failure', 'ROLLBACK'],
    ['timeout', '0'],
    ['timeout', '1.5'],
    ['cache', 'on'],
    ['comment', 'never'],
    ['diff-against', 'main'],
    ['log-level', 'trace'],
    ['parameters', 'missing.json'],
    ['noop', 'constructor'],
  ])('%s: %s', async (name, text) => {
    const problems = await problemsOf({ [name]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`input ${name}:`);
    // What is passed to functions may be secret.
    expect(problems[0]).toContain(name === 'env' ? 'the value' : JSON.stringify(text));
    expect(problems[0]).toContain('Give ');
  });

  it('are told all at once, each only so far', async () => {
    const problems = await problemsOf({ command: 'x', noop: 'y'.repeat(500), tags: '- 1' });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n').length).toBeLessThan(600);
  });

  it('are told of each item, and each tag that CloudFormation refuses', async () => {
    const topic = 'arn:aws:sns:eu-west-1:123456789012:a';
    const tags = ['AWS:x=1', 'aws:y=2', 'empty=', `long=${'v'.repeat(257)}`, `${'k'.repeat(129)}=1`];
    const problems = await problemsOf({
      'notification-arns': [...Array(5).fill(topic), 'one', 'two'].join(),
      tags: tags.join('\n'),
    });
    expect(problems).toEqual([
      'input tags: the key "AWS:x" starts with aws:, which is for AWS itself. Rename it.',
      'input tags: the key "aws:y" starts with aws:, which is for AWS itself. Rename it.',
      'input tags: the value "" of "empty" has 0 characters. Give one of 1 to 256.',
      `input tags: the value "${'v'.repeat(80)}..." of "long" has 257 characters. Give one of 1 to 256.`,
      `input tags: the key "${'k'.repeat(80)}..." has 129 characters. Give one of 1 to 128.`,
      'input notification-arns: "one" is not accepted. Give up to five ARNs of SNS topics.',
      'input notification-arns: "two" is not accepted. Give up to five ARNs of SNS topics.',
      'input notification-arns: 7 topics are too many. Give up to 5.',
    ]);
  });

  it('are told of too many tags, and of tags without a value', async () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `t${index}=1`).join('\n');
    expect(await problemsOf({ tags: tags(50) })).toEqual([]);
    expect(await problemsOf({ tags: tags(51) })).toEqual([
      'input tags: 51 tags are too many. Give up to 50.',
    ]);
    expect(await problemsOf({ tags: '[{"Key": "a", "UsePreviousValue": true}]' })).toEqual([
      'input tags: "a" has no previous value to keep. Give its value.',
    ]);
  });

  it.each<[Partial<Record<InputName, string>>, string]>([
    [
      { parameters: 'config/dev.json' },
      'input parameters: there is no file "config/dev.json". Give its path',
    ],
    [{ tags: './tags.yaml' }, 'input tags: there is no file "./tags.yaml". Give its path'],
    [{ 'stack-set': 'sets.yml' }, 'input stack-set: there is no file "sets.yml". Give its path'],
    [{ command: 'deploy' }, 'input command: "deploy" is not accepted. Give provision if that is meant.'],
    [
      { command: 'diff' },
      'input command: "diff" is not accepted. Give provision, with noop: true, if that is meant.',
    ],
    [{ command: 'x' }, 'input command: "x" is not accepted. Give provision, delete, sweep, status,'],
    [
      { 'on-failure': 'rolback' },
      'input on-failure: "rolback" is not accepted. Give rollback if that is meant.',
    ],
    [
      { environment: 'review_{number}' },
      'input environment: "review_{number}" is not accepted. Give pull-request, or a name of letters,',
    ],
    [
      { environment: 'pull_request' },
      'input environment: "pull_request" is not accepted. Give pull-request, or a name of letters,',
    ],
    [
      { 'on-failure': 'continue' },
      'input on-failure: "continue" is not accepted. Give rollback, delete, keep.',
    ],
  ])('have what was meant named: %j', async (given, says) => {
    expect(await problemsOf(given)).toEqual([expect.stringContaining(says)]);
  });

  it.each<[string, string]>([
    ['team=orders env=prod', 'the value of "team" goes on with env=, which are no tags so'],
    ['team=orders env=prod cost=7', 'goes on with env= and cost=, which'],
    ['team=orders,env=prod', 'goes on with env=, which'],
    ['team=two words, env=prod', 'goes on with env=, which'],
    ['team="two words" env="prod=1"', 'goes on with env=, which'],
    ['cost=7\nteam= env=prod', 'the value of "team" goes on with env=, which'],
    ['["team=orders env=prod"]', 'goes on with env=, which'],
  ])('are told of tags that share a line: %j', async (tags, says) => {
    const [problem, ...others] = await problemsOf({ tags });
    expect(problem).toContain(`${says.includes('the value') ? 'input tags: ' : ''}${says}`);
    expect(problem).toMatch(
      / Write team=\.\.\. and env=\.\.\. .*on lines of their own, or put the value in quotes if/,
    );
    expect(others).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['note=two words', { note: 'two words' }],
    ['note="see issue=7"', { note: 'see issue=7' }],
    ['note=see also issue=7', { note: 'see also issue=7' }],
    ['query=a=1 b=2', { query: 'a=1 b=2' }],
    ['url=https://x/?a=1&b=2', { url: 'https://x/?a=1&b=2' }],
    ['list=a,b', { list: 'a,b' }],
    // The further key is given: it was not forgotten.
    ['note=set env=prod\nenv=dev', { note: 'set env=prod', env: 'dev' }],
    ['Key=note,Value=a b,c', { note: 'a b,c' }],
    ['note: set env=prod', { note: 'set env=prod' }],
    ['[{"Key": "note", "Value": "set env=prod"}]', { note: 'set env=prod' }],
  ])('take values that look like it: %j', async (tags, values) => {
    expect((await parse({ tags })).tags?.values).toEqual(values);
  });

  it('have the blank named that a line lacks, where no file has that name', async () => {
    const [problem] = await problemsOf({ parameters: 'Stage:prod' });
    expect(problem).toContain('the line has no blank after its colon (input parameters:1)');
    expect(await problemsOf({ parameters: 'file://params.yaml' })).toHaveLength(1);
  });
});
