import { describe, expect, it } from '@jest/globals';
import { type InputName, parseInputs } from '../src/inputs.ts';
import { ProblemError } from '../src/problem.ts';

const files: Record<string, string> = { 'params.json': '[{"ParameterKey": "A", "ParameterValue": "1"}]' };
const parse = (given: Partial<Record<InputName, string>>) =>
  parseInputs((name) => given[name], { readText: async (path) => files[path] });

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
    noop: 'auto',
    createEcrRepository: false,
    stage: 'dev',
    onFailure: 'rollback',
    timeout: 60,
    cache: true,
    comment: 'auto',
    diffAgainst: 'auto',
    requireReviewedPlan: false,
    resolve: 'parameters',
    port: 0,
    allowUnverifiedIam: false,
    exportEndpoint: false,
    watch: false,
    allowOutsideWorkspace: false,
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
    ['capabilities', 'IAM'],
    ['capabilities', 'CAPABILITY_IAM none'],
    ['role-arn', 'deployer'],
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
});
