import { describe, expect, it } from '@jest/globals';
import { parseSamConfig } from '../../src/parse/samconfig.ts';

const deploy = (text: string) => `version = 0.1\n[default.deploy.parameters]\n${text}\n`;

describe('samconfig.toml', () => {
  it.each<[string, string, object]>([
    ['nothing', 'version = 0.1', {}],
    [
      'texts',
      deploy('stack_name = "orders"\nregion = "eu-central-1"\ns3_prefix = "x"'),
      { 'stack-name': 'orders', region: 'eu-central-1', 's3-prefix': 'x' },
    ],
    ['what is not ours', deploy('confirm_changeset = true\nresolve_s3 = true'), {}],
    ['empty texts', deploy('stack_name = ""'), {}],
    [
      'capabilities as words',
      deploy('capabilities = "CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"'),
      { capabilities: 'CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND' },
    ],
    [
      'capabilities as a list',
      deploy('capabilities = ["CAPABILITY_IAM"]'),
      { capabilities: 'CAPABILITY_IAM' },
    ],
    [
      'parameters as words',
      deploy(`parameter_overrides = "A=1 B=\\"two words\\" C='x y' D="`),
      { parameters: '{"A":"1","B":"two words","C":"x y","D":""}' },
    ],
    [
      'parameters in the long form',
      deploy('parameter_overrides = "ParameterKey=A,ParameterValue=1"'),
      { parameters: '{"A":"1"}' },
    ],
    [
      'parameters as a list',
      deploy('parameter_overrides = ["A=1=2", "B=two words"]'),
      { parameters: '{"A":"1=2","B":"two words"}' },
    ],
    [
      'tags as a table',
      deploy('[default.deploy.parameters.tags]\nteam = "a b"\ncost = 7'),
      { tags: '{"team":"a b","cost":"7"}' },
    ],
    [
      'what is there for all commands',
      `[default.global.parameters]\nstack_name = "a"\nregion = "b"\n${deploy('stack_name = "c"')}`.replace(
        'version = 0.1\n',
        '',
      ),
      { 'stack-name': 'c', region: 'b' },
    ],
    ['another environment', '[prod.deploy.parameters]\nstack_name = "prod"', {}],
  ])('%s', async (_, text, values) => {
    expect(await parseSamConfig(text, 'samconfig.toml')).toEqual(values);
  });

  it.each<[string, string, RegExp]>([
    ['bad TOML', 'a = ', /^bad TOML: .*\(samconfig\.toml:1/],
    ['a number for a name', deploy('stack_name = 7'), /^stack_name: is of no form that SAM CLI takes/],
    ['words without a value', deploy('parameter_overrides = "A"'), /^parameter_overrides: is of no form/],
  ])('%s is an error', async (_, text, says) => {
    await expect(parseSamConfig(text, 'samconfig.toml')).rejects.toThrow(says);
  });
});
